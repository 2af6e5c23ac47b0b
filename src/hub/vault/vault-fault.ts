import type { VaultFault } from '../../core/protocol/vault.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html), as far as they tell something apart. */
const CORRUPT = 11;
const FULL = 13;
const NOT_A_DATABASE = 26;

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT']);

/** An error of SQLite's or the file system's that says something about the machine, not about us. */
interface VaultError extends Error {
  readonly code: string;
  /** SQLite's extended result code, where it is SQLite's. */
  readonly errcode?: number;
}

export function isVaultError(error: unknown): error is VaultError {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // A statement that is wrong is a bug of ours, and SQLite's plain "error" says so.
  if (error.code === 'ERR_SQLITE_ERROR') {
    return 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) > 1;
  }
  return 'syscall' in error;
}

export function vaultFaultOf({ code, errcode }: VaultError): Exclude<VaultFault, 'absent'> {
  if (errcode === undefined) return NO_SPACE.has(code) ? 'no-space' : 'blocked';
  const primary = errcode & 0xff;
  if (primary === FULL) return 'no-space';
  return primary === CORRUPT || primary === NOT_A_DATABASE ? 'damaged' : 'blocked';
}
