import * as decoding from 'lib0/decoding';
import { utf16Length } from './utf16-length.ts';
import type * as Y from 'yjs';

/**
 * Walks through an update in Yjs's first encoding (yjs 13.6, `utils/encoding.js` and
 * `structs/*.js`) without building anything, and refuses what no Yjs writes. Yjs itself trusts its
 * input: it allocates an array for whatever count it reads (`readClientsStructRefs`), calls
 * `undefined` for an unknown type, and takes in structs of length zero, over which merging never
 * gets to an end. What passes here still may be nonsense, but Yjs comes to an end with it.
 */
class UnlikeYjs extends Error {}

const ORIGIN = 128;
const RIGHT_ORIGIN = 64;
const PARENT_SUB = 32;
const KIND = 31;
const GAP = 10;
const MAX_DEPTH = 64;
const MAX_JSON_CHARACTERS = 256 * 1024;
const MAX_CLIENT_ID = 2 ** 32 - 1;
/**
 * Every opening of a document in which something is written makes a client (D4), and each is named
 * in every state vector, every receipt and every presence from then on. With more than these no
 * frame would hold them any more.
 */
const MAX_CLIENTS = 5_000;

/** What is held in memory, roughly and beyond the bytes as they came. */
const BYTES_PER_STRUCT = 300;
const BYTES_PER_VALUE = 50;
const BYTES_PER_JSON_CHARACTER = 20;

/** For each client, a clock: how far something reaches, not included. */
type Clocks = Map<number, number>;

/** One struct of an update: where it stands in the bytes, and what it stands on. */
export interface ReadStruct {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
  readonly from: number;
  readonly to: number;
  /** Structs of other clients: client and clock. */
  readonly refersTo: readonly (readonly [client: number, clock: number])[];
}

class Walk extends decoding.Decoder {
  memory = 0;
  /** Kept only for who wants to cut the update. */
  structs: ReadStruct[] | null = null;
  refersTo: (readonly [client: number, clock: number])[] = [];
  /** Where this update's own structs begin, and where they end. */
  readonly starts: Clocks = new Map();
  readonly ends: Clocks = new Map();
  /** What it takes for granted: gaps it leaves, neighbours of its structs, what it deletes. */
  readonly gaps: Clocks = new Map();
  readonly references: Clocks = new Map();
  deletes = false;
}

function reach(clocks: Clocks, client: number, clock: number): void {
  if (clock > (clocks.get(client) ?? 0)) clocks.set(client, clock);
}

function insist(condition: boolean): asserts condition {
  if (!condition) throw new UnlikeYjs();
}

function readLength(decoder: Walk): number {
  const length = decoding.readVarUint(decoder);
  insist(length > 0);
  return length;
}

/** Its length in Yjs's clock, which counts as JavaScript does. */
function skipString(decoder: Walk): number {
  const bytes = decoding.readVarUint(decoder);
  const from = decoder.pos;
  insist(bytes <= decoder.arr.length - from);
  decoder.pos += bytes;
  const length = utf16Length(decoder.arr, from, decoder.pos);
  insist(length >= 0);
  return length;
}

interface Id {
  readonly client: number;
  readonly clock: number;
}

/** Yjs draws 32 random bits for it. */
function readClient(decoder: Walk): number {
  const client = decoding.readVarUint(decoder);
  insist(client <= MAX_CLIENT_ID);
  return client;
}
const readId = (decoder: Walk): Id => ({
  client: readClient(decoder),
  clock: decoding.readVarUint(decoder),
});

/** Yjs waits for another client's struct that it does not have yet, but takes for granted that this client's came before. */
function skipReference(decoder: Walk, from: Id): void {
  const to = readId(decoder);
  insist(to.client !== from.client || to.clock < from.clock);
  if (to.client === from.client) return;
  reach(decoder.references, to.client, to.clock + 1);
  if (decoder.structs !== null) decoder.refersTo.push([to.client, to.clock]);
}

/** Deep JSON overflows the stack of whoever copies or compares it, at their end or at ours. */
export function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth < MAX_DEPTH && Object.values(value).every((inner) => isShallow(inner, depth + 1));
}

function skipJson(decoder: Walk, text: string): void {
  insist(text.length <= MAX_JSON_CHARACTERS && isShallow(JSON.parse(text)));
  decoder.memory += text.length * BYTES_PER_JSON_CHARACTER;
}

/** lib0's `readAny`, without the values. */
function skipAny(decoder: Walk, depth: number): void {
  insist(depth < MAX_DEPTH);
  decoder.memory += BYTES_PER_VALUE;
  const kind = decoding.readUint8(decoder);
  switch (kind) {
    case 127:
    case 126:
    case 121:
    case 120:
      return;
    case 125:
      decoding.readVarInt(decoder);
      return;
    case 124:
      decoding.readUint8Array(decoder, 4);
      return;
    case 123:
    case 122:
      decoding.readUint8Array(decoder, 8);
      return;
    case 119:
      skipString(decoder);
      return;
    case 118:
      for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
        skipString(decoder);
        skipAny(decoder, depth + 1);
      }
      return;
    case 117:
      for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
        skipAny(decoder, depth + 1);
      }
      return;
    case 116:
      decoding.readVarUint8Array(decoder);
      return;
    default:
      throw new UnlikeYjs();
  }
}

/** A shared type: array, map, text, XML element, fragment, hook, text; two of them carry a name. */
function skipType(decoder: Walk): void {
  const type = decoding.readVarUint(decoder);
  insist(type <= 6);
  if (type === 3 || type === 5) skipString(decoder);
}

/** The length of the content, in Yjs's clock, or more. */
function skipContent(decoder: Walk, kind: number): number {
  switch (kind) {
    case 1:
      return readLength(decoder);
    case 2: {
      const length = readLength(decoder);
      for (let left = length; left > 0; left -= 1) {
        const text = decoding.readVarString(decoder);
        if (text === 'undefined') decoder.memory += BYTES_PER_VALUE;
        else skipJson(decoder, text);
      }
      return length;
    }
    case 3:
      decoding.readVarUint8Array(decoder);
      return 1;
    case 4: {
      const length = skipString(decoder);
      insist(length > 0);
      return length;
    }
    case 5:
      skipJson(decoder, decoding.readVarString(decoder));
      return 1;
    case 6:
      skipString(decoder);
      skipJson(decoder, decoding.readVarString(decoder));
      return 1;
    case 7:
      skipType(decoder);
      return 1;
    case 8: {
      const length = readLength(decoder);
      for (let left = length; left > 0; left -= 1) skipAny(decoder, 0);
      return length;
    }
    // 9 is a document inside a document, which Caucus has none of and which is dear to hold.
    default:
      throw new UnlikeYjs();
  }
}

/** The length of the struct at `id`, in Yjs's clock. */
function skipStruct(decoder: Walk, id: Id): number {
  insist(decoding.hasContent(decoder));
  const info = decoding.readUint8(decoder);
  // 0 is what was garbage-collected.
  if (info === 0 || info === GAP) {
    const length = readLength(decoder);
    if (info === GAP) reach(decoder.gaps, id.client, id.clock + length);
    return length;
  }
  if ((info & ORIGIN) !== 0) skipReference(decoder, id);
  if ((info & RIGHT_ORIGIN) !== 0) skipReference(decoder, id);
  if ((info & (ORIGIN | RIGHT_ORIGIN)) === 0) {
    if (decoding.readVarUint(decoder) === 1) skipString(decoder);
    else skipReference(decoder, id);
    if ((info & PARENT_SUB) !== 0) skipString(decoder);
  }
  return skipContent(decoder, info & KIND);
}

function skipStructs(decoder: Walk): void {
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
    const count = decoding.readVarUint(decoder);
    const { client, clock: start } = readId(decoder);
    let clock = start;
    // Each takes two bytes at least; Yjs allocates for as many as it is told.
    insist(count > 0 && count * 2 <= decoder.arr.length - decoder.pos);
    for (let left = count; left > 0; left -= 1) {
      const from = decoder.pos;
      const length = skipStruct(decoder, { client, clock });
      if (decoder.structs !== null) {
        const { pos: to, refersTo } = decoder;
        decoder.structs.push({ client, clock, length, from, to, refersTo });
        decoder.refersTo = [];
      }
      clock += length;
    }
    insist(Number.isSafeInteger(clock));
    reach(decoder.starts, client, start);
    reach(decoder.ends, client, clock);
    decoder.memory += count * BYTES_PER_STRUCT;
  }
}

function skipDeleteSet(decoder: Walk): void {
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
    const client = readClient(decoder);
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const end = decoding.readVarUint(decoder) + readLength(decoder);
      insist(Number.isSafeInteger(end));
      reach(decoder.references, client, end);
      decoder.deletes = true;
      decoder.memory += BYTES_PER_VALUE;
    }
  }
}

export interface ReadUpdate {
  /** Roughly how many bytes of memory it takes to hold this update. */
  readonly memory: number;
  /**
   * What somebody must have already, who is to take it in whole: for each client the clock that its
   * state must have reached.
   */
  readonly needs: ReadonlyMap<number, number>;
  /** How far it gets with each client of which it brings anything. */
  readonly ends: ReadonlyMap<number, number>;
  readonly deletes: boolean;
}

/** @param update in Yjs's first encoding, as `Y.encodeStateAsUpdate` and the `update` event give it; null where it is none. */
export function readUpdate(update: Uint8Array): ReadUpdate | null {
  const walk = new Walk(update);
  try {
    skipStructs(walk);
    skipDeleteSet(walk);
    if (decoding.hasContent(walk)) return null;
  } catch {
    return null;
  }
  const needs: Clocks = new Map(walk.starts);
  for (const [client, clock] of walk.gaps) reach(needs, client, clock);
  for (const [client, clock] of walk.references) {
    if (clock > (walk.ends.get(client) ?? 0)) reach(needs, client, clock);
  }
  const { ends, deletes } = walk;
  return { memory: walk.memory + update.length * 2, needs, ends, deletes };
}

/**
 * Whether a document in this state takes the update in whole. Yjs would keep what it cannot place,
 * for ever if need be, and look through all of it at every update that follows: a few made-up
 * updates make every laptop crawl. So such an update is not let in; who lacks something asks for it
 * and gets it in one piece.
 *
 * @param clockOf how far the document has got with a client, as `Y.getState(doc.store, client)`.
 */
export function fits({ needs }: ReadUpdate, clockOf: (client: number) => number): boolean {
  for (const [client, clock] of needs) if (clockOf(client) < clock) return false;
  return true;
}

/** Whether a document with so many clients, in this state, would have more than it may with it. */
export function isCrowding(
  { ends }: ReadUpdate,
  clients: number,
  clockOf: (client: number) => number,
): boolean {
  if (clients + ends.size <= MAX_CLIENTS) return false;
  const fresh = [...ends.keys()].filter((client) => clockOf(client) === 0);
  return clients + fresh.length > MAX_CLIENTS;
}

/**
 * Lets go of what Yjs keeps waiting although it seemed to fit: structs that wait for each other. To
 * be called after every update from outside.
 *
 * @returns whether there was nothing of the kind.
 */
export function forgetPending({ store }: Y.Doc): boolean {
  const clean = store.pendingStructs === null && store.pendingDs === null;
  store.pendingStructs = null;
  store.pendingDs = null;
  return clean;
}

/** Whether this is a state vector as `Y.encodeStateVector` gives it. */
export function isStateVector(bytes: Uint8Array): boolean {
  const decoder = new Walk(bytes);
  try {
    for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) readId(decoder);
    return !decoding.hasContent(decoder);
  } catch {
    return false;
  }
}

/** Whether it may say something to a document in this state. What deletes may, without looking. */
export function isNews(
  { ends, deletes }: ReadUpdate,
  clockOf: (client: number) => number,
): boolean {
  if (deletes) return true;
  for (const [client, clock] of ends) if (clockOf(client) < clock) return true;
  return false;
}

/** Every struct of an update, and where its delete set begins; null where it is none. */
export function readStructs(
  update: Uint8Array,
): { readonly structs: readonly ReadStruct[]; readonly deleteSetAt: number } | null {
  const walk = new Walk(update);
  const structs: ReadStruct[] = [];
  walk.structs = structs;
  try {
    skipStructs(walk);
    return { structs, deleteSetAt: walk.pos };
  } catch {
    return null;
  }
}
