import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';

export type WriteOutcome = 'written' | 'no-space' | 'not-allowed' | 'failed';

const OUTCOMES: Readonly<Record<string, WriteOutcome>> = {
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EACCES: 'not-allowed',
  EPERM: 'not-allowed',
  EROFS: 'not-allowed',
  // Windows, when another program has the old file open.
  EBUSY: 'not-allowed',
};

/**
 * Writes a file whole or not at all: under a temporary name in the same folder (a rename across
 * disks would be a copy), flushed to the disk, then renamed over the old one. Whoever dies on the
 * way leaves the old file as it was, and at worst a `.caucus-*.tmp` beside it. Never throws.
 *
 * @param mode the file's permissions; what is usual for this user if left out. Windows has none.
 */
export async function writeWhole(
  file: string,
  bytes: Uint8Array,
  mode?: number,
): Promise<WriteOutcome> {
  const folder = path.dirname(file);
  // Short and without the file's name, which may already be as long as the file system allows.
  const temporary = path.join(folder, `.caucus-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFlushed(temporary, bytes, mode);
    await rename(temporary, file);
    await flushFolder(folder);
    return 'written';
  } catch (error) {
    await rm(temporary, { force: true }).catch((leftOver: unknown) => {
      console.error('A temporary file could not be removed:', leftOver);
    });
    return outcomeOf(error);
  }
}

async function writeFlushed(
  file: string,
  bytes: Uint8Array,
  mode: number | undefined,
): Promise<void> {
  await withHandle(await open(file, 'wx', mode), async (handle) => {
    await handle.writeFile(bytes);
    await handle.sync();
  });
}

/**
 * Makes the rename itself survive a power cut. The file is written by now, so where folders cannot
 * be flushed (Windows, many network drives) that is worth a line in the log and not a failure.
 */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  try {
    await withHandle(await open(folder, 'r'), (handle) => handle.sync());
  } catch (error) {
    console.error('The folder could not be flushed:', error);
  }
}

async function withHandle(
  handle: FileHandle,
  work: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}

function outcomeOf(error: unknown): WriteOutcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return OUTCOMES[code] ?? 'failed';
}
