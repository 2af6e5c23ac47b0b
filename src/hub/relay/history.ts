import * as Y from 'yjs';
import { cutUpdate, PIECE_BYTES } from '../../core/protocol/cut-update.ts';

/** What a document was made of, as it came: for laptops that have nothing of it yet. */
export interface History {
  add(update: Uint8Array): void;
  /** Updates that say the whole document, one after the other. */
  whole(): readonly Uint8Array[];
}

/** Updates that are shorter than this on average are dearer to take in than to write anew. */
const COARSE_BYTES = 2_048;
const FEW_UPDATES = 100;
/** More than this is not kept: the document can always be written anew. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_UPDATES = 5_000;

/**
 * To have Yjs write a document of 20 MB takes longer than to send it. So what came is kept beside the
 * document for as long as it is worth it, which is for documents that came in large pieces.
 */
export function createHistory(doc: Y.Doc): History {
  let updates: Uint8Array[] | null = [];
  let bytes = 0;

  const isCoarse = (count: number): boolean => count <= FEW_UPDATES + bytes / COARSE_BYTES;

  return {
    add(update) {
      if (updates === null) return;
      updates.push(update);
      bytes += update.length;
      if (bytes > MOST_BYTES || (updates.length > MOST_UPDATES && !isCoarse(updates.length))) {
        updates = null;
        bytes = 0;
      }
    },
    whole() {
      if (updates === null || !isCoarse(updates.length)) {
        updates = [...cutUpdate(Y.encodeStateAsUpdate(doc), PIECE_BYTES)];
        bytes = updates.reduce((sum, { length }) => sum + length, 0);
      }
      return updates;
    },
  };
}
