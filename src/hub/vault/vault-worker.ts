/**
 * The vault's own thread: flushing to disk can take a tenth of a second, and while this thread waits
 * for the disk, the hub goes on carrying what people type. What comes meanwhile is the next
 * transaction.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { VaultRequest } from '../../core/protocol/vault.ts';
import { createVaultDesk } from './answer-vault.ts';
import { openVaultFile } from './vault-file.ts';

/** Null asks the thread to close the file and end. */
export type VaultQuestion = VaultRequest | null;

const desk = createVaultDesk(
  () => openVaultFile(String(workerData)),
  () => performance.now(),
);
let waiting: VaultRequest[] = [];

function answerAll(): void {
  const requests = waiting;
  waiting = [];
  for (const reply of desk.answer(requests)) parentPort?.postMessage(reply);
}

parentPort?.on('message', (question: VaultQuestion) => {
  if (question === null) {
    answerAll();
    desk.close();
    parentPort?.close();
    return;
  }
  if (waiting.length === 0) setImmediate(answerAll);
  waiting.push(question);
});
