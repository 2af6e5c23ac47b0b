import type english from './messages/en.json';

export type Key = keyof typeof english.messages;
type Text = string | Readonly<Record<string, string>>;
export type Values = Readonly<Record<string, string | number>>;

/** One language: a file in `messages`. A text is a sentence, or one for each plural form. */
export interface Language {
  /** BCP 47: "en". */
  readonly language: string;
  readonly direction: string;
  readonly messages: Readonly<Partial<Record<Key, Text>>>;
}
export interface Words {
  (key: Key, values?: Values): string;
  /** A figure as this language writes it. */
  readonly figure: (value: number, digits?: number) => string;
  /** 60 as "60%". */
  readonly percent: (value: number) => string;
}

/** The first of those that the phone asks for; "pt" will do for "pt-BR". English where none is there. */
export function chooseLanguage(
  languages: readonly Language[],
  wanted: readonly string[],
): Language | undefined {
  const find = (tag: string): Language | undefined =>
    languages.find(({ language }) => language.toLowerCase() === tag);
  for (const tag of wanted) {
    const lower = tag.toLowerCase();
    const found = find(lower) ?? find(lower.split('-')[0] ?? '');
    if (found !== undefined) return found;
  }
  return find('en') ?? languages[0];
}

/** "one", "other" …; older phones know no plural rules, and get those of English. */
function pluralOf(language: string): (n: number) => string {
  try {
    const rules = new Intl.PluralRules(language);
    return (n) => rules.select(n);
  } catch {
    return (n) => (n === 1 ? 'one' : 'other');
  }
}

function figureOf(language: string): Words['figure'] {
  return (value, digits = 0) => {
    try {
      return value.toLocaleString(language, { maximumFractionDigits: digits });
    } catch {
      return value.toFixed(digits);
    }
  };
}

/** `{name}` in a text gives way to the value of that name; `n` says which plural form is meant. */
export function createWords(language: Language, fallback: Language): Words {
  const plural = pluralOf(language.language);
  const figure = figureOf(language.language);
  const words = (key: Key, values: Values = {}): string => {
    const text = language.messages[key] ?? fallback.messages[key] ?? key;
    const form =
      typeof text === 'string' ? text : (text[plural(Number(values['n']))] ?? text['other'] ?? key);
    return form.replace(/\{(\w+)\}/gu, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? figure(value, 1) : value;
    });
  };
  const percent = (value: number): string => words('percent', { n: value });
  return Object.assign(words, { figure, percent });
}
