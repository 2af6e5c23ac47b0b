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

const ENTRY = fileURLToPath(new URL('../../../src/hub/hub-process.ts', import.meta.url));

/** The hub as it runs for people, in a process of its own, open to the network. */
export function startHubChild(options: {
  readonly core?: string;
  readonly localPort: number;
  readonly networkPort: number;
  readonly vaultDirectory: string;
}): Promise<HubChild> {
  const { core, ...given } = options;
  const command = [process.execPath, ENTRY, JSON.stringify({ ...given, addresses: ['127.0.0.1'] })];
  const [program = '', ...parameters] =
    core === undefined ? command : ['taskset', '-c', core, ...command];
  const child: ChildProcess = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
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
