import { type Splice, spliceBetween } from '../../src/core/session/text.ts';

/** Where a place in the text before `splice` is after it; what was cut away ends at its start. */
function placeAfter(splice: Splice | null, place: number): number {
  if (splice === null || place <= splice.index) return place;
  const end = splice.index + splice.deleteCount;
  const grown = splice.insert.length - splice.deleteCount;
  return place >= end ? place + grown : Math.min(place, splice.index + splice.insert.length);
}

/** So many letters before the caret tell where it stood. The most telling first. */
const contexts = [24, 12, 6, 3];

/**
 * Where the caret at `place` in `before` belongs in `after`. Where others changed several places
 * at once, what stood before the caret is looked for again.
 */
export function caretAfter(before: string, after: string, place: number): number {
  const splice = spliceBetween(before, after);
  if (splice === null) return place;
  const end = splice.index + splice.deleteCount;
  if (place > splice.index && place < end) {
    for (const length of contexts) {
      const context = before.slice(Math.max(splice.index, place - length), place);
      const found = splice.insert.indexOf(context);
      if (found !== -1) return splice.index + found + context.length;
    }
  }
  return placeAfter(splice, place);
}

/**
 * Both changes of `base` in one text: what was typed here and what came from others meanwhile.
 * Nothing that either side put in is lost, and what either side took away is gone.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string {
  const own = spliceBetween(base, mine);
  const other = spliceBetween(base, theirs);
  if (own === null) return theirs;
  if (other === null) return mine;
  const splices = [other, own];
  const edges = splices.flatMap(({ index, deleteCount }) => [index, index + deleteCount]);
  const cuts = [...new Set([0, ...edges, base.length])].toSorted((a, b) => a - b);
  let merged = '';
  for (const [nth, from] of cuts.entries()) {
    for (const { index, insert } of splices) if (index === from) merged += insert;
    const cutAway = splices.some(
      ({ index, deleteCount }) => from >= index && from < index + deleteCount,
    );
    if (!cutAway) merged += base.slice(from, cuts[nth + 1] ?? from);
  }
  return merged;
}
