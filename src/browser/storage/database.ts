import { Dexie, type Table } from 'dexie';

/** One row a stored update; see `DocumentStore`. */
export interface UpdateRow {
  readonly row?: number;
  readonly documentId: string;
  readonly update: Uint8Array;
}
/** A session as this laptop keeps it, with its documents' secrets. */
export interface SessionRow {
  readonly sessionId: string;
  readonly title: string;
  readonly role: string;
  readonly groupId: string | null;
  readonly plenary: boolean;
  readonly planSecret: string;
  readonly groupSecrets: readonly (readonly [groupId: string, secret: string])[];
  readonly addresses: readonly string[];
  readonly createdAt: number;
  readonly openedAt: number;
}
/** The last word of the plenary laptop on one document. */
export interface ReceiptRow {
  readonly documentId: string;
  /** Encoded as Yjs encodes state vectors. */
  readonly stateVector: Uint8Array;
  /** Milliseconds since 1970 by this laptop's clock. */
  readonly at: number;
}
/** What the laptop remembers of itself. */
export interface SettingRow {
  readonly name: string;
  readonly value: string;
}

export interface Database extends Dexie {
  readonly updates: Table<UpdateRow, number>;
  readonly sessions: Table<SessionRow, string>;
  readonly receipts: Table<ReceiptRow, string>;
  readonly settings: Table<SettingRow, string>;
}

/**
 * Opens this laptop's one database. Durability is strict: a write counts once the disk has it,
 * which survives a battery that runs out; writes are gathered (see `persist-document.ts`), so that
 * typing does not wait for the disk.
 */
export function openDatabase(name = 'caucus'): Database {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Database;
  database.version(1).stores({
    updates: '++row, documentId, [documentId+row]',
    sessions: 'sessionId',
    receipts: 'documentId',
    settings: 'name',
  });
  return database;
}

export type StorageFault = 'no-space' | 'blocked' | 'other';

/** Tells a full disk from a storage that the browser refuses, also where Dexie wraps the error. */
export function storageFault(error: unknown): StorageFault {
  const names: string[] = [];
  for (let cause = error; cause instanceof Error || cause instanceof DOMException;) {
    names.push(cause.name);
    const inner: unknown = 'inner' in cause ? cause.inner : undefined;
    cause = inner === cause ? undefined : inner;
  }
  if (names.includes('QuotaExceededError')) return 'no-space';
  const blocked = ['SecurityError', 'InvalidStateError', 'OpenFailedError', 'MissingAPIError'];
  return names.some((name) => blocked.includes(name)) ? 'blocked' : 'other';
}
