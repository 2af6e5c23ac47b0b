/** A text with the caret in it, in UTF-16 code units. */
export interface TextAndCaret {
  readonly text: string;
  readonly caret: number;
}

/** References in brackets, at the end of what stands before the caret: "(R1.1, P2)". */
const bracketsBefore = /\([PRN][0-9a-zX.]+(?:, [PRN][0-9a-zX.]+)*\)$/u;

/**
 * Puts a reference into a text where the caret is: "a register (R2.3)". Right behind other
 * references it joins them: "(R1.1, R2.3)". The report turns the label into a link. M1.
 */
export function citeAt({ text, caret }: TextAndCaret, label: string): TextAndCaret {
  const place = caret + restOfWord(text, caret);
  const before = text.slice(0, place);
  const after = text.slice(place);
  if (bracketsBefore.test(before)) {
    const joined = `${before.slice(0, -1)}, ${label})`;
    return { text: joined + after, caret: joined.length };
  }
  const opening = before === '' || /[\s(]$/u.test(before) ? '' : ' ';
  const closing = after === '' || /^[\s.,;:!?)…]/u.test(after) ? '' : ' ';
  const cited = `${before}${opening}(${label})`;
  return { text: cited + closing + after, caret: cited.length };
}

/** A reference never parts a word in two: how far it is to the end of the one that the caret is in. */
function restOfWord(text: string, caret: number): number {
  const within = /[\p{L}\p{N}]$/u.test(text.slice(0, caret));
  return within ? (/^[\p{L}\p{M}\p{N}’'-]*/u.exec(text.slice(caret))?.[0].length ?? 0) : 0;
}
