import { documentKeyOf, type DocumentSecret } from '../../core/protocol/document-key.ts';
import type { Role } from '../../core/protocol/ticket.ts';
import type { DeviceId, GroupId, SessionId } from '../../core/session/ids.ts';
import type { SessionRecord } from '../app/types.ts';
import { createReviver, type Database, type ReceiptRow, type SessionRow } from './database.ts';

const keyOf = (secret: string) => documentKeyOf(secret as DocumentSecret);

const toRow = (record: SessionRecord): SessionRow => ({
  sessionId: record.sessionId,
  title: record.title,
  role: record.role,
  groupId: record.groupId,
  plenary: record.plenary,
  planSecret: record.plan.secret,
  groupSecrets: [...record.groups].map(([id, key]) => [id, key.secret] as const),
  addresses: record.addresses,
  createdAt: record.createdAt,
  openedAt: record.openedAt,
  ...(record.clockOffsetMs !== undefined && { clockOffsetMs: record.clockOffsetMs }),
});

const fromRow = (row: SessionRow): SessionRecord => ({
  sessionId: row.sessionId as SessionId,
  title: row.title,
  role: row.role as Role,
  groupId: row.groupId as GroupId | null,
  plenary: row.plenary,
  plan: keyOf(row.planSecret),
  groups: new Map(row.groupSecrets.map(([id, secret]) => [id as GroupId, keyOf(secret)])),
  addresses: row.addresses,
  createdAt: row.createdAt,
  openedAt: row.openedAt,
  ...(row.clockOffsetMs !== undefined && { clockOffsetMs: row.clockOffsetMs }),
});

/** What this laptop knows of its sessions beside the documents themselves. */
export interface SessionStore {
  all(): Promise<readonly SessionRecord[]>;
  get(id: SessionId): Promise<SessionRecord | null>;
  put(record: SessionRecord): Promise<void>;
  remove(record: SessionRecord): Promise<void>;
  receipt(documentId: string): Promise<ReceiptRow | null>;
  putReceipt(receipt: ReceiptRow): Promise<void>;
  /** This laptop's id, made at first use and kept. */
  deviceId(make: () => string): Promise<DeviceId>;
}

export function createSessionStore(database: Database): SessionStore {
  const revive = createReviver(database);
  return {
    async all() {
      const rows = await database.sessions.toArray();
      return rows.map(fromRow).sort((a, b) => b.openedAt - a.openedAt);
    },
    async get(id) {
      const row = await database.sessions.get(id);
      return row === undefined ? null : fromRow(row);
    },
    async put(record) {
      await revive();
      await database.sessions.put(toRow(record));
    },
    async remove(record) {
      const documents = [record.plan, ...record.groups.values()].map((key) => key.documentId);
      const tables = [database.sessions, database.updates, database.receipts];
      await database.transaction('rw', tables, async () => {
        await database.sessions.delete(record.sessionId);
        await database.updates.where('documentId').anyOf(documents).delete();
        await database.receipts.bulkDelete(documents);
      });
    },
    async receipt(documentId) {
      return (await database.receipts.get(documentId)) ?? null;
    },
    async putReceipt(receipt) {
      await database.receipts.put(receipt);
    },
    async deviceId(make) {
      return database.transaction('rw', database.settings, async () => {
        const known = await database.settings.get('deviceId');
        if (known !== undefined) return known.value as DeviceId;
        const made = make();
        await database.settings.put({ name: 'deviceId', value: made });
        return made as DeviceId;
      });
    },
  };
}
