import { execFile } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import type { NamespaceSeat } from '../rehearse/venue/namespaces.ts';

const run = promisify(execFile);

/** The program that a process runs; null where the process has just ended. */
function programOf(id: number): string | null {
  try {
    return readlinkSync(`/proc/${id}/exe`);
  } catch {
    // It ended between being listed and being looked at.
    return null;
  }
}

/** Every process of this laptop: nothing else is in its namespace. */
async function processes(
  { space }: NamespaceSeat,
  which: 'all' | 'browser',
): Promise<readonly number[]> {
  const { stdout } = await run('ip', ['netns', 'pids', space]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
    .filter((id) => {
      const program = programOf(id);
      return program !== null && (which === 'all' || program !== process.execPath);
    });
}

/** Sends a signal to all of the laptop's processes, or to its browser's. */
export async function signal(
  seat: NamespaceSeat,
  which: 'all' | 'browser',
  name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT',
): Promise<void> {
  for (const id of await processes(seat, which)) {
    try {
      process.kill(id, name);
    } catch (error) {
      // Ended by itself meanwhile, as the children of a killed browser do.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Resolves once nothing of the laptop's browser runs any more. */
export async function browserGone(seat: NamespaceSeat): Promise<void> {
  while ((await processes(seat, 'browser')).length > 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
