import * as Y from 'yjs';
import { mayWrite } from '../../core/protocol/document-key.ts';
import { changesBehind } from '../../core/session/behind.ts';
import type { OnlyHere, SessionRecord } from '../app/types.ts';
import type { DocumentStore } from './document-store.ts';
import { keysOf, type SessionStore } from './session-store.ts';

export interface OnlyHereStores {
  readonly documents: Pick<DocumentStore, 'read'>;
  readonly sessions: Pick<SessionStore, 'receipt'>;
}

/**
 * What a session's documents in the storage hold that the plenary laptop has not said to have (S3):
 * found without opening the session, and so also where its notes were typed in another week. Says
 * `unknown` rather than too little. Rejects where the storage cannot be read.
 */
export async function whatIsOnlyHere(
  record: SessionRecord,
  { documents, sessions }: OnlyHereStores,
): Promise<OnlyHere> {
  if (record.plenary) return { state: 'plenary' };
  let count = 0;
  let at: number | null = null;
  for (const { documentId, secret } of keysOf(record)) {
    const updates = (await documents.read(documentId, 0)).map(({ update }) => update);
    if (updates.length === 0) continue;
    const receipt = await sessions.receipt(documentId);
    // Who may only read has nothing of its own there.
    if (receipt === null && !mayWrite(secret)) continue;
    const behind = receipt === null ? null : lacking(updates, receipt.stateVector);
    if (receipt === null || behind === null) return { state: 'unknown' };
    count += behind;
    at = Math.min(at ?? receipt.at, receipt.at);
  }
  return count === 0 || at === null ? { state: 'nothing', at } : { state: 'changes', count, at };
}

/** Null where it cannot be told. */
function lacking(updates: readonly Uint8Array[], stateVector: Uint8Array): number | null {
  const doc = new Y.Doc();
  doc.transact(() => updates.forEach((update) => Y.applyUpdateV2(doc, update)));
  const behind = changesBehind(doc, stateVector);
  // What waits for a change that comes before it is in no count.
  const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
  doc.destroy();
  return pending ? null : behind;
}
