import type { VaultFault, VaultReply, VaultRequest } from '../../core/protocol/vault.ts';
import { isVaultError, vaultFaultOf } from './vault-fault.ts';
import type { OpenVaultResult, VaultChange, VaultFile } from './vault-file.ts';

/** A vault that could not be opened is tried again with a request that comes this much later. */
const RETRY_MS = 2_000;

export interface VaultDesk {
  /** Answers requests in their order; the changes among them that stand together are one transaction. */
  answer(requests: readonly VaultRequest[]): VaultReply[];
  close(): void;
}

const isChange = (request: VaultRequest): request is VaultRequest & VaultChange =>
  ['append', 'compact', 'put', 'forget'].includes(request.type);

/** Requests in runs of changes and single questions. */
function inRuns(requests: readonly VaultRequest[]): VaultRequest[][] {
  const runs: VaultRequest[][] = [];
  for (const request of requests) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && isChange(last[0]) && isChange(request)) last.push(request);
    else runs.push([request]);
  }
  return runs;
}

function answerOne(file: VaultFile, asked: VaultRequest): VaultReply {
  const { request } = asked;
  switch (asked.type) {
    case 'summary':
      return { type: 'summary', request, records: file.records(), documents: file.counts() };
    case 'hashes':
      return { type: 'hashes', request, hashes: file.hashes(asked.documentId) };
    case 'read':
      return { type: 'updates', request, updates: file.updates(asked.documentId) };
    case 'append':
    case 'compact':
    case 'put':
    case 'forget':
      break;
  }
  return { type: 'done', request };
}

/**
 * Answers for the vault that `open` opens: at the first request, and again after it could not be
 * opened or turned out to be damaged, so that what stood in the way (a full disk) may pass.
 *
 * @param now milliseconds that only grow.
 */
export function createVaultDesk(open: () => OpenVaultResult, now: () => number): VaultDesk {
  let opened: OpenVaultResult | null = null;
  let openedAt = 0;

  function openOnce(): OpenVaultResult {
    if (opened === null || (!opened.ok && now() - openedAt >= RETRY_MS)) {
      opened = open();
      openedAt = now();
    }
    return opened;
  }
  function closeFile(): void {
    if (opened?.ok === true) opened.file.close();
    opened = null;
  }

  function answerRun(run: readonly VaultRequest[]): VaultReply[] {
    const fail = (reason: VaultFault): VaultReply[] =>
      run.map(({ request }) => ({ type: 'failed', request, reason }));
    const vault = openOnce();
    if (!vault.ok) return fail(vault.reason);
    try {
      const changes = run.filter(isChange);
      if (changes.length > 0) vault.file.write(changes);
      return run.map((request) => answerOne(vault.file, request));
    } catch (error) {
      if (!isVaultError(error)) throw error;
      const reason = vaultFaultOf(error);
      // The next request opens it anew, which sets a damaged file aside.
      if (reason === 'damaged') closeFile();
      return fail(reason);
    }
  }

  return {
    answer: (requests) => inRuns(requests).flatMap(answerRun),
    close: closeFile,
  };
}
