import { Worker } from 'node:worker_threads';
import type { VaultReply, VaultRequest } from '../../core/protocol/vault.ts';
import { faultOf } from '../hub-log.ts';
import type { HubLog } from '../hub-log.ts';
import type { VaultQuestion } from './vault-worker.ts';

export interface VaultThread {
  /** Always answers; with `blocked` where the thread has died. The request's number is kept. */
  ask(request: VaultRequest): Promise<VaultReply>;
  /** Resolves when what was asked before is done and the file is closed. */
  stop(): Promise<void>;
}

/** Beside this file as it is written, or beside the bundle that it was built into. */
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? 'vault-worker.ts' : 'vault-worker.js',
  import.meta.url,
);

interface Running {
  readonly worker: Worker;
  /** By the thread's own number: two windows may number theirs alike. */
  readonly pending: Map<
    number,
    { readonly request: number; readonly resolve: (reply: VaultReply) => void }
  >;
}

/** Runs the vault in a thread of its own, which is started at the first request. */
export function createVaultThread(directory: string, log: HubLog): VaultThread {
  let running: Running | null = null;
  let lastNumber = 0;
  let stopped = false;

  function start(): Running {
    const worker = new Worker(workerUrl, { workerData: directory });
    const started: Running = { worker, pending: new Map() };
    // The hub's sockets keep its process alive, the vault alone does not.
    worker.unref();
    worker.on('message', (reply: VaultReply) => {
      const asked = started.pending.get(reply.request);
      started.pending.delete(reply.request);
      asked?.resolve({ ...reply, request: asked.request });
    });
    worker.on('error', (error) => log(faultOf(error)));
    worker.on('exit', () => {
      if (running === started) running = null;
      for (const { request, resolve } of started.pending.values()) {
        resolve({ type: 'failed', request, reason: 'blocked' });
      }
    });
    return started;
  }
  const tell = (worker: Worker, question: VaultQuestion): void => worker.postMessage(question);

  return {
    ask(asked) {
      const { request } = asked;
      if (stopped) return Promise.resolve({ type: 'failed', request, reason: 'blocked' });
      running ??= start();
      const { worker, pending } = running;
      lastNumber += 1;
      const number = lastNumber;
      return new Promise((resolve) => {
        pending.set(number, { request, resolve });
        tell(worker, { ...asked, request: number });
      });
    },
    async stop() {
      stopped = true;
      if (running === null) return;
      const { worker } = running;
      const ended = new Promise((resolve) => {
        worker.once('exit', resolve);
      });
      worker.ref();
      tell(worker, null);
      await ended;
    },
  };
}
