import { Dexie, type Table } from 'dexie';
import type { GroupId, Part } from '../../core/session/ids.ts';
import type { SessionRecord } from '../app/types.ts';
import type { KeptImport } from './import-store.ts';

/** One row a stored update; see `DocumentStore`. */
export interface UpdateRow {
  readonly row?: number;
  readonly documentId: string;
  readonly update: Uint8Array;
}
/** A session as this laptop knows it, with its documents' secrets: in the open on no disk. */
export interface SessionRow extends Omit<
  SessionRecord,
  'plan' | 'report' | 'groups' | 'retired' | 'renewed'
> {
  readonly planSecret: string;
  readonly reportSecret?: string;
  readonly groupSecrets: readonly (readonly [groupId: GroupId, secret: string])[];
  readonly retired?: readonly (readonly [part: Part, secret: string])[];
  readonly renewed?: readonly (readonly [part: Part, id: string, at: number])[];
}
/** A session as it lies on the disk: a `SessionRow` in JSON, sealed with the laptop key. */
export interface SealedRow {
  readonly sessionId: string;
  /** Which key; see `LaptopKey.id`. */
  readonly keyId: string;
  readonly sealed: string;
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
  /** In the open only where an older Caucus wrote it, until it is sealed at the next start. */
  readonly sessions: Table<SealedRow | SessionRow, string>;
  readonly receipts: Table<ReceiptRow, string>;
  readonly settings: Table<SettingRow, string>;
  /** What documents were before a session file was taken in. */
  readonly snapshots: Table<KeptImport, string>;
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
  database.version(2).stores({ snapshots: 'id, sessionId' });
  return database;
}

/**
 * Opens the database again where it has been closed under us: a full disk makes the browser close
 * it, and Dexie would then repeat that first error for ever. Rejects while it cannot be opened.
 */
export function createReviver(database: Database): () => Promise<void> {
  let reviving: Promise<void> | null = null;
  async function revive(): Promise<void> {
    database.close({ disableAutoOpen: false });
    await database.open();
  }
  return async () => {
    if (database.isOpen()) return;
    reviving ??= revive().finally(() => {
      reviving = null;
    });
    await reviving;
  };
}

export type StorageFault = 'no-space' | 'blocked' | 'other';

/**
 * Tells a full disk from a storage that the browser refuses, also where Dexie wraps the error.
 * Chromium has no name of its own for a disk that fills up in the middle of a write; it says so in
 * the message only (FILE_ERROR_NO_SPACE, seen in version 156).
 */
export function storageFault(error: unknown): StorageFault {
  const said = wordsOf(error);
  const says = (pattern: RegExp): boolean => said.some((words) => pattern.test(words));
  if (says(/QuotaExceeded|NO_SPACE|ENOSPC|disk full/iu)) return 'no-space';
  return says(/^(?:SecurityError|InvalidStateError|OpenFailedError|MissingAPIError)$/u)
    ? 'blocked'
    : 'other';
}

/**
 * Whether the database itself is broken, so that the browser will never open it again. A storage that
 * is full or refused, or a database that a newer Caucus has made, is not broken.
 */
export const saysDamaged = (error: unknown): boolean =>
  storageFault(error) !== 'no-space' &&
  wordsOf(error).some((words) => /^(?:UnknownError|NotReadableError|DataError)$/u.test(words));

/** The names and messages of an error and of those that it wraps. */
function wordsOf(error: unknown): string[] {
  const said: string[] = [];
  for (let cause = error; cause instanceof Error || cause instanceof DOMException;) {
    said.push(cause.name, cause.message);
    const inner: unknown = 'inner' in cause ? cause.inner : undefined;
    cause = inner === cause ? undefined : inner;
  }
  return said;
}
