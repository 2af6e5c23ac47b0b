import { Dexie } from 'dexie';
import type { DocumentId } from '../../core/protocol/document-key.ts';
import { createReviver, type Database } from './database.ts';
import type { DocumentStore } from './document-store.ts';

/**
 * Documents in IndexedDB through Dexie: one table of updates. Other windows of the same laptop
 * hear of new rows over a BroadcastChannel and read them from the table.
 *
 * Why not y-dexie: it writes behind the caller's back, so that nobody can tell when a change is on
 * disk, and never tries a failed write again (docs/decisions/0003-own-update-table.md).
 */
export function createDexieDocumentStore(database: Database): DocumentStore & { close(): void } {
  const revive = createReviver(database);
  const channel = new BroadcastChannel(`${database.name}/updates`);
  const listeners = new Map<string, Set<() => void>>();
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') listeners.get(data)?.forEach((listener) => listener());
  };
  const rows = (id: DocumentId, afterRow: number, throughRow: number) =>
    database.updates
      .where('[documentId+row]')
      .between([id, afterRow], [id, throughRow], false, true);

  return {
    async read(id, afterRow) {
      await revive();
      const found = await rows(id, afterRow, Number.MAX_SAFE_INTEGER).toArray();
      return found.map(({ row = 0, update }) => ({ row, update }));
    },
    async count(id) {
      await revive();
      return rows(id, 0, Number.MAX_SAFE_INTEGER).count();
    },
    async append(id, update) {
      await revive();
      const row = await database.updates.add({ documentId: id, update });
      channel.postMessage(id);
      return row;
    },
    async compact(id, throughRow, update) {
      await revive();
      const row = await database.transaction('rw', database.updates, async () => {
        await rows(id, 0, throughRow).delete();
        return database.updates.add({ documentId: id, update });
      });
      channel.postMessage(id);
      return row;
    },
    async remove(id) {
      await revive();
      await database.updates
        .where('[documentId+row]')
        .between([id, Dexie.minKey], [id, Dexie.maxKey])
        .delete();
    },
    watch(id, listener) {
      const forId = listeners.get(id) ?? new Set();
      listeners.set(id, forId.add(listener));
      return () => {
        forId.delete(listener);
        if (forId.size === 0) listeners.delete(id);
      };
    },
    close() {
      channel.close();
      listeners.clear();
    },
  };
}
