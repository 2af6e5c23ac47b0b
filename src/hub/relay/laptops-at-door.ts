import type { DocumentId } from '../../core/protocol/document-key.ts';
import {
  type DoorHint,
  doorHintIn,
  type DoorKey,
  doorKeyOf,
  LAPTOP_SUBPROTOCOL,
  readDoorToken,
} from '../../core/protocol/door-token.ts';

/** A laptop that has shown a document's key; which one it is, is its own word. */
export interface KnownLaptop {
  readonly laptop: string;
  readonly documentId: DocumentId;
}

/** Tells laptops by what they show before anything is read of what they ask (`door-token.ts`). */
export interface LaptopsAtDoor {
  /** From now on this document's tokens count. */
  learn(documentId: DocumentId, accessKey: Uint8Array): void;
  forget(documentId: DocumentId): void;
  forgetAll(): void;
  /** Reads the subprotocols of a request; null where they show nobody. A token counts once. */
  readonly laptopIn: (subprotocols: string | undefined) => KnownLaptop | null;
}

/** How many tokens are remembered as used; the oldest go first. Minutes of the worst flood. */
const MAX_USED = 10_000;

const OFFER = new RegExp(`^${LAPTOP_SUBPROTOCOL}[ \\t]*,[ \\t]*([\\w-]{64})[ \\t]*$`, 'u');

export function createLaptopsAtDoor(): LaptopsAtDoor {
  // Made once for each document: an unknown hint costs a look-up, a known one a single HMAC.
  const byDocument = new Map<DocumentId, DoorKey>();
  const byHint = new Map<DoorHint, DoorKey & { readonly documentId: DocumentId }>();
  const used = new Set<string>();

  return {
    learn(documentId, accessKey) {
      if (byDocument.has(documentId)) return;
      const key = doorKeyOf(accessKey);
      byDocument.set(documentId, key);
      byHint.set(key.hint, { ...key, documentId });
    },
    forget(documentId) {
      const key = byDocument.get(documentId);
      if (key === undefined) return;
      byDocument.delete(documentId);
      byHint.delete(key.hint);
    },
    forgetAll() {
      byDocument.clear();
      byHint.clear();
      used.clear();
    },
    laptopIn(subprotocols) {
      const token = OFFER.exec(subprotocols?.trim() ?? '')?.[1] ?? '';
      const hint = doorHintIn(token);
      const known = hint === null ? undefined : byHint.get(hint);
      const shown = known === undefined ? null : readDoorToken(token, known);
      if (known === undefined || shown === null || used.has(shown.nonce)) return null;
      used.add(shown.nonce);
      const [oldest] = used;
      if (used.size > MAX_USED && oldest !== undefined) used.delete(oldest);
      return { laptop: shown.laptop, documentId: known.documentId };
    },
  };
}
