import { words } from './blocks.ts';
import type { Inline, Line } from './model.ts';

/**
 * A message in the forms that its language counts in, by the categories of CLDR's plural rules;
 * `{count}` stands for the number.
 */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
  readonly other: string;
};

type Value = string | Inline | Line;

const placeholder = /\{([a-zA-Z]+)\}/;

/** Puts values in for `{name}`. A value is never searched for placeholders itself. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template
    .split(placeholder)
    .map((part, index) => (index % 2 === 0 ? part : (values[part] ?? `{${part}}`)))
    .join('');
}

/** The same for a line: a string becomes words, an inline or a line is put in as it is. */
export function fillLine(template: string, values: Readonly<Record<string, Value>>): Line {
  return template.split(placeholder).flatMap((part, index): Line => {
    if (index % 2 === 0) return part === '' ? [] : [words(part)];
    const value = values[part] ?? `{${part}}`;
    if (typeof value === 'string') return [words(value)];
    return 'kind' in value ? [value] : value;
  });
}

/** "2 notes": the form for `rule`, with the number already written out. */
export const fillCount = (forms: Plural, rule: Intl.LDMLPluralRule, number: string): string =>
  fill(forms[rule] ?? forms.other, { count: number });

/** "R1.1, R2.3 and R4.1" in the language's own way. */
export const joinLine = (items: readonly Line[], format: Intl.ListFormat): Line =>
  format
    .formatToParts(items.map((_, index) => String(index)))
    .flatMap(({ type, value }) =>
      type === 'literal' ? [words(value)] : (items[Number(value)] ?? []),
    );
