import * as decoding from 'lib0/decoding';

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
const MAX_DEPTH = 64;
const MAX_JSON_CHARACTERS = 256 * 1024;

/** What is held in memory, roughly and beyond the bytes as they came. */
const BYTES_PER_STRUCT = 300;
const BYTES_PER_VALUE = 50;
const BYTES_PER_JSON_CHARACTER = 20;

class Walk extends decoding.Decoder {
  memory = 0;
}

function insist(condition: boolean): asserts condition {
  if (!condition) throw new UnlikeYjs();
}

function readLength(decoder: Walk): number {
  const length = decoding.readVarUint(decoder);
  insist(length > 0);
  return length;
}

interface Id {
  readonly client: number;
  readonly clock: number;
}

const readId = (decoder: Walk): Id => ({
  client: decoding.readVarUint(decoder),
  clock: decoding.readVarUint(decoder),
});

/** Yjs waits for another client's struct that it does not have yet, but takes for granted that this client's came before. */
function skipReference(decoder: Walk, from: Id): void {
  const to = readId(decoder);
  insist(to.client !== from.client || to.clock < from.clock);
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
      decoding.readVarString(decoder);
      return;
    case 118:
      for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
        decoding.readVarString(decoder);
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
  if (type === 3 || type === 5) decoding.readVarString(decoder);
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
      const { length } = decoding.readVarString(decoder);
      insist(length > 0);
      return length;
    }
    case 5:
      skipJson(decoder, decoding.readVarString(decoder));
      return 1;
    case 6:
      decoding.readVarString(decoder);
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
  // 0 is what was garbage-collected, 10 a gap.
  if (info === 0 || info === 10) return readLength(decoder);
  if ((info & ORIGIN) !== 0) skipReference(decoder, id);
  if ((info & RIGHT_ORIGIN) !== 0) skipReference(decoder, id);
  if ((info & (ORIGIN | RIGHT_ORIGIN)) === 0) {
    if (decoding.readVarUint(decoder) === 1) decoding.readVarString(decoder);
    else skipReference(decoder, id);
    if ((info & PARENT_SUB) !== 0) decoding.readVarString(decoder);
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
    for (let left = count; left > 0; left -= 1) clock += skipStruct(decoder, { client, clock });
    insist(Number.isSafeInteger(clock));
    decoder.memory += count * BYTES_PER_STRUCT;
  }
}

function skipDeleteSet(decoder: Walk): void {
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients -= 1) {
    decoding.readVarUint(decoder);
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const clock = decoding.readVarUint(decoder);
      insist(Number.isSafeInteger(clock + readLength(decoder)));
      decoder.memory += BYTES_PER_VALUE;
    }
  }
}

/**
 * Roughly how many bytes of memory it takes to hold this update, or null where it is none.
 *
 * @param update in Yjs's first encoding, as `Y.encodeStateAsUpdate` and the `update` event give it.
 */
export function memoryForUpdate(update: Uint8Array): number | null {
  const decoder = new Walk(update);
  try {
    skipStructs(decoder);
    skipDeleteSet(decoder);
    return decoding.hasContent(decoder) ? null : decoder.memory + update.length * 2;
  } catch {
    return null;
  }
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
