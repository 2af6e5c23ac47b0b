import { readFileSync } from 'node:fs';

/** The words on the screen, from the app's own message file, so that a change of words breaks no test. */
const file = JSON.parse(
  readFileSync(new URL('../../../renderer/messages/en.json', import.meta.url), 'utf8'),
) as { readonly messages: Readonly<Record<string, string>> };

export function words(key: string): string {
  const message = file.messages[key];
  if (message === undefined) throw new Error(`No message "${key}"`);
  return message;
}

/** A pattern that any filling of the message's placeholders meets, from its beginning. */
export function wordsPattern(key: string): RegExp {
  const [before = ''] = words(key).split('{');
  return new RegExp(`^${before.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}`, 'u');
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** A pattern that any filling of the message's placeholders and plurals meets, as a whole. */
export function wordsMatcher(key: string): RegExp {
  const parts = words(key).split(/(\{\w+(?:, plural,(?:[^{}]|\{[^{}]*\})*)?\})/u);
  const patterns = parts.map((part) => {
    if (!part.startsWith('{')) return escaped(part);
    const forms = [...part.matchAll(/ [=\w]+ \{([^{}]*)\}/gu)].map(([, form = '']) =>
      escaped(form).replaceAll('#', String.raw`[\d,.]+`),
    );
    return forms.length === 0 ? '.+' : `(?:${forms.join('|')})`;
  });
  return new RegExp(`^${patterns.join('')}$`, 'u');
}
