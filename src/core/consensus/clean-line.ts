/** What parts lines, and other control characters: a space stands in for them. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Characters that draw nothing and may turn round or hide what stands beside them. The two joiners
 * stay, because Persian words and families of emoji are made with them.
 */
const UNSEEN = /(?:[\p{Co}\p{Cs}]|(?![\u200c\u200d])\p{Cf})+/gu;

/**
 * What somebody typed, as it may be shown to a room: on one line, without what cannot be seen,
 * overrides of the writing direction among them. Undefined where nothing is left, or where it is
 * longer than `most` characters (code points): what a person wrote is not cut in silence.
 */
export function cleanLine(text: string, most: number): string | undefined {
  // What is longer by far is not worth cleaning: a megabyte of it would hold up everybody else.
  if (text.length > 8 * most) return undefined;
  const clean = text.replace(BREAKS, ' ').replace(UNSEEN, '').replace(/\s+/gu, ' ').trim();
  return clean.replace(/[\u200c\u200d]/gu, '') === '' || Array.from(clean).length > most
    ? undefined
    : clean;
}
