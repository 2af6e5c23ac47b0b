import * as v from 'valibot';
import {
  type DocumentId,
  documentKeyOf,
  type DocumentSecret,
  isDocumentSecret,
} from '../../core/protocol/document-key.ts';
import { type Role, roles } from '../../core/protocol/ticket.ts';
import { parseJson } from '../../core/protocol/utf8.ts';
import type { DeviceId, GroupId, SessionId } from '../../core/session/ids.ts';
import type { SessionRecord } from '../app/types.ts';
import { createReviver, type Database, type ReceiptRow, type SessionRow } from './database.ts';
import { createImportStore, type ImportStore } from './import-store.ts';

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
  ...(record.lastAddress !== undefined && { lastAddress: record.lastAddress }),
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
  ...(row.lastAddress !== undefined && { lastAddress: row.lastAddress }),
  ...(row.clockOffsetMs !== undefined && { clockOffsetMs: row.clockOffsetMs }),
});

/** The plan's document and the groups'. */
export const documentsOf = (record: SessionRecord): readonly DocumentId[] =>
  [record.plan, ...record.groups.values()].map(({ documentId }) => documentId);

/** A record as text, for the second copy. It holds the session's secrets. */
export const recordToText = (record: SessionRecord): string => JSON.stringify(toRow(record));

const secretSchema = v.custom<DocumentSecret>(isDocumentSecret);
/** What every version of a row has; what a newer one adds goes through. */
const rowSchema = v.looseObject({
  sessionId: v.string(),
  title: v.string(),
  role: v.picklist(roles),
  groupId: v.nullable(v.string()),
  plenary: v.boolean(),
  planSecret: secretSchema,
  groupSecrets: v.array(v.tuple([v.string(), secretSchema])),
  addresses: v.array(v.string()),
  createdAt: v.number(),
  openedAt: v.number(),
});

/** The record that this text is, or null. */
export function recordFromText(text: string): SessionRecord | null {
  const row = v.safeParse(rowSchema, parseJson(text));
  return row.success ? fromRow(row.output) : null;
}

const REMOVAL = 'removed/';
const removalName = (id: SessionId): string => REMOVAL + id;
const removalSchema = v.array(v.custom<DocumentId>((id) => typeof id === 'string'));

/** What this laptop knows of its sessions beside the documents themselves. */
export interface SessionStore {
  all(): Promise<readonly SessionRecord[]>;
  get(id: SessionId): Promise<SessionRecord | null>;
  put(record: SessionRecord): Promise<void>;
  /** That a person took it off this laptop is remembered until it is put here again. */
  remove(record: SessionRecord): Promise<void>;
  /** The sessions removed, each with the documents that the second copy has yet to forget. */
  removed(): Promise<ReadonlyMap<SessionId, readonly DocumentId[]>>;
  /** The second copy has forgotten this one. */
  forgotten(id: SessionId): Promise<void>;
  receipt(documentId: string): Promise<ReceiptRow | null>;
  putReceipt(receipt: ReceiptRow): Promise<void>;
  /** The session files that were taken in. */
  readonly imports: ImportStore;
  /** This laptop's id, made at first use and kept. */
  deviceId(make: () => string): Promise<DeviceId>;
}

export function createSessionStore(database: Database): SessionStore {
  const revive = createReviver(database);
  return {
    imports: createImportStore(database),
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
      const { sessions, settings } = database;
      await database.transaction('rw', [sessions, settings], async () => {
        await sessions.put(toRow(record));
        await settings.delete(removalName(record.sessionId));
      });
    },
    async remove(record) {
      const documents = documentsOf(record);
      const { sessions, updates, receipts, snapshots, settings } = database;
      const tables = [sessions, updates, receipts, snapshots, settings];
      await database.transaction('rw', tables, async () => {
        await database.sessions.delete(record.sessionId);
        await database.updates
          .where('documentId')
          .anyOf([...documents])
          .delete();
        await database.receipts.bulkDelete([...documents]);
        await snapshots.where('sessionId').equals(record.sessionId).delete();
        await settings.put({
          name: removalName(record.sessionId),
          value: JSON.stringify(documents),
        });
      });
    },
    async removed() {
      const rows = await database.settings.where('name').startsWith(REMOVAL).toArray();
      return new Map(
        rows.map(({ name, value }) => [
          name.slice(REMOVAL.length) as SessionId,
          v.parse(removalSchema, JSON.parse(value)),
        ]),
      );
    },
    async forgotten(id) {
      await database.settings.update(removalName(id), { value: '[]' });
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
