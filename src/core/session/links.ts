import type * as Y from 'yjs';

/** Flat keys "owner/target…" with a boolean, read as: which targets has this owner. */
export interface LinkedIds {
  /** What stands behind the owner's slash, sorted, so that every laptop lists it alike. */
  of(owner: string): readonly string[];
  /** Takes in changed keys; returns the owners that they belong to. */
  refresh(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): Set<string>;
}

const noTargets: readonly string[] = [];

export function linkedIds(root: Y.Map<unknown>): LinkedIds {
  const targets = new Map<string, readonly string[]>();

  function take(key: string): string | null {
    const slash = key.indexOf('/');
    if (slash <= 0) return null;
    const owner = key.slice(0, slash);
    const target = key.slice(slash + 1);
    const before = targets.get(owner) ?? noTargets;
    const linked = root.get(key) === true;
    if (linked !== before.includes(target)) {
      targets.set(
        owner,
        linked ? [...before, target].toSorted() : before.filter((id) => id !== target),
      );
    }
    return owner;
  }
  for (const key of root.keys()) take(key);

  return {
    of: (owner) => targets.get(owner) ?? noTargets,
    refresh(events) {
      const owners = new Set<string>();
      for (const event of events) {
        for (const key of event.keys.keys()) {
          const owner = take(key);
          if (owner !== null) owners.add(owner);
        }
      }
      return owners;
    },
  };
}
