import type { DocumentStore, StoredUpdate } from '../../src/browser/storage/document-store.ts';

/** What two windows of one laptop share in tests without a browser. */
export interface MemoryDisk {
  rows: (StoredUpdate & { readonly id: string })[];
  lastRow: number;
  /** Set to make every write fail with it, as a full disk does. */
  failure: Error | null;
  readonly windows: Set<(id: string, from: object) => void>;
}

export const createMemoryDisk = (): MemoryDisk => ({
  rows: [],
  lastRow: 0,
  failure: null,
  windows: new Set(),
});

/** A window's view of a disk that forgets everything at the end of the test. */
export function createMemoryDocumentStore(disk: MemoryDisk): DocumentStore {
  const self = {};
  const listeners = new Map<string, Set<() => void>>();
  disk.windows.add((id, from) => {
    if (from !== self) listeners.get(id)?.forEach((listener) => listener());
  });
  async function write(id: string, change: () => void): Promise<number> {
    await Promise.resolve();
    if (disk.failure !== null) throw disk.failure;
    change();
    disk.windows.forEach((tell) => tell(id, self));
    return disk.lastRow;
  }
  const add = (id: string, update: Uint8Array): void => {
    disk.lastRow += 1;
    disk.rows.push({ id, row: disk.lastRow, update: update.slice() });
  };
  return {
    async read(id, afterRow) {
      await Promise.resolve();
      return disk.rows
        .filter((stored) => stored.id === id && stored.row > afterRow)
        .map(({ row, update }) => ({ row, update: update.slice() }));
    },
    async count(id) {
      await Promise.resolve();
      return disk.rows.filter((stored) => stored.id === id).length;
    },
    append: (id, update) => write(id, () => add(id, update)),
    compact: (id, throughRow, update) =>
      write(id, () => {
        disk.rows = disk.rows.filter((stored) => stored.id !== id || stored.row > throughRow);
        add(id, update);
      }),
    async remove(id) {
      await write(id, () => {
        disk.rows = disk.rows.filter((stored) => stored.id !== id);
      });
    },
    watch(id, listener) {
      const forId = listeners.get(id) ?? new Set();
      listeners.set(id, forId.add(listener));
      return () => forId.delete(listener);
    },
  };
}
