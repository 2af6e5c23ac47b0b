import * as v from 'valibot';
import type { DocumentId, DocumentKey } from '../../core/protocol/document-key.ts';
import type { DeviceId, SessionId } from '../../core/session/ids.ts';
import type { SessionRecord } from '../app/types.ts';
import { createReviver, type Database, type ReceiptRow } from './database.ts';
import { createImportStore, type ImportStore } from './import-store.ts';
import type { LaptopKey } from './laptop-key.ts';
import { isSealed, openRecord, sealRecord, sealRow } from './record-text.ts';

/** All that belong to a session, also those that were left behind. */
export const documentsOf = (record: SessionRecord): readonly DocumentId[] =>
  [...keysOf(record), ...(record.retired ?? []).map(({ key }) => key)].map(
    ({ documentId }) => documentId,
  );
/** Of the documents that are gone on with. */
export const keysOf = ({ plan, report, groups }: SessionRecord): readonly DocumentKey[] => [
  plan,
  ...(report === undefined ? [] : [report]),
  ...groups.values(),
];

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

/** @param key null where none could be kept: then the records lie open, as nobody could open them. */
export function createSessionStore(database: Database, key: LaptopKey | null): SessionStore {
  const revive = createReviver(database);
  const keys = key === null ? [] : [key];
  return {
    imports: createImportStore(database),
    async all() {
      const rows = await database.sessions.toArray();
      return rows
        .flatMap((row) => openRecord(row, keys) ?? [])
        .sort((a, b) => b.openedAt - a.openedAt);
    },
    async get(id) {
      const row = await database.sessions.get(id);
      return row === undefined ? null : openRecord(row, keys);
    },
    async put(record) {
      await revive();
      const { sessions, settings } = database;
      await database.transaction('rw', [sessions, settings], async () => {
        await sessions.put(sealRecord(record, key));
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

/** The ids of the keys that sessions here are sealed with. */
export async function keysInUse(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.sessions.toArray();
  return new Set(rows.filter(isSealed).map(({ keyId }) => keyId));
}

/**
 * Seals what an older Caucus left open, all of it in one transaction: whoever dies on the way leaves
 * every record as it was. The key must be kept by now.
 */
export async function sealOpenRecords(database: Database, key: LaptopKey): Promise<void> {
  await database.transaction('rw', database.sessions, async () => {
    for (const row of await database.sessions.toArray()) {
      if (!isSealed(row)) await database.sessions.put(sealRow(row, key));
    }
  });
}

/**
 * Takes every session off this laptop without opening any, and remembers that a person did; with
 * `notes`, all that was typed in them too. All or nothing.
 *
 * @param listed sessions that only the second copy knows.
 */
export async function forgetSessions(
  database: Database,
  listed: readonly SessionId[],
  { notes }: { readonly notes: boolean },
): Promise<void> {
  const { sessions, updates, receipts, snapshots, settings } = database;
  const tables = [sessions, updates, receipts, snapshots, settings];
  await database.transaction('rw', tables, async () => {
    const here = (await sessions.toArray()).map(({ sessionId }) => sessionId as SessionId);
    // Which document was which session's is sealed; of all of them together it is known.
    const documents = notes ? await updates.orderBy('documentId').uniqueKeys() : [];
    for (const id of new Set([...here, ...listed])) {
      await settings.put({ name: removalName(id), value: JSON.stringify(documents) });
    }
    await sessions.clear();
    await snapshots.clear();
    if (notes) await Promise.all([updates.clear(), receipts.clear()]);
  });
}
