/**
 * The voting's own thread: while it waits for the disk to flush, the hub goes on listening to phones.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { isVaultError, vaultFaultOf } from '../vault/vault-fault.ts';
import {
  type Change,
  openVotingFile,
  type OpenVotingResult,
  type VotingFault,
  type VotingFile,
} from './voting-file.ts';
import type { SessionRows } from './rows.ts';

export type VotingAsk =
  | { readonly type: 'write'; readonly changes: readonly Change[] }
  /** A session's rows; null for the session that was open last. */
  | { readonly type: 'read'; readonly session: string | null; readonly forgetBefore: number }
  /** Closes the file and ends the thread. */
  | { readonly type: 'stop' };

/** Answers come in the order of the questions. */
export type VotingAnswer =
  | { readonly type: 'written' }
  | { readonly type: 'rows'; readonly secret: Uint8Array; readonly rows: SessionRows | null }
  | { readonly type: 'failed'; readonly reason: VotingFault };

/** How long nobody has to have written before the log is brought into the file. */
const TIDY_AFTER_MS = 2_000;

const directory = String(workerData);
let opened: OpenVotingResult | null = null;
let tidy: NodeJS.Timeout | undefined;

function guarded(act: (file: VotingFile) => VotingAnswer): VotingAnswer {
  if (opened?.ok !== true) opened = openVotingFile(directory);
  if (!opened.ok) return { type: 'failed', reason: opened.reason };
  try {
    return act(opened.file);
  } catch (error) {
    if (!isVaultError(error)) throw error;
    const reason = vaultFaultOf(error);
    // The next question opens it anew, which sets a damaged file aside.
    if (reason === 'damaged') close();
    return { type: 'failed', reason };
  }
}
function close(): void {
  clearTimeout(tidy);
  if (opened?.ok === true) opened.file.close();
  opened = null;
}
function answer(ask: Exclude<VotingAsk, { type: 'stop' }>): VotingAnswer {
  return guarded((file) => {
    if (ask.type === 'write') {
      file.write(ask.changes);
      clearTimeout(tidy);
      tidy = setTimeout(() => {
        guarded((open) => {
          open.tidy();
          return { type: 'written' };
        });
      }, TIDY_AFTER_MS);
      return { type: 'written' };
    }
    file.forget(ask.forgetBefore);
    const session = ask.session ?? file.lastSession();
    return {
      type: 'rows',
      secret: file.secret,
      rows: session === null ? null : file.read(session),
    };
  });
}

parentPort?.on('message', (ask: VotingAsk) => {
  if (ask.type === 'stop') {
    close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(answer(ask));
});
