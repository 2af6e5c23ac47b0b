import { Worker } from 'node:worker_threads';
import { faultOf } from '../hub-log.ts';
import type { HubLog } from '../hub-log.ts';
import type { VotingAnswer, VotingAsk } from './voting-worker.ts';

export interface VotingThread {
  /** Always answers; with `blocked` where the thread has died, and then a new one is started. */
  ask(ask: Exclude<VotingAsk, { type: 'stop' }>): Promise<VotingAnswer>;
  /** Resolves when what was asked before is done and the file is closed. */
  stop(): Promise<void>;
}

/** Beside this file as it is written, or beside the bundle that it was built into. */
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? 'voting-worker.ts' : 'voting-worker.js',
  import.meta.url,
);

interface Running {
  readonly worker: Worker;
  readonly waiting: ((answer: VotingAnswer) => void)[];
}

/** Keeps the voting's file in a thread of its own, which is started at the first question. */
export function createVotingThread(directory: string, log: HubLog): VotingThread {
  let running: Running | null = null;
  let stopped = false;

  function start(): Running {
    const worker = new Worker(workerUrl, { workerData: directory });
    const started: Running = { worker, waiting: [] };
    // The hub's sockets keep its process alive, the voting alone does not.
    worker.unref();
    worker.on('message', (answer: VotingAnswer) => started.waiting.shift()?.(answer));
    worker.on('error', (error) => log(faultOf(error)));
    worker.on('exit', () => {
      if (running === started) running = null;
      for (const resolve of started.waiting) resolve({ type: 'failed', reason: 'blocked' });
    });
    return started;
  }
  const tell = (worker: Worker, ask: VotingAsk): void => worker.postMessage(ask);

  return {
    ask(ask) {
      if (stopped) return Promise.resolve({ type: 'failed', reason: 'blocked' });
      running ??= start();
      const { worker, waiting } = running;
      return new Promise((resolve) => {
        waiting.push(resolve);
        tell(worker, ask);
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
      tell(worker, { type: 'stop' });
      await ended;
    },
  };
}
