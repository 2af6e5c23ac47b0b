/** So many places, shared out among those who want them. */
export interface Places<Item> {
  /** Gives `item` a place; where there is none left, another has to go. */
  add(item: Item, address: string): void;
  delete(item: Item): void;
  /** Makes whoever is next to go do so; false where nobody is there. */
  evict(): boolean;
  size(): number;
}

/**
 * Whoever comes gets a place; when all are taken, the one goes that has had its place longest among
 * those of the address that has most. So who takes all places takes them from himself, and who comes
 * once gets in: even from the same address, since what an honest laptop has to say is said at once.
 *
 * @param letGo ends `item`; it has no place any more.
 */
export function createPlaces<Item>(most: number, letGo: (item: Item) => void): Places<Item> {
  const addressOf = new Map<Item, string>();
  const byAddress = new Map<string, Set<Item>>();

  function remove(item: Item): void {
    const address = addressOf.get(item);
    if (address === undefined) return;
    addressOf.delete(item);
    const items = byAddress.get(address);
    items?.delete(item);
    if (items?.size === 0) byAddress.delete(address);
  }
  function evict(): boolean {
    let hungriest: Set<Item> | null = null;
    for (const items of byAddress.values()) {
      if (hungriest === null || items.size > hungriest.size) hungriest = items;
    }
    for (const longest of hungriest ?? []) {
      remove(longest);
      letGo(longest);
      return true;
    }
    return false;
  }

  return {
    add(item, address) {
      if (addressOf.size >= most) evict();
      addressOf.set(item, address);
      const items = byAddress.get(address) ?? new Set();
      byAddress.set(address, items.add(item));
    },
    delete: remove,
    evict,
    size: () => addressOf.size,
  };
}
