import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { fromBase64Url } from '../../core/protocol/base64url.ts';
import { isShallow, isStateVector, memoryForUpdate } from './check-update.ts';

/** The largest relay frame: a whole document has to fit into one (S4). */
export const MAX_RELAY_FRAME_BYTES = 64 * 1024 * 1024;

const MAX_AWARENESS_STATES = 1024;
/** The plenary laptop says in its presence what it has on disk, for up to 40 groups: 200 KB at most. */
const MAX_AWARENESS_CHARACTERS = 512 * 1024;
const MAX_SESSION_ID = 64;
const DOCUMENT_ID_BYTES = 32;

/** One client's presence, without what it says: that goes through untouched. */
export interface PresenceState {
  readonly client: number;
  readonly clock: number;
  readonly gone: boolean;
}

/**
 * What a laptop may say to the relay: the part of Hocuspocus 4's protocol that Caucus uses. The key
 * is the document's id, or the id, a zero character and a session id where one socket carries a
 * document twice.
 */
export type RelayFrame =
  | {
      readonly kind: 'open';
      readonly key: string;
      readonly documentId: string;
      readonly token: string;
    }
  | { readonly kind: 'close'; readonly key: string }
  /** A question that puts nothing into the relay's memory. */
  | { readonly kind: 'ask'; readonly key: string }
  | { readonly kind: 'change'; readonly key: string; readonly memory: number }
  /** Who is there, and who is not any more. */
  | { readonly kind: 'presence'; readonly key: string; readonly states: readonly PresenceState[] }
  /** The answer to a ping of Hocuspocus's own. */
  | { readonly kind: 'pong' };

/** Message types of Hocuspocus (`MessageType`), of its authentication, and of y-protocols/sync. */
const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const SYNC_REPLY = 4;
const CLOSE = 7;
const PING = 9;
const PONG = 10;
const AUTH_TOKEN = 0;
const AUTH_DENIED = 1;
const SYNC_STEP_1 = 0;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

function documentIdOfKey(key: string): string | null {
  const [documentId = '', sessionId, ...rest] = key.split('\0');
  if (rest.length > 0 || sessionId === '' || (sessionId ?? '').length > MAX_SESSION_ID) return null;
  return fromBase64Url(documentId)?.length === DOCUMENT_ID_BYTES ? documentId : null;
}

function readSync(decoder: decoding.Decoder, key: string): RelayFrame | null {
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (step === SYNC_STEP_1) return isStateVector(payload) ? { kind: 'ask', key } : null;
  if (step !== SYNC_STEP_2 && step !== SYNC_UPDATE) return null;
  const memory = memoryForUpdate(payload);
  return memory === null ? null : { kind: 'change', key, memory };
}

/** y-protocols/awareness: clients, each with its clock and a state in JSON, null where it left. */
function readAwareness(decoder: decoding.Decoder, key: string): RelayFrame | null {
  const states = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  const count = decoding.readVarUint(states);
  if (count > MAX_AWARENESS_STATES) return null;
  const read: PresenceState[] = [];
  for (let left = count; left > 0; left -= 1) {
    const client = decoding.readVarUint(states);
    const clock = decoding.readVarUint(states);
    if (!Number.isSafeInteger(clock + 1)) return null;
    const text = decoding.readVarString(states);
    if (text.length > MAX_AWARENESS_CHARACTERS) return null;
    const state: unknown = JSON.parse(text);
    if (typeof state !== 'object' || Array.isArray(state) || !isShallow(state)) return null;
    read.push({ client, clock, gone: state === null });
  }
  return decoding.hasContent(states) ? null : { kind: 'presence', key, states: read };
}

function readOpen(decoder: decoding.Decoder, key: string, documentId: string): RelayFrame | null {
  if (decoding.readVarUint(decoder) !== AUTH_TOKEN) return null;
  const token = decoding.readVarString(decoder);
  // The provider's version.
  if (decoding.hasContent(decoder)) decoding.readVarString(decoder);
  return { kind: 'open', key, documentId, token };
}

function readBody(decoder: decoding.Decoder, key: string, documentId: string): RelayFrame | null {
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
    case SYNC_REPLY:
      return readSync(decoder, key);
    case AWARENESS:
      return readAwareness(decoder, key);
    case AUTH:
      return readOpen(decoder, key, documentId);
    case QUERY_AWARENESS:
      return { kind: 'ask', key };
    case CLOSE:
      return { kind: 'close', key };
    default:
      return null;
  }
}

/**
 * What this frame says, or null where no Caucus sends such a frame. Everything that Hocuspocus and
 * Yjs are going to decode has been decoded here once, so that neither meets it for the first time.
 */
export function readRelayFrame(bytes: Uint8Array): RelayFrame | null {
  if (bytes.length === 1 && bytes[0] === PONG) return { kind: 'pong' };
  const decoder = decoding.createDecoder(bytes);
  try {
    const key = decoding.readVarString(decoder);
    const documentId = documentIdOfKey(key);
    if (documentId === null) return null;
    const frame = readBody(decoder, key, documentId);
    return decoding.hasContent(decoder) ? null : frame;
  } catch {
    return null;
  }
}

/**
 * Hocuspocus's ping, which its provider answers, and counts as a sign of life: it takes a socket for
 * dead on which it reads nothing, and a page does not see the pings of WebSocket itself.
 */
export const pingFrame = Uint8Array.of(PING);

/** What Hocuspocus itself says to a client whose token is refused. */
export function deniedFrame(key: string, reason: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, key);
  encoding.writeVarUint(encoder, AUTH);
  encoding.writeVarUint(encoder, AUTH_DENIED);
  encoding.writeVarString(encoder, reason);
  return encoding.toUint8Array(encoder);
}
