import english from '../../../renderer/messages/en.json' with { type: 'json' };
import type { MessageFile, MessageKey } from '../../../renderer/shared/translate.ts';

/**
 * A language for tests: right to left, with longer words that are told from English at a glance.
 * Text in braces is ICU's and stays; what stands inside plural and select branches stays English.
 */
function pseudo(message: string): string {
  let depth = 0;
  let result = '';
  for (const character of message) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    const accented = depth === 0 ? accents[character] : undefined;
    result += accented ?? character;
  }
  return `⟦${result} ···⟧`;
}

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  n: 'ñ',
  s: 'š',
  y: 'ý',
};

export const pseudoLanguage: MessageFile = {
  language: 'ar',
  direction: 'rtl',
  messages: Object.fromEntries(
    Object.entries(english.messages).map(([key, message]) => [key, pseudo(message)]),
  ) as Record<MessageKey, string>,
};
