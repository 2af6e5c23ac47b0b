import * as Y from 'yjs';
import { cutUpdate, PIECE_BYTES } from '../../core/protocol/cut-update.ts';
import { writeMessage } from '../../core/protocol/relay-message.ts';

/** What a document was made of, as it came: for laptops that have nothing of it yet. */
export interface History {
  add(update: Uint8Array): void;
  /** Messages that say the whole document, one after the other, each about a piece long. */
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
 * document for as long as it is worth it, which is for documents that came in large pieces; and it is
 * kept as the messages that every laptop is sent, so that none of them waits for it to be copied.
 */
export function createHistory(doc: Y.Doc): History {
  let isKept = true;
  let messages: Uint8Array[] = [];
  /** What came last and is not long enough for a message yet. */
  let row: Uint8Array[] = [];
  let rowBytes = 0;
  let count = 0;
  let bytes = 0;

  const isCoarse = (): boolean => count <= FEW_UPDATES + bytes / COARSE_BYTES;
  function closeRow(): void {
    if (row.length > 0) messages.push(writeMessage(row));
    row = [];
    rowBytes = 0;
  }
  function keep(update: Uint8Array): void {
    if (rowBytes + update.length > PIECE_BYTES) closeRow();
    row.push(update);
    rowBytes += update.length;
    bytes += update.length;
    count += 1;
  }
  function forget(): void {
    messages = [];
    row = [];
    rowBytes = 0;
    count = 0;
    bytes = 0;
  }

  return {
    add(update) {
      if (!isKept) return;
      keep(update);
      if (bytes <= MOST_BYTES && (count <= MOST_UPDATES || isCoarse())) return;
      isKept = false;
      forget();
    },
    whole() {
      if (!isKept || !isCoarse()) {
        forget();
        isKept = true;
        for (const piece of cutUpdate(Y.encodeStateAsUpdate(doc), PIECE_BYTES)) keep(piece);
      }
      return row.length === 0 ? messages : [...messages, writeMessage(row)];
    },
  };
}
