/** Where the items of a long list lie, and which of them are in sight. All lengths in pixels. */

/** The tops of all items and, as the last number, the end of the list. */
export function offsetsOf(heights: readonly number[]): readonly number[] {
  const offsets = [0];
  let top = 0;
  for (const height of heights) {
    top += height;
    offsets.push(top);
  }
  return offsets;
}

/** The item that `y` lies in; the first or the last where it lies outside. */
export function itemAt(offsets: readonly number[], y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface Slice {
  /** The first item to draw, and the one after the last. */
  readonly first: number;
  readonly end: number;
  /** Room to leave for what is not drawn. */
  readonly before: number;
  readonly after: number;
}

/** What to draw so that from `top` on `height` pixels are covered, with `spare` items around. */
export function sliceOf(
  offsets: readonly number[],
  top: number,
  height: number,
  spare: number,
): Slice {
  const count = offsets.length - 1;
  if (count === 0) return { first: 0, end: 0, before: 0, after: 0 };
  const first = Math.max(0, itemAt(offsets, top) - spare);
  const end = Math.min(count, itemAt(offsets, top + height) + 1 + spare);
  const total = offsets[count] ?? 0;
  return { first, end, before: offsets[first] ?? 0, after: total - (offsets[end] ?? total) };
}
