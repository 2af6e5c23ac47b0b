import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { inTransaction, openSqliteFile } from '../sqlite-file.ts';
import { isVaultError, vaultFaultOf } from '../vault/vault-fault.ts';
import type { Read, Row, SessionRows, Table } from './rows.ts';
import { tables } from './rows.ts';

export type VotingFault = 'no-space' | 'damaged' | 'blocked';
export type Change = readonly [table: Table, row: Row];

/** The voting's one file, open. What throws is SQLite's own error; see `vaultFaultOf`. */
export interface VotingFile {
  /** With which this hub's voters are signed: made once, with the file. */
  readonly secret: Uint8Array;
  /** All of the changes or none of them; on the disk, flushed, when it returns. */
  write(changes: readonly Change[]): void;
  /** The session that was opened last; null for none. */
  lastSession(): string | null;
  read(session: string): SessionRows;
  /** Takes away the sessions that nobody has opened since then, milliseconds since 1970. */
  forget(before: number): void;
  /** Brings what was written into the main file, when nobody waits. */
  tidy(): void;
  close(): void;
}

export type OpenVotingResult =
  | { readonly ok: true; readonly file: VotingFile }
  | { readonly ok: false; readonly reason: VotingFault };

const FILE_NAME = 'voting.sqlite';
/** "CauV", by which the file says whose it is. */
const APPLICATION_ID = 0x43_61_75_56;
const SECRET_BYTES = 32;
/**
 * So far the log may grow during a burst before somebody has to wait for it to be brought into the
 * file, some 50 ms: about 160 MB, more than 10,000 ballots of their own take. It is emptied once nobody votes.
 */
const PAGES_IN_LOG = 40_000;
/**
 * So much of the emptied log stays on the disk: to write over it takes two thirds of the time that it
 * takes to make it longer again, for which the file system keeps a log of its own. Four votes of 2,000.
 */
const KEPT_LOG_BYTES = 64 * 1024 * 1024;

const names = Object.keys(tables) as Table[];
const schema = [
  'CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT',
  ...names.map((name) => `CREATE TABLE ${name} (${tables[name]}) STRICT, WITHOUT ROWID`),
];

/** Whether anybody has ever voted here. */
export const hasVotingFile = (directory: string): boolean => existsSync(join(directory, FILE_NAME));

/** Opens the file in this folder, which is this user's only. */
export function openVotingFile(directory: string): OpenVotingResult {
  try {
    const database = openSqliteFile({
      path: join(directory, FILE_NAME),
      applicationId: APPLICATION_ID,
      tables: schema,
    });
    return database === null
      ? { ok: false, reason: 'damaged' }
      : { ok: true, file: votingFile(database) };
  } catch (error) {
    if (isVaultError(error)) return { ok: false, reason: vaultFaultOf(error) };
    throw error;
  }
}

function secretOf(database: DatabaseSync): Uint8Array {
  const kept = database.prepare("SELECT value FROM meta WHERE key = 'secret'").get()?.['value'];
  if (kept instanceof Uint8Array && kept.length === SECRET_BYTES) return kept;
  const made = new Uint8Array(randomBytes(SECRET_BYTES));
  inTransaction(database, () => {
    database.prepare("INSERT OR REPLACE INTO meta VALUES ('secret', ?)").run(made);
  });
  return made;
}

function votingFile(database: DatabaseSync): VotingFile {
  database.exec(`PRAGMA wal_autocheckpoint = ${PAGES_IN_LOG}`);
  database.exec(`PRAGMA journal_size_limit = ${KEPT_LOG_BYTES}`);
  const secret = secretOf(database);
  const byTable = <Made>(make: (name: Table) => Made): Record<Table, Made> =>
    Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Table, Made>;
  const columnsOf = (name: Table): number =>
    database.prepare(`SELECT * FROM ${name}`).columns().length;
  const put = byTable((name) =>
    database.prepare(
      `INSERT OR REPLACE INTO ${name} VALUES (${Array.from({ length: columnsOf(name) }, () => '?').join(', ')})`,
    ),
  );
  const all = byTable((name) => {
    const statement = database.prepare(`SELECT * FROM ${name} WHERE session = ?`);
    statement.setReturnArrays(true);
    return statement;
  });
  const last = database.prepare('SELECT session FROM rooms ORDER BY said_at DESC LIMIT 1');
  const old = database.prepare('SELECT session FROM rooms WHERE said_at < ?');
  const remove = byTable((name) => database.prepare(`DELETE FROM ${name} WHERE session = ?`));

  return {
    secret,
    write(changes) {
      inTransaction(database, () => {
        for (const [table, row] of changes) put[table].run(...(row as SQLInputValue[]));
      });
    },
    lastSession: () => {
      const session = last.get()?.['session'];
      return typeof session === 'string' ? session : null;
    },
    // Rows as arrays, which is what the statements were told; their type does not know.
    read: (session) => byTable((name) => all[name].all(session) as unknown as Read[]),
    forget(before) {
      const sessions = old.all(before).map((row) => String(row['session']));
      if (sessions.length === 0) return;
      inTransaction(database, () => {
        for (const session of sessions) for (const name of names) remove[name].run(session);
      });
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    tidy: () => database.exec('PRAGMA wal_checkpoint(PASSIVE)'),
    close: () => database.close(),
  };
}
