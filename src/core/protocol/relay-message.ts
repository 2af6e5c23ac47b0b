import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type ReadUpdate, readUpdate } from './read-update.ts';
import { writeBytes } from './write-bytes.ts';

/** What it takes to say how long an update is. */
const MAX_LENGTH_BYTES = 5;

/**
 * A message is a row of Yjs updates (V1), each with its length in front: what was changed in one
 * tick travels together, without being merged first.
 */
export function writeMessage(updates: readonly Uint8Array[]): Uint8Array {
  const most = updates.reduce((sum, { length }) => sum + length + MAX_LENGTH_BYTES, 0);
  return writeBytes(most, (encoder) => {
    for (const update of updates) encoding.writeVarUint8Array(encoder, update);
  });
}

export interface MessageUpdate extends ReadUpdate {
  readonly update: Uint8Array;
}

/** The updates of a message, each checked; null where any of it is not what Yjs writes. */
export function readMessage(message: Uint8Array): readonly MessageUpdate[] | null {
  const decoder = decoding.createDecoder(message);
  const updates: MessageUpdate[] = [];
  while (decoding.hasContent(decoder)) {
    let update: Uint8Array;
    try {
      update = decoding.readVarUint8Array(decoder);
    } catch {
      return null;
    }
    const read = readUpdate(update);
    if (read === null) return null;
    updates.push({ ...read, update });
  }
  return updates;
}
