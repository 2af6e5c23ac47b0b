import type { WordRules } from './word-rules.ts';

export interface SignificantWord {
  /** What the word is compared by. */
  readonly stem: string;
  /** As people read it, in small letters. */
  readonly word: string;
}

/** Marks that are often left out: accents on Latin letters, vowel signs in Arabic and Hebrew. */
const optionalMarks = /[\u{300}-\u{36F}]|[\u{591}-\u{5C7}]|\u{640}|[\u{64B}-\u{652}]|\u{670}/gu;
const ideograph = /^\p{Script=Han}$/u;

/** The language decides on nothing here but has to be the same on every laptop. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * The words of a text that say what it is about, in order, in any script: parted as Unicode does
 * (UAX 29, by dictionary where words are not spaced), without stop words and single letters.
 */
export function significantWords(text: string, rules: WordRules): readonly SignificantWord[] {
  const words: SignificantWord[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text.normalize('NFKC'))) {
    if (isWordLike !== true) continue;
    const word = segment.toLowerCase();
    const plain = word.normalize('NFKD').replace(optionalMarks, '').normalize('NFC');
    const bare = plain.replace(/['’]s?$/u, '');
    if (rules.stopWords.has(bare) || (bare.length < 2 && !ideograph.test(bare))) continue;
    words.push({ stem: stemOf(bare, rules), word });
  }
  return words;
}

function stemOf(word: string, { endings }: WordRules): string {
  return endings.reduce((stem, step) => {
    const found = step.find(
      ([ending, , left]) => stem.endsWith(ending) && stem.length - ending.length >= left,
    );
    return found === undefined ? stem : stem.slice(0, -found[0].length) + found[1];
  }, word);
}
