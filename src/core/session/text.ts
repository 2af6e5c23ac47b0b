import type * as Y from 'yjs';

/** One replacement in a text, in UTF-16 code units as Y.Text and textareas count them. */
export interface Splice {
  readonly index: number;
  readonly deleteCount: number;
  readonly insert: string;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/**
 * The smallest single replacement that turns `before` into `after`, or null where they are equal.
 * It never cuts an emoji in half: an edit that changes one half of a surrogate pair takes both.
 */
export function spliceBetween(before: string, after: string): Splice | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end += 1;
  }
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end -= 1;
  return {
    index: start,
    deleteCount: before.length - end - start,
    insert: after.slice(start, after.length - end),
  };
}

/**
 * `text` with U+FFFD for each half of an emoji that stands alone. That is what becomes of it in
 * UTF-8, on its way to disk and to other laptops, and all laptops must read the same. S2.
 */
export const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\ufffd');

/** Applies the smallest edit that makes `text` read `after`, so that others' edits elsewhere stay. */
export function editText(text: Y.Text, after: string): boolean {
  const splice = spliceBetween(text.toString(), wellFormed(after));
  if (splice === null) return false;
  if (splice.deleteCount > 0) text.delete(splice.index, splice.deleteCount);
  if (splice.insert.length > 0) text.insert(splice.index, splice.insert);
  return true;
}
