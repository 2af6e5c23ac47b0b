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

/**
 * A document from outside can hold anything as a key, and `generateKeyBetween` throws on what it
 * did not make. Such an entry stands where its key sorts it, and no new key goes by it.
 */
function isSound({ order }: Ordered): boolean {
  if (!/^[0-9A-Za-z]+$/u.test(order)) return false;
  try {
    generateKeyBetween(order, null);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** A key after every entry in `entries` (which is in order). */
export function orderAtEnd(entries: readonly Ordered[]): string {
  return generateKeyBetween(entries.findLast(isSound)?.order ?? null, null);
}

/**
 * A key that puts an entry before the entry at `index` of `entries` (which is in order and does
 * not hold the moving entry). Where neighbours share one key there is nothing between them, so
 * the entry goes after the last that shares it.
 */
export function orderAt(entries: readonly Ordered[], index: number): string {
  const at = Math.max(0, index);
  const before = entries.slice(0, at).findLast(isSound)?.order ?? null;
  const after = entries.slice(at).find((entry) => entry.order !== before && isSound(entry));
  return generateKeyBetween(before, after?.order ?? null);
}
