import { type ChildProcess, spawn } from 'node:child_process';

export interface RunningChild {
  readonly process: ChildProcess;
  /** What it had printed when its first line was whole. */
  readonly line: string;
}

/** Starts a program and resolves once it has printed a line. */
export function startChild(
  program: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<RunningChild> {
  const child = spawn(program, parameters, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let line = '';
    child.stdout.on('data', (data: Buffer) => {
      line += data.toString();
      if (line.includes('\n')) resolve({ process: child, line });
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`It ended having said "${line}"`)));
  });
}
