import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Milliseconds since 1970, or null where nothing is there. */
async function changedAt(path: string): Promise<number | null> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  return found?.mtimeMs ?? null;
}

async function newestIn(path: string): Promise<number> {
  const own = (await changedAt(path)) ?? 0;
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    },
  );
  const times = await Promise.all(
    entries.map(({ parentPath, name }) => changedAt(join(parentPath, name))),
  );
  return Math.max(own, ...times.map((time) => time ?? 0));
}

/**
 * Whether `built` is missing or older than the newest of `sources`, which are files or folders. A
 * folder's own time counts too, which changes when a file in it is deleted.
 */
export async function isStale(built: string, sources: readonly string[]): Promise<boolean> {
  const builtAt = await changedAt(built);
  if (builtAt === null) return true;
  const newest = await Promise.all(sources.map(newestIn));
  return Math.max(...newest) > builtAt;
}
