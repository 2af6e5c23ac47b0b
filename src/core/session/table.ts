import * as Y from 'yjs';
import type { Entry } from './writer.ts';
import { compareOrder, type Ordered } from './order.ts';

/**
 * The entries of one root map as plain objects, kept up to date event by event: a change to one
 * entry makes one new object and new lists where it stands, and leaves the rest as it was.
 */
export interface Table<T extends Ordered, List extends string> {
  /** The entries of one list, in order. The same array until something in it changes. */
  list(name: List): readonly T[];
  get(id: string): T | undefined;
  /** Reads these entries again. Returns whether anything changed. */
  refresh(ids: Iterable<string>): boolean;
}

export function createTable<T extends Ordered, List extends string>(
  root: Y.Map<unknown>,
  lists: readonly List[],
  read: (id: string, entry: Entry) => T | null,
  listOf: (value: T) => List | null,
): Table<T, List> {
  const values = new Map<string, T>();
  const arrays = new Map<List, readonly T[]>();

  const readEntry = (id: string): T | null => {
    const entry = root.get(id);
    return entry instanceof Y.Map ? read(id, entry) : null;
  };

  /** Where `value` stands or would stand in `array`. */
  function position(array: readonly T[], value: T): number {
    let low = 0;
    let high = array.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = array[middle];
      if (other !== undefined && compareOrder(other, value) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const gathered = new Map<List, T[]>(lists.map((name) => [name, []]));
  for (const id of root.keys()) {
    const value = readEntry(id);
    if (value === null) continue;
    values.set(id, value);
    const name = listOf(value);
    if (name !== null) gathered.get(name)?.push(value);
  }
  for (const [name, array] of gathered) arrays.set(name, array.sort(compareOrder));

  return {
    list: (name) => arrays.get(name) ?? [],
    get: (id) => values.get(id),
    refresh(ids) {
      const edited = new Map<List, T[]>();
      const editable = (name: List): T[] => {
        let array = edited.get(name);
        if (array === undefined) {
          array = [...(arrays.get(name) ?? [])];
          edited.set(name, array);
        }
        return array;
      };
      let changed = false;
      for (const id of ids) {
        const before = values.get(id);
        const after = readEntry(id);
        if (before === undefined && after === null) continue;
        changed = true;
        const from = before === undefined ? null : listOf(before);
        const to = after === null ? null : listOf(after);
        if (before !== undefined && from !== null) {
          const array = editable(from);
          array.splice(position(array, before), 1);
        }
        if (after === null) values.delete(id);
        else values.set(id, after);
        if (after !== null && to !== null) {
          const array = editable(to);
          array.splice(position(array, after), 0, after);
        }
      }
      for (const [name, array] of edited) arrays.set(name, array);
      return changed;
    },
  };
}

/** Which entries of a root map a transaction touched, at whatever depth. */
export function touchedIds(
  root: Y.Map<unknown>,
  events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
): Set<string> {
  const ids = new Set<string>();
  for (const event of events) {
    if (event.target === root) {
      for (const key of event.keys.keys()) ids.add(key);
    } else {
      const [id] = event.path;
      if (typeof id === 'string') ids.add(id);
    }
  }
  return ids;
}
