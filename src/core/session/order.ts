import { generateKeyBetween } from 'fractional-indexing';

/**
 * Order by fractional index: a new entry's key lies between its neighbours' keys, so that nobody
 * else's entry has to be renumbered. Two laptops may make the same key at the same time; the id
 * then decides, the same way everywhere.
 */
export interface Ordered {
  readonly id: string;
  readonly order: string;
}

export function compareOrder(a: Ordered, b: Ordered): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** A key after every entry in `entries` (which is in order). */
export function orderAtEnd(entries: readonly Ordered[]): string {
  return generateKeyBetween(entries.at(-1)?.order ?? null, null);
}

/**
 * A key that puts an entry before the entry at `index` of `entries` (which is in order and does
 * not hold the moving entry). Where neighbours share one key there is nothing between them, so
 * the entry goes after the last that shares it.
 */
export function orderAt(entries: readonly Ordered[], index: number): string {
  const before = entries[index - 1]?.order ?? null;
  const after = entries.slice(Math.max(0, index)).find((entry) => entry.order !== before);
  return generateKeyBetween(before, after?.order ?? null);
}
