import type { DocumentId } from '../../core/protocol/document-key.ts';
import type { VaultAnswer, VaultLink, VaultTrouble } from './vault-link.ts';

type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: VaultTrouble };

interface VaultSummary {
  /** Texts by their keys; see `vault-records.ts`. */
  readonly records: ReadonlyMap<string, string>;
  /** How many updates the vault has of each document. */
  readonly counts: ReadonlyMap<string, number>;
}

/** What can be asked of the vault. Every answer is a value; none of these rejects. */
export interface VaultClient {
  summary(): Promise<Result<VaultSummary>>;
  /** The names of a document's updates (see `nameOf`). */
  names(id: DocumentId): Promise<Result<ReadonlySet<string>>>;
  /** A document's updates, oldest first, under their names. */
  read(id: DocumentId): Promise<Result<ReadonlyMap<string, Uint8Array>>>;
  append(id: DocumentId, update: Uint8Array): Promise<Result<null>>;
  /** Puts `update` in the place of those named, all of which it must say. */
  compact(id: DocumentId, names: Iterable<string>, update: Uint8Array): Promise<Result<null>>;
  put(key: string, text: string): Promise<Result<null>>;
  forget(key: string, documentIds: readonly DocumentId[]): Promise<Result<null>>;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));

/** The name of an update in the vault: its SHA-256, in hexadecimal. */
async function nameOf(update: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(update))));
}

/** The updates under their names. */
export const byName = async (
  updates: readonly Uint8Array[],
): Promise<ReadonlyMap<string, Uint8Array>> =>
  new Map(
    await Promise.all(updates.map(async (update) => [await nameOf(update), update] as const)),
  );

export function createVaultClient(link: VaultLink): VaultClient {
  /** A hub that answers with something else than was asked for is no vault of ours. */
  const refusal = (answer: VaultAnswer): { ok: false; reason: VaultTrouble } => ({
    ok: false,
    reason: answer.type === 'failed' ? answer.reason : 'damaged',
  });
  const change = async (request: Parameters<VaultLink['ask']>[0]): Promise<Result<null>> => {
    const answer = await link.ask(request);
    return answer.type === 'done' ? { ok: true, value: null } : refusal(answer);
  };

  return {
    async summary() {
      const answer = await link.ask({ type: 'summary' });
      if (answer.type !== 'summary') return refusal(answer);
      const { records, documents } = answer;
      return { ok: true, value: { records: new Map(records), counts: new Map(documents) } };
    },
    async names(documentId) {
      const answer = await link.ask({ type: 'hashes', documentId });
      if (answer.type !== 'hashes') return refusal(answer);
      return { ok: true, value: new Set(answer.hashes.map(hex)) };
    },
    async read(documentId) {
      const answer = await link.ask({ type: 'read', documentId });
      if (answer.type !== 'updates') return refusal(answer);
      return { ok: true, value: await byName(answer.updates) };
    },
    append: (documentId, update) => change({ type: 'append', documentId, update }),
    compact: (documentId, names, update) =>
      change({ type: 'compact', documentId, replaces: Array.from(names, fromHex), update }),
    put: (key, text) => change({ type: 'put', key, text }),
    forget: (key, documentIds) => change({ type: 'forget', key, documentIds: [...documentIds] }),
  };
}
