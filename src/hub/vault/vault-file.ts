import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { VaultFault } from '../../core/protocol/vault.ts';
import { inTransaction, openSqliteFile } from '../sqlite-file.ts';
import { isVaultError, vaultFaultOf } from './vault-fault.ts';

export type VaultChange =
  | { readonly type: 'append'; readonly documentId: string; readonly update: Uint8Array }
  | {
      readonly type: 'compact';
      readonly documentId: string;
      readonly replaces: readonly Uint8Array[];
      readonly update: Uint8Array;
    }
  | { readonly type: 'put'; readonly key: string; readonly text: string }
  | { readonly type: 'forget'; readonly key: string; readonly documentIds: readonly string[] };

/** The vault's one file, open. What throws is SQLite's own error; see `vaultFaultOf`. */
export interface VaultFile {
  /** All of the changes or none of them; on the disk, flushed, when it returns. */
  write(changes: readonly VaultChange[]): void;
  records(): [key: string, text: string][];
  /** How many updates there are of each document. */
  counts(): [documentId: string, count: number][];
  /** The names of a document's updates: SHA-256, 32 bytes each. */
  hashes(documentId: string): Uint8Array[];
  /** A document's updates, oldest first. */
  updates(documentId: string): Uint8Array[];
  close(): void;
}

export type OpenVaultResult =
  | { readonly ok: true; readonly file: VaultFile }
  | { readonly ok: false; readonly reason: Exclude<VaultFault, 'absent'> };

/** The 1 is the schema's version: a later one gets a file of its own. */
const FILE_NAME = 'vault-1.sqlite';
/** "Cauc", by which the file says whose it is. */
const APPLICATION_ID = 0x43_61_75_63;

const tables = [
  'CREATE TABLE updates (row INTEGER PRIMARY KEY, document TEXT NOT NULL, hash BLOB NOT NULL, content BLOB NOT NULL, UNIQUE (document, hash)) STRICT',
  'CREATE TABLE records (key TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT',
];

/**
 * Opens the vault in this folder, which is made if need be and is for this user only, as is the
 * file: the sessions' secrets are in it, as they are in the browser's own profile.
 *
 * A file that is no vault of ours or is damaged is given another name and kept, for whoever can
 * still get something out of it; a new one is begun.
 */
export function openVaultFile(directory: string): OpenVaultResult {
  try {
    const database = openSqliteFile({
      path: join(directory, FILE_NAME),
      applicationId: APPLICATION_ID,
      tables,
    });
    return database === null
      ? { ok: false, reason: 'damaged' }
      : { ok: true, file: vaultFile(database) };
  } catch (error) {
    if (isVaultError(error)) return { ok: false, reason: vaultFaultOf(error) };
    throw error;
  }
}

function vaultFile(database: DatabaseSync): VaultFile {
  const append = database.prepare(
    'INSERT OR IGNORE INTO updates (document, hash, content) VALUES (?, ?, ?)',
  );
  const drop = database.prepare('DELETE FROM updates WHERE document = ? AND hash = ?');
  const dropAll = database.prepare('DELETE FROM updates WHERE document = ?');
  const put = database.prepare('INSERT OR REPLACE INTO records (key, content) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM records WHERE key = ?');
  const records = database.prepare('SELECT key, content FROM records ORDER BY key');
  const counts = database.prepare('SELECT document, count(*) AS n FROM updates GROUP BY document');
  const hashes = database.prepare('SELECT hash FROM updates WHERE document = ? ORDER BY row');
  const contents = database.prepare('SELECT content FROM updates WHERE document = ? ORDER BY row');

  function carryOut(change: VaultChange): void {
    switch (change.type) {
      case 'append':
        append.run(change.documentId, hashOf(change.update), change.update);
        break;
      case 'compact': {
        const hash = hashOf(change.update);
        append.run(change.documentId, hash, change.update);
        for (const old of change.replaces) {
          if (!hash.equals(old)) drop.run(change.documentId, old);
        }
        break;
      }
      case 'put':
        put.run(change.key, change.text);
        break;
      case 'forget':
        remove.run(change.key);
        for (const documentId of change.documentIds) dropAll.run(documentId);
        break;
    }
  }

  return {
    write(changes) {
      inTransaction(database, () => changes.forEach(carryOut));
      // What was forgotten would otherwise stand in the log until that is written over.
      if (changes.some(({ type }) => type === 'forget')) {
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      }
    },
    records: () => records.all().map(({ key, content }) => [String(key), String(content)]),
    counts: () => counts.all().map(({ document, n }) => [String(document), Number(n)]),
    hashes: (documentId) => hashes.all(documentId).flatMap(({ hash }) => asBytes(hash)),
    updates: (documentId) => contents.all(documentId).flatMap(({ content }) => asBytes(content)),
    close: () => database.close(),
  };
}

const hashOf = (update: Uint8Array): Buffer => createHash('sha256').update(update).digest();

/** The schema is strict, so that a blob is what comes out. */
const asBytes = (value: unknown): Uint8Array[] => (value instanceof Uint8Array ? [value] : []);
