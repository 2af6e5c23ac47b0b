import * as Y from 'yjs';
import type { DocumentId } from '../../core/protocol/document-key.ts';
import type { DocumentStore } from './document-store.ts';
import { byName, type VaultClient } from './vault-client.ts';
import type { VaultTrouble } from './vault-link.ts';

/** What this laptop's own updates say together, as one. */
export function joinUpdates(updates: Iterable<Uint8Array>): Uint8Array {
  const doc = docOf(updates);
  const joined = Y.encodeStateAsUpdateV2(doc);
  doc.destroy();
  return joined;
}

function docOf(updates: Iterable<Uint8Array>): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdateV2(doc, update);
  });
  return doc;
}

/** Whether something waits for a change that comes before it: no snapshot shows that, updates do. */
const hasPending = ({ store }: Y.Doc): boolean =>
  store.pendingStructs !== null || store.pendingDs !== null;

/** Both have the same now; `gained` where the store was given something that it lacked. */
type MirrorResult =
  | { readonly ok: true; readonly gained: boolean }
  | { readonly ok: false; readonly reason: VaultTrouble };

/**
 * Gives the vault what it lacks of a document, and the store what it has lost of it; nothing that
 * either of them alone has is lost. Rejects where the store cannot be read or written.
 *
 * They are compared by the updates' names, so that nothing is sent twice. What the vault has and the
 * store has not is what the store has compacted since, or has lost: which of the two is found out
 * by reading it.
 */
export async function mirrorDocument(
  id: DocumentId,
  store: DocumentStore,
  vault: VaultClient,
): Promise<MirrorResult> {
  // The vault first: whatever it has by now was in the store before.
  const names = await vault.names(id);
  if (!names.ok) return names;
  const rows = await store.read(id, 0);
  const mine = await byName(rows.map(({ update }) => update));

  const missing = [...mine].filter(([name]) => !names.value.has(name));
  const sent = await Promise.all(missing.map(([, update]) => vault.append(id, update)));
  const refused = sent.find(({ ok }) => !ok);
  if (refused?.ok === false) return refused;

  const unknown = [...names.value].filter((name) => !mine.has(name));
  if (unknown.length === 0) return { ok: true, gained: false };
  const kept = await vault.read(id);
  if (!kept.ok) return kept;
  // What does not have its own name is damaged, and left out.
  const theirs = unknown.flatMap((name) => kept.value.get(name) ?? []);

  const doc = docOf(mine.values());
  const before = Y.snapshot(doc);
  doc.transact(() => theirs.forEach((update) => Y.applyUpdateV2(doc, update)));
  const gained = !Y.equalSnapshots(before, Y.snapshot(doc)) || hasPending(doc);
  const whole = Y.encodeStateAsUpdateV2(doc);
  doc.destroy();

  if (gained) {
    const lastRow = rows.reduce((last, { row }) => Math.max(last, row), 0);
    await store.compact(id, lastRow, whole);
    const tidied = await vault.compact(id, [...mine.keys(), ...unknown], whole);
    return tidied.ok ? { ok: true, gained } : tidied;
  }
  const [some] = mine.values();
  if (some === undefined) return { ok: true, gained };
  const tidied = await vault.compact(id, unknown, some);
  return tidied.ok ? { ok: true, gained } : tidied;
}
