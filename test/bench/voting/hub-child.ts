import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HubMessage } from '../../../src/hub/process-messages.ts';

export interface HubChild {
  readonly pid: number;
  readonly localPort: number;
  readonly networkPort: number;
  kill(): Promise<void>;
}

/** Processes are held to a core each, so that the phones do not take the server's time nor it theirs. */
export const SERVER_CORE = '0';
export const PHONES_CORE = '1';
/**
 * On one core, V8's collecting threads take it from the server that they work for, up to 50 ms at a
 * time, which on a laptop, with cores of their own, they do not: so each server collects by itself.
 */
export const SERVER_FLAGS: readonly string[] = ['--single-threaded-gc'];

const ENTRY = fileURLToPath(new URL('../../../src/hub/hub-process.ts', import.meta.url));

/** The hub as it runs for people, in a process of its own on the server's core, open to the network. */
export function startHubChild(options: {
  readonly localPort: number;
  readonly networkPort: number;
  readonly vaultDirectory: string;
}): Promise<HubChild> {
  const given = JSON.stringify({ ...options, addresses: ['127.0.0.1'] });
  const child: ChildProcess = spawn(
    'taskset',
    ['-c', SERVER_CORE, process.execPath, ...SERVER_FLAGS, ENTRY, given],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    void ended.then(() => reject(new Error('The hub ended')));
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const message = JSON.parse(line) as HubMessage;
      if (message.type === 'ready') child.stdin?.write('{"command":"open","id":1}\n');
      else if (message.type === 'failed') reject(new Error(message.reason));
      else if (message.type === 'log' && message.event.event === 'fault')
        console.error(message.event);
      else if (message.type === 'answer') {
        const { result } = message;
        const [address] = result.ok ? result.state.addresses : [];
        if (!result.ok || address === undefined) {
          reject(new Error(line));
          return;
        }
        resolve({
          pid: child.pid ?? 0,
          localPort: Number(new URL(result.state.localUrl).port),
          networkPort: Number(new URL(address).port),
          async kill() {
            child.kill('SIGKILL');
            await ended;
          },
        });
      }
    });
  });
}
