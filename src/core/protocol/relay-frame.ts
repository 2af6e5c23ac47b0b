import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import type { DocumentId } from './document-key.ts';
import { MAX_PASS_BYTES } from './pass.ts';
import { isStateVector } from './read-update.ts';
import { NONCE_BYTES, PROOF_BYTES } from './relay-proof.ts';
import type { SessionKey } from './session-key.ts';
import { writeBytes } from './write-bytes.ts';

/**
 * What a laptop and a hub say to each other over one WebSocket, version 2. One frame a message: a
 * byte for the kind, then the fields in lib0's encoding (variable-length unsigned integers, byte
 * arrays with their length in front). A channel is one document on one socket; its number is the
 * laptop's own choice.
 */
export const RELAY_PROTOCOL = 2;
/** Where a hub says that it is one, to a plain request. */
export const GREETING_PATH = '/hub';
/** Where hubs take these WebSockets. On a network every frame is sealed (`secure-channel.ts`). */
export const RELAY_PATH = '/relay';
/** A frame is never larger: what is longer travels in parts (S4). */
export const MAX_RELAY_FRAME_BYTES = 256 * 1024;

/** Why a hub does not open a document. */
export type RelayRefusal =
  /** The proof does not fit this document. */
  | 'wrong-key'
  /** This socket has as many documents open as one may have. */
  | 'too-many-documents'
  /** The hub holds as many documents as it can. */
  | 'hub-full'
  /** The session asks for a signed pass, and what was shown is none, or not for this document. */
  | 'no-pass'
  /** By the hub's clock the pass no longer counts, or does not count yet. */
  | 'pass-expired'
  /** A moderator has taken back what this pass allowed. */
  | 'taken-back';
/** Never reorder, only append. */
const refusals: readonly RelayRefusal[] = [
  'wrong-key',
  'too-many-documents',
  'hub-full',
  'no-pass',
  'pass-expired',
  'taken-back',
];

export type RelayFrame =
  /** Hub, first of all: which hub this is, and its clock in milliseconds since 1970. */
  | {
      readonly kind: 'welcome';
      readonly protocol: number;
      readonly hubId: string;
      readonly time: number;
    }
  /** Laptop to its own hub, over loopback: the keys themselves, so that the hub can tell who else has them. */
  | {
      readonly kind: 'bring';
      readonly channel: number;
      readonly accessKey: Uint8Array;
      readonly writeKey: Uint8Array | null;
      /** Whose signature a pass for this document has to have; null where none is asked for. */
      readonly sessionKey: SessionKey | null;
    }
  /** Laptop to its own hub: what has been taken back in the session, all of it every time. */
  | ({ readonly kind: 'revoke' } & Revocation)
  /** Hub, after it has refused because of that: what the laptops that stay may go on with, sealed for each. */
  | { readonly kind: 'boxes'; readonly channel: number; readonly boxes: Uint8Array }
  /** Laptop: wants to open this document. Answered once the hub knows it. */
  | {
      readonly kind: 'open';
      readonly channel: number;
      readonly documentId: DocumentId;
      readonly nonce: Uint8Array;
    }
  /** Hub: has the document's key, and asks for the laptop's. See `relay-proof.ts`. */
  | {
      readonly kind: 'challenge';
      readonly channel: number;
      readonly nonce: Uint8Array;
      readonly proof: Uint8Array;
    }
  | {
      readonly kind: 'prove';
      readonly channel: number;
      readonly proof: Uint8Array;
      /** As `writePass` writes it; empty where the laptop has none. */
      readonly pass: Uint8Array;
    }
  | { readonly kind: 'opened'; readonly channel: number; readonly mayWrite: boolean }
  | { readonly kind: 'refused'; readonly channel: number; readonly reason: RelayRefusal }
  | { readonly kind: 'close'; readonly channel: number }
  /** Both: what the sender has. The other sends whatever goes beyond it. */
  | { readonly kind: 'have'; readonly channel: number; readonly stateVector: Uint8Array }
  /** Both: a piece of a message, which is a row of updates (`relay-message.ts`). */
  | {
      readonly kind: 'part';
      readonly channel: number;
      readonly last: boolean;
      readonly bytes: Uint8Array;
    }
  /** Both: that many bytes of parts have been taken in. */
  | { readonly kind: 'got'; readonly bytes: number }
  /** Hub: another laptop has opened the document, and does not know yet who is there. */
  | { readonly kind: 'joined'; readonly channel: number }
  /** Laptop to the other laptops: who is there (y-protocols/awareness). */
  | { readonly kind: 'say'; readonly channel: number; readonly presence: Uint8Array }
  /** Laptop to the other laptops: how to reach it directly, sealed. */
  | { readonly kind: 'signal'; readonly channel: number; readonly sealed: Uint8Array }
  /** Laptop: any number, to have it back. */
  | { readonly kind: 'ping'; readonly number: number }
  /** Hub: that number, and its clock in milliseconds since 1970. */
  | { readonly kind: 'pong'; readonly number: number; readonly time: number };

/** What counts no more of a session's tickets. */
export interface Revocation {
  readonly sessionKey: SessionKey;
  readonly ticketIds: readonly string[];
  /**
   * The facilitators' tickets of these groups (null: everybody's, of every role) that were made before
   * then: milliseconds since 1970, whole seconds.
   */
  readonly groups: readonly { readonly groupId: string | null; readonly before: number }[];
  /** Documents that go on under another name; what still comes for them goes to this hub's own laptop alone. */
  readonly setAside: readonly DocumentId[];
  /** As in `boxes`; the hub does not look into it. */
  readonly boxes: Uint8Array;
}

export type RelayFrameKind = RelayFrame['kind'];

/** A frame's first byte is its kind's place in this list: never reorder, only append. */
const kinds: readonly RelayFrameKind[] = [
  'welcome',
  'bring',
  'open',
  'challenge',
  'prove',
  'opened',
  'refused',
  'close',
  'have',
  'part',
  'got',
  'say',
  'signal',
  'ping',
  'pong',
  'joined',
  'revoke',
  'boxes',
];

const KEY_BYTES = 32;
const HUB_ID = /^[\w-]{22}$/u;
const MAX_ID_LENGTH = 64;
/** Stands on the wire where a group's id would; no id is. */
const EVERYBODY = '*';
const MAX_CHANNEL = 100_000;
/** The latest moment that a JavaScript date can say, in milliseconds since 1970. */
const MAX_TIME = 8.64e15;
const MAX_PRESENCE_BYTES = 128 * 1024;
const MAX_SIGNAL_BYTES = 64 * 1024;
/** Nearly every frame fits, but for what a part carries. */
const SHORT_FRAME_BYTES = 96;

export function writeRelayFrame(frame: RelayFrame): Uint8Array {
  const most = SHORT_FRAME_BYTES + (frame.kind === 'part' ? frame.bytes.length : 0);
  return writeBytes(most, (encoder) => writeBody(encoder, frame));
}

function writeBody(encoder: encoding.Encoder, frame: RelayFrame): void {
  encoding.writeUint8(encoder, kinds.indexOf(frame.kind));
  if ('channel' in frame) encoding.writeVarUint(encoder, frame.channel);
  switch (frame.kind) {
    case 'welcome':
      encoding.writeVarUint(encoder, frame.protocol);
      encoding.writeVarString(encoder, frame.hubId);
      encoding.writeVarUint(encoder, Math.max(0, Math.round(frame.time)));
      break;
    case 'bring':
      encoding.writeVarUint8Array(encoder, frame.accessKey);
      encoding.writeVarUint8Array(encoder, frame.writeKey ?? new Uint8Array());
      encoding.writeVarUint8Array(encoder, keyBytes(frame.sessionKey));
      break;
    case 'open':
      encoding.writeVarUint8Array(encoder, fromBase64Url(frame.documentId) ?? new Uint8Array());
      encoding.writeVarUint8Array(encoder, frame.nonce);
      break;
    case 'challenge':
      encoding.writeVarUint8Array(encoder, frame.nonce);
      encoding.writeVarUint8Array(encoder, frame.proof);
      break;
    case 'revoke':
      encoding.writeVarUint8Array(encoder, keyBytes(frame.sessionKey));
      encoding.writeVarUint(encoder, frame.ticketIds.length);
      for (const id of frame.ticketIds) encoding.writeVarString(encoder, id);
      encoding.writeVarUint(encoder, frame.groups.length);
      for (const { groupId, before } of frame.groups) {
        encoding.writeVarString(encoder, groupId ?? EVERYBODY);
        encoding.writeVarUint(encoder, before);
      }
      encoding.writeVarUint(encoder, frame.setAside.length);
      for (const id of frame.setAside) {
        encoding.writeVarUint8Array(encoder, fromBase64Url(id) ?? new Uint8Array());
      }
      encoding.writeVarUint8Array(encoder, frame.boxes);
      break;
    case 'boxes':
      encoding.writeVarUint8Array(encoder, frame.boxes);
      break;
    case 'prove':
      encoding.writeVarUint8Array(encoder, frame.proof);
      encoding.writeVarUint8Array(encoder, frame.pass);
      break;
    case 'opened':
      encoding.writeUint8(encoder, frame.mayWrite ? 1 : 0);
      break;
    case 'refused':
      encoding.writeUint8(encoder, refusals.indexOf(frame.reason));
      break;
    case 'close':
    case 'joined':
      break;
    case 'have':
      encoding.writeUint8Array(encoder, frame.stateVector);
      break;
    case 'part':
      encoding.writeUint8(encoder, frame.last ? 1 : 0);
      encoding.writeUint8Array(encoder, frame.bytes);
      break;
    case 'got':
      encoding.writeVarUint(encoder, frame.bytes);
      break;
    case 'say':
      encoding.writeUint8Array(encoder, frame.presence);
      break;
    case 'signal':
      encoding.writeUint8Array(encoder, frame.sealed);
      break;
    case 'ping':
      encoding.writeVarUint(encoder, frame.number);
      break;
    case 'pong':
      encoding.writeVarUint(encoder, frame.number);
      encoding.writeVarUint(encoder, Math.max(0, Math.round(frame.time)));
      break;
  }
}

const keyBytes = (key: SessionKey | null): Uint8Array =>
  (key === null ? null : fromBase64Url(key)) ?? new Uint8Array();

/** A frame that no Caucus sends; never leaves this file. */
class UnlikeCaucus extends Error {}

function insist(condition: boolean): asserts condition {
  if (!condition) throw new UnlikeCaucus();
}

/** A byte array of exactly this length. */
function readExactly(decoder: decoding.Decoder, length: number): Uint8Array {
  const bytes = decoding.readVarUint8Array(decoder);
  insist(bytes.length === length);
  return bytes;
}

function readBoolean(decoder: decoding.Decoder): boolean {
  const value = decoding.readUint8(decoder);
  insist(value <= 1);
  return value === 1;
}

function readNumber(decoder: decoding.Decoder): number {
  const value = decoding.readVarUint(decoder);
  insist(Number.isSafeInteger(value));
  return value;
}

function readTime(decoder: decoding.Decoder): number {
  const time = readNumber(decoder);
  insist(time <= MAX_TIME);
  return time;
}

function readRest(decoder: decoding.Decoder, most: number): Uint8Array {
  const bytes = decoding.readTailAsUint8Array(decoder);
  insist(bytes.length > 0 && bytes.length <= most);
  return bytes;
}

function readChannel(decoder: decoding.Decoder): number {
  const channel = readNumber(decoder);
  insist(channel <= MAX_CHANNEL);
  return channel;
}

function readBody(decoder: decoding.Decoder): RelayFrame {
  const kind = kinds[decoding.readUint8(decoder)];
  insist(kind !== undefined);
  switch (kind) {
    case 'welcome': {
      const protocol = readNumber(decoder);
      const hubId = decoding.readVarString(decoder);
      insist(HUB_ID.test(hubId));
      return { kind, protocol, hubId, time: readTime(decoder) };
    }
    case 'got':
      return { kind, bytes: readNumber(decoder) };
    case 'revoke':
      return readRevocation(decoder);
    case 'ping':
      return { kind, number: readNumber(decoder) };
    case 'pong':
      return { kind, number: readNumber(decoder), time: readTime(decoder) };
    case 'bring':
    case 'open':
    case 'challenge':
    case 'prove':
    case 'opened':
    case 'refused':
    case 'close':
    case 'have':
    case 'part':
    case 'say':
    case 'signal':
    case 'joined':
    case 'boxes':
      return readOnChannel(kind, readChannel(decoder), decoder);
    default:
      throw new UnlikeCaucus();
  }
}

function readSessionKey(decoder: decoding.Decoder): SessionKey | null {
  const bytes = decoding.readVarUint8Array(decoder);
  insist(bytes.length === KEY_BYTES || bytes.length === 0);
  return bytes.length === 0 ? null : (toBase64Url(bytes) as SessionKey);
}

function readId(decoder: decoding.Decoder): string {
  const id = decoding.readVarString(decoder);
  insist(id.length > 0 && id.length <= MAX_ID_LENGTH);
  return id;
}

/** Each item takes a byte at least, so a made-up length comes to an end. */
function readList<Item>(decoder: decoding.Decoder, read: () => Item): readonly Item[] {
  const items: Item[] = [];
  for (let left = readNumber(decoder); left > 0; left -= 1) items.push(read());
  return items;
}

function readRevocation(decoder: decoding.Decoder): RelayFrame {
  const sessionKey = readSessionKey(decoder);
  insist(sessionKey !== null);
  const ticketIds = readList(decoder, () => readId(decoder));
  const groups = readList(decoder, () => {
    const groupId = readId(decoder);
    return { groupId: groupId === EVERYBODY ? null : groupId, before: readTime(decoder) };
  });
  const setAside = readList(
    decoder,
    () => toBase64Url(readExactly(decoder, KEY_BYTES)) as DocumentId,
  );
  const boxes = decoding.readVarUint8Array(decoder);
  return { kind: 'revoke', sessionKey, ticketIds, groups, setAside, boxes };
}

function readOnChannel(
  kind: Exclude<RelayFrameKind, 'welcome' | 'got' | 'ping' | 'pong' | 'revoke'>,
  channel: number,
  decoder: decoding.Decoder,
): RelayFrame {
  switch (kind) {
    case 'bring': {
      const accessKey = readExactly(decoder, KEY_BYTES);
      const writeKey = decoding.readVarUint8Array(decoder);
      insist(writeKey.length === KEY_BYTES || writeKey.length === 0);
      const sessionKey = readSessionKey(decoder);
      return {
        kind,
        channel,
        accessKey,
        writeKey: writeKey.length === 0 ? null : writeKey,
        sessionKey,
      };
    }
    case 'open': {
      const documentId = toBase64Url(readExactly(decoder, KEY_BYTES)) as DocumentId;
      return { kind, channel, documentId, nonce: readExactly(decoder, NONCE_BYTES) };
    }
    case 'challenge': {
      const nonce = readExactly(decoder, NONCE_BYTES);
      return { kind, channel, nonce, proof: readExactly(decoder, PROOF_BYTES) };
    }
    case 'prove': {
      const proof = readExactly(decoder, PROOF_BYTES);
      const pass = decoding.readVarUint8Array(decoder);
      insist(pass.length <= MAX_PASS_BYTES);
      return { kind, channel, proof, pass };
    }
    case 'opened':
      return { kind, channel, mayWrite: readBoolean(decoder) };
    case 'refused': {
      const reason = refusals[decoding.readUint8(decoder)];
      insist(reason !== undefined);
      return { kind, channel, reason };
    }
    case 'close':
    case 'joined':
      return { kind, channel };
    case 'have': {
      const stateVector = readRest(decoder, MAX_RELAY_FRAME_BYTES);
      insist(isStateVector(stateVector));
      return { kind, channel, stateVector };
    }
    case 'part': {
      const last = readBoolean(decoder);
      return { kind, channel, last, bytes: readRest(decoder, MAX_RELAY_FRAME_BYTES) };
    }
    case 'boxes':
      return { kind, channel, boxes: decoding.readVarUint8Array(decoder) };
    case 'say':
      return { kind, channel, presence: readRest(decoder, MAX_PRESENCE_BYTES) };
    case 'signal':
      return { kind, channel, sealed: readRest(decoder, MAX_SIGNAL_BYTES) };
    default:
      throw new UnlikeCaucus();
  }
}

/** What this frame says, or null where no Caucus sends such a frame. */
export function readRelayFrame(bytes: Uint8Array): RelayFrame | null {
  if (bytes.length > MAX_RELAY_FRAME_BYTES) return null;
  const decoder = decoding.createDecoder(bytes);
  try {
    const frame = readBody(decoder);
    return decoding.hasContent(decoder) ? null : frame;
  } catch {
    return null;
  }
}
