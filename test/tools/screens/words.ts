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
