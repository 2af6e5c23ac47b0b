import { type Splice, spliceBetween } from '../../src/core/session/text.ts';

const apply = (text: string, { index, deleteCount, insert }: Splice): string =>
  text.slice(0, index) + insert + text.slice(index + deleteCount);

/** Where a place in the text before `splice` is after it; what was cut away ends at its start. */
export function placeAfter(splice: Splice | null, place: number): number {
  if (splice === null || place <= splice.index) return place;
  const end = splice.index + splice.deleteCount;
  const grown = splice.insert.length - splice.deleteCount;
  return place >= end ? place + grown : Math.min(place, splice.index + splice.insert.length);
}

/**
 * Both changes of `base` in one text: what was typed here and what came from others meanwhile.
 * Neither side's insertions are lost; a stretch that both replaced holds both replacements.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string {
  const own = spliceBetween(base, mine);
  const other = spliceBetween(base, theirs);
  if (own === null) return theirs;
  if (other === null) return mine;
  const start = placeAfter(other, own.index);
  const end = placeAfter(other, own.index + own.deleteCount);
  // Only what stood there before may be cut away; what the others put in between stays.
  const otherEnd = other.index + other.insert.length;
  const theirPart =
    other.index >= own.index && other.index + other.deleteCount <= own.index + own.deleteCount
      ? theirs.slice(Math.max(start, other.index), Math.min(end, otherEnd))
      : '';
  return apply(theirs, {
    index: start,
    deleteCount: Math.max(0, end - start),
    insert: own.insert + theirPart,
  });
}
