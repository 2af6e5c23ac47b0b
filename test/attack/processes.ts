import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

export interface Child {
  readonly pid: number;
  /** What it said first. */
  readonly greeting: unknown;
  /** Sends `message` and resolves with what comes back. */
  ask(message: object): Promise<unknown>;
  end(): Promise<void>;
}

export interface ChildOptions {
  readonly core: number;
  /**
   * How much it stands back for others, from 19 to -20, where the system allows less than 0: what else the
   * machine has to do is nothing that the hub does.
   */
  readonly nice: number;
  readonly nodeFlags?: readonly string[];
}

/** Without these, everything runs where the system puts it, and the numbers are the worse for it. */
const canPin =
  availableParallelism() > 1 &&
  spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

/** The next thing that it says; rejects where it ends instead. */
async function nextMessage(child: ChildProcess, file: string): Promise<unknown> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]: unknown[]) => message),
      once(child, 'exit', { signal }).then(([code]: unknown[]) => {
        throw new Error(`${file} ended with ${String(code)}`);
      }),
    ]);
  } finally {
    stop.abort();
  }
}

/** Starts a file of this folder as a process on a core of its own, where the system can do that. */
export async function startChild(
  file: string,
  parameters: readonly string[],
  { core, nice, nodeFlags = [] }: ChildOptions,
): Promise<Child> {
  const command = [process.execPath, ...nodeFlags, join(import.meta.dirname, file), ...parameters];
  const pinned = canPin
    ? ['taskset', '-c', String(core), 'nice', '-n', String(nice), ...command]
    : command;
  const [program = process.execPath, ...rest] = pinned;
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const greeting = await nextMessage(child, file);
  return {
    pid: child.pid ?? 0,
    greeting,
    ask(message) {
      child.send(message);
      return nextMessage(child, file);
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
