import { type Splice, spliceBetween } from '../../src/core/session/text.ts';

/** Where a place in the text before `splice` is after it; what was cut away ends at its start. */
export function placeAfter(splice: Splice | null, place: number): number {
  if (splice === null || place <= splice.index) return place;
  const end = splice.index + splice.deleteCount;
  const grown = splice.insert.length - splice.deleteCount;
  return place >= end ? place + grown : Math.min(place, splice.index + splice.insert.length);
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
