import type { SessionRecord } from '../../src/browser/app/types.ts';
import type { ReceiptRow } from '../../src/browser/storage/database.ts';
import { documentsOf, type SessionStore } from '../../src/browser/storage/session-store.ts';
import type { DocumentId } from '../../src/core/protocol/document-key.ts';
import type { DeviceId, SessionId } from '../../src/core/session/ids.ts';
import type { MemoryDisk } from './memory-document-store.ts';

export interface MemorySessions {
  readonly records: Map<SessionId, SessionRecord>;
  readonly removed: Map<SessionId, readonly DocumentId[]>;
  deviceId: DeviceId | null;
}

export const createMemorySessions = (): MemorySessions => ({
  records: new Map(),
  removed: new Map(),
  deviceId: null,
});

/** The sessions of a laptop whose documents are on `disk`. It keeps nothing of session files. */
export function createMemorySessionStore(kept: MemorySessions, disk: MemoryDisk): SessionStore {
  const receipts = new Map<string, ReceiptRow>();
  return {
    async all() {
      return [...kept.records.values()];
    },
    async get(id) {
      return kept.records.get(id) ?? null;
    },
    async put(record) {
      kept.records.set(record.sessionId, record);
      kept.removed.delete(record.sessionId);
    },
    async remove(record) {
      const documents = documentsOf(record);
      kept.records.delete(record.sessionId);
      kept.removed.set(record.sessionId, documents);
      disk.rows = disk.rows.filter(({ id }) => !documents.some((each) => each === id));
    },
    async removed() {
      return new Map(kept.removed);
    },
    async forgotten(id) {
      kept.removed.set(id, []);
    },
    async receipt(documentId) {
      return receipts.get(documentId) ?? null;
    },
    async putReceipt(receipt) {
      receipts.set(receipt.documentId, receipt);
    },
    imports: {
      all: async () => [],
      get: async () => null,
      put: async () => undefined,
    },
    async deviceId(make) {
      kept.deviceId ??= make() as DeviceId;
      return kept.deviceId;
    },
  };
}
