import type { DocumentId } from '../../core/protocol/document-key.ts';
import type { SessionRecord } from '../app/types.ts';
import type { DocumentStore } from './document-store.ts';
import { DEVICE_KEY, ENVELOPE_KEY, SESSION_KEY } from './keep-second-copy.ts';
import { type Random, readEnvelope } from './key-envelope.ts';
import type { LaptopKey } from './laptop-key.ts';
import { joinUpdates } from './mirror-document.ts';
import { recordFromText } from './record-text.ts';
import { documentsOf, type SessionStore } from './session-store.ts';
import type { VaultClient } from './vault-client.ts';

interface LostDocument {
  readonly id: DocumentId;
  /** All that the vault has of it. */
  readonly update: Uint8Array;
}
interface LostSession {
  readonly record: SessionRecord;
  /** Whether the browser has lost the session itself and not only documents of it. */
  readonly recordLost: boolean;
  readonly documents: readonly LostDocument[];
}
/** What the vault has and the browser has not, read whole. */
export interface LostCopy {
  readonly sessions: readonly LostSession[];
  readonly deviceId: string | null;
}

/** What opens the records of the vault. */
export interface CopyKeys {
  /** This laptop's key; null where it has none. */
  readonly key: LaptopKey | null;
  readonly random: Random;
}

export interface Stores {
  readonly documents: DocumentStore;
  readonly sessions: SessionStore;
}

/**
 * Reads all that the vault has and these stores have lost: sessions that they do not know, unless a
 * person took them off this laptop, and documents of which they have nothing. What they have some of
 * is compared when it is opened.
 *
 * @param stores null where they cannot be read: then everything is lost.
 * @param keys what opens the vault's records; one that nothing opens is left where it is.
 * @returns null where the vault cannot be read whole.
 */
export async function readLostCopy(
  vault: VaultClient,
  stores: Stores | null,
  keys: CopyKeys,
): Promise<LostCopy | null> {
  const summary = await vault.summary();
  if (!summary.ok) return null;
  const { records, counts } = summary.value;
  const opening = await keysIn(records, keys);
  const known = new Map(
    ((await stores?.sessions.all()) ?? []).map((record) => [record.sessionId, record]),
  );
  const removed = await stores?.sessions.removed();

  const sessions: LostSession[] = [];
  for (const [key, text] of records) {
    const kept = key.startsWith(SESSION_KEY) ? recordFromText(text, opening) : null;
    if (kept === null || removed?.has(kept.sessionId) === true) continue;
    const record = known.get(kept.sessionId) ?? kept;
    const documents: LostDocument[] = [];
    for (const id of documentsOf(record)) {
      if ((counts.get(id) ?? 0) === 0) continue;
      if (stores !== null && (await stores.documents.count(id)) > 0) continue;
      const updates = await vault.read(id);
      if (!updates.ok) return null;
      documents.push({ id, update: joinUpdates(updates.value.values()) });
    }
    const recordLost = !known.has(kept.sessionId);
    if (recordLost || documents.length > 0) sessions.push({ record, recordLost, documents });
  }
  return { sessions, deviceId: records.get(DEVICE_KEY) ?? null };
}

/**
 * This laptop's key, and those that lie in the vault without a passphrase: where the browser lost its
 * own and the vault came late, a new one was made meanwhile.
 */
async function keysIn(
  records: ReadonlyMap<string, string>,
  { key, random }: CopyKeys,
): Promise<readonly LaptopKey[]> {
  const keys = key === null ? [] : [key];
  for (const [name, text] of records) {
    const envelope = name.startsWith(ENVELOPE_KEY) ? readEnvelope(text, { random }) : null;
    const other = envelope?.needsPassphrase === false ? await envelope.open(null) : null;
    if (other !== null) keys.push(other);
  }
  return keys;
}

/**
 * Puts what was lost back into the stores; a session's record goes last, so that one that is listed
 * has its documents. Rejects where the stores cannot be written.
 *
 * @returns the titles of the sessions that are back.
 */
export async function putBack(copy: LostCopy, stores: Stores): Promise<readonly string[]> {
  for (const { record, recordLost, documents } of copy.sessions) {
    for (const { id, update } of documents) await stores.documents.append(id, update);
    // A person may have joined it again while the vault was being read.
    if (recordLost && (await stores.sessions.get(record.sessionId)) === null) {
      await stores.sessions.put(record);
    }
  }
  return copy.sessions.map(({ record }) => record.title);
}
