import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isVaultError, vaultFaultOf } from './vault/vault-fault.ts';

export interface SqliteFileOptions {
  readonly path: string;
  /** By which the file says whose it is. */
  readonly applicationId: number;
  /** The whole schema, in the order in which it is made; a file with another one is not ours. */
  readonly tables: readonly string[];
}

/** How long another process's hold on the file is waited for: a hub that is just ending lets go. */
const BUSY_MS = 2_000;

/**
 * Opens a database whose commits are flushed to the disk; for this user only, as is its folder, which
 * is made if need be. A file that is not ours or is damaged is given another name and kept, for whoever
 * can still get something out of it; a new one is begun.
 *
 * @returns null where even the new one is not sound. Throws SQLite's own error; see `vaultFaultOf`.
 */
export function openSqliteFile(options: SqliteFileOptions): DatabaseSync | null {
  const folder = dirname(options.path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const database = openSound(options);
  if (database !== null) return database;
  setAside(options.path);
  return openSound(options);
}

/** Null where the file is damaged or something else. */
function openSound(options: SqliteFileOptions): DatabaseSync | null {
  const { path } = options;
  // SQLite takes over the permissions of the file for those that it puts beside it.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    // Exclusive: two processes never write one file, and no file of shared memory is needed, which
    // a full disk makes fail in ways of its own.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    const isNew = schemaOf(database).length === 0;
    // Before the first change to it: what is not ours is to be kept as it is.
    if (!isNew && !isOurs(database, options)) {
      database.close();
      return null;
    }
    database.exec('PRAGMA journal_mode = WAL');
    // FULL: a commit counts once the disk has flushed it.
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA journal_size_limit = 4194304');
    // What a person took off this laptop is overwritten, too.
    database.exec('PRAGMA secure_delete = ON');
    if (isNew) begin(database, options);
    if (isSound(database)) return database;
  } catch (error) {
    database.close();
    if (isVaultError(error) && vaultFaultOf(error) === 'damaged') return null;
    throw error;
  }
  database.close();
  return null;
}

const schemaOf = (database: DatabaseSync): string[] =>
  database
    .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
    .all()
    .map(({ sql }) => String(sql));

function begin(database: DatabaseSync, { tables, applicationId }: SqliteFileOptions): void {
  inTransaction(database, () => {
    for (const table of tables) database.exec(table);
    database.exec(`PRAGMA application_id = ${applicationId}`);
  });
}

function isOurs(database: DatabaseSync, { tables, applicationId }: SqliteFileOptions): boolean {
  const id = database.prepare('PRAGMA application_id').get()?.['application_id'];
  return id === applicationId && schemaOf(database).join() === tables.join();
}

const isSound = (database: DatabaseSync): boolean =>
  database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';

function setAside(path: string): void {
  const when = new Date().toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  let aside = '';
  for (let count = 1; aside === '' || existsSync(aside); count += 1) {
    aside = path.replace(/\.sqlite$/u, `.damaged-${when}-${count}.sqlite`);
  }
  renameSync(path, aside);
  for (const beside of ['-wal', '-shm', '-journal']) {
    if (existsSync(path + beside)) renameSync(path + beside, aside + beside);
  }
}

/** All of it or nothing; on the disk, flushed, when it returns. */
export function inTransaction(database: DatabaseSync, act: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    act();
    database.exec('COMMIT');
  } catch (error) {
    // A full disk makes SQLite roll back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
