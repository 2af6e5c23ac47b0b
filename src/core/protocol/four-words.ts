import { wordlist as english } from '@scure/bip39/wordlists/english.js';

/**
 * Lists of 2,048 words each, of which no two look or sound much alike (BIP-39). Which one is used is
 * the plenary laptop's choice and is told to the other, so that both screens show the same words also
 * where they are set to different languages. Another language is another entry here.
 */
const lists = { en: english } as const satisfies Readonly<Record<string, readonly string[]>>;

/** BCP 47. */
export type WordLanguage = keyof typeof lists;

export const wordLanguages = Object.keys(lists) as [WordLanguage, ...WordLanguage[]];

/** The words for a screen in this language, e.g. "en" or "fr-CA"; English where there are none. */
export const wordLanguageFor = (language: string): WordLanguage =>
  wordLanguages.find((one) => one === language.split('-')[0]) ?? 'en';

const WORDS = 4;
const BITS_A_WORD = 11;

/** The first 44 bits of a hash as four words, 11 bits a word, most significant first. */
export function fourWords(hash: Uint8Array, language: WordLanguage): readonly string[] {
  const list = lists[language];
  let bits = 0;
  let held = 0;
  const words: string[] = [];
  for (const byte of hash) {
    if (words.length === WORDS) break;
    bits = (bits << 8) | byte;
    held += 8;
    if (held < BITS_A_WORD) continue;
    held -= BITS_A_WORD;
    const word = list[bits >> held];
    bits &= (1 << held) - 1;
    if (word !== undefined) words.push(word);
  }
  if (words.length < WORDS) throw new Error('Four words take 44 bits and 2,048 words');
  return words;
}
