import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Seat } from './venue/venue.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT_MS = 120_000;

export interface RunningCaucus {
  /** Where the browser finds it. */
  readonly address: string;
  readonly process: ChildProcess;
  /** Every line that it has said so far, to whoever started it. */
  readonly said: readonly string[];
}

/** Starts a laptop's Caucus as `npm start` does, and resolves once it says that it is open. */
export function startCaucus(seat: Seat, env: NodeJS.ProcessEnv): Promise<RunningCaucus> {
  const [program, parameters] = seat.command(process.execPath, [
    join(root, 'src/shell/start.ts'),
    '--browser',
    '--no-open',
    '--port',
    String(seat.appPort),
  ]);
  const child = spawn(program, parameters, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (why: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`Caucus did not open on ${seat.name}: ${why}\n${said.join('\n')}`));
    };
    const timer = setTimeout(() => fail('no answer'), START_LIMIT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with ${code}`));
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString()));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const address = /^Caucus is open at (?<address>http:\S+)$/u.exec(line)?.groups?.['address'];
      if (address === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve({ address, process: child, said });
    });
  });
}

export async function stopCaucus(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill(signal);
  await gone;
}
