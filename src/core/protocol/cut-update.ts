import * as encoding from 'lib0/encoding';
import { createFifo } from './fifo.ts';
import { type ReadStruct, readStructs } from './read-update.ts';

/** Bytes of a piece that a laptop takes in without anybody noticing. */
export const PIECE_BYTES = 192 * 1024;

/**
 * Cuts a long update (Yjs's first encoding) into several that say the same when they are taken in
 * one after the other, each of which fits as soon as those before it are there. So a laptop builds
 * the beginning of a long document while the rest is still on its way, and is never busy for long
 * at a time. Structs are copied as they are; what is deleted comes with the last piece.
 *
 * @param most bytes of structs in a piece; a single struct may be longer.
 */
export function cutUpdate(update: Uint8Array, most: number): readonly Uint8Array[] {
  if (update.length <= most) return [update];
  const read = readStructs(update);
  if (read === null) return [update];
  const pieces: Uint8Array[] = [];
  /** The structs of the present piece by their client, for an update names each only once. */
  let rows = new Map<number, ReadStruct[]>();
  let bytes = 0;

  function close(deleteSet: Uint8Array): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, rows.size);
    for (const [client, row] of rows) {
      encoding.writeVarUint(encoder, row.length);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, row[0]?.clock ?? 0);
      for (const { from, to } of row) encoding.writeUint8Array(encoder, update.subarray(from, to));
    }
    encoding.writeUint8Array(encoder, deleteSet);
    pieces.push(encoding.toUint8Array(encoder));
    rows = new Map();
    bytes = 0;
  }
  function add(struct: ReadStruct): void {
    const size = struct.to - struct.from;
    if (bytes > 0 && bytes + size > most) close(nothingDeleted);
    const row = rows.get(struct.client);
    if (row === undefined) rows.set(struct.client, [struct]);
    else row.push(struct);
    bytes += size;
  }

  for (const struct of inCausalOrder(read.structs)) add(struct);
  close(update.subarray(read.deleteSetAt));
  return pieces;
}

const nothingDeleted = Uint8Array.of(0);

/** Every struct after all that it refers to. Each is looked at once, and once more for all it waits for. */
function* inCausalOrder(structs: readonly ReadStruct[]): Generator<ReadStruct> {
  const rows = new Map<number, ReadStruct[]>();
  for (const struct of structs) {
    const row = rows.get(struct.client) ?? [];
    row.push(struct);
    rows.set(struct.client, row);
  }
  /** How many of each client's have had their turn, and which clients wait for which struct. */
  const places = new Map([...rows.keys()].map((client) => [client, 0]));
  const waiting = new Map<ReadStruct, number[]>();

  /** The struct at that clock, if it comes with this update; 'never' where it would have to. */
  function missing(client: number, clock: number): ReadStruct | 'never' | null {
    const row = rows.get(client);
    // What lies before this update's own structs is there already, or nothing of it would fit.
    if (row === undefined || clock < (row[0]?.clock ?? 0)) return null;
    const index = indexOfClock(row, clock);
    if (index < (places.get(client) ?? 0)) return null;
    return row[index] ?? 'never';
  }
  const ready = createFifo<number>();
  for (const client of rows.keys()) ready.push(client);
  for (let client = ready.shift(); client !== undefined; client = ready.shift()) {
    const row = rows.get(client) ?? [];
    for (let at = places.get(client) ?? 0; at < row.length; at += 1) {
      const struct = row[at];
      if (struct === undefined) break;
      const lacks = firstOf(struct.refersTo, ([to, clock]) => missing(to, clock));
      if (lacks === 'never') break;
      if (lacks !== null) {
        const others = waiting.get(lacks);
        if (others === undefined) waiting.set(lacks, [client]);
        else others.push(client);
        break;
      }
      yield struct;
      places.set(client, at + 1);
      for (const other of waiting.get(struct) ?? []) ready.push(other);
      waiting.delete(struct);
    }
  }
  // Only a forged update has structs that wait for each other; they go last, for Yjs to refuse.
  for (const [client, row] of rows) yield* row.slice(places.get(client) ?? 0);
}

function firstOf<Item, Result>(
  items: readonly Item[],
  find: (item: Item) => Result | null,
): Result | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** Where in a row that is sorted by clock the struct with this clock is, or its length. */
function indexOfClock(row: readonly ReadStruct[], clock: number): number {
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const struct = row[middle];
    if (struct !== undefined && struct.clock + struct.length <= clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
