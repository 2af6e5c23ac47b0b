import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { deflateSync, inflateSync } from 'fflate';
import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '../protocol/base64url.ts';
import {
  type DocumentId,
  documentIdOf,
  type DocumentKey,
  fileKeyOf,
} from '../protocol/document-key.ts';
import { MAX_FILE_BYTES } from '../protocol/machine.ts';
import { parseJson, utf8Decode } from '../protocol/utf8.ts';
import type { SessionId } from '../session/ids.ts';
import type { DocumentKind } from '../session/schema.ts';

/**
 * The session file (.caucus), version 1: what travels on a USB stick where nothing else works.
 *
 *   "CAUCUSSF" · version (1 byte) · header length (4 bytes, little endian) · header (JSON, UTF-8)
 *   · one sealed part per document · SHA-256 of everything before (32 bytes)
 *
 * Each part is a document's state as a Yjs update (V1), deflated and sealed by XChaCha20-Poly1305
 * with a key derived from that document's secret (A1): a laptop opens the parts that its ticket
 * names and no others. Title, session id and time stand open in the header, so that a laptop can
 * say what the file is; no secret and nothing that anyone typed does.
 */
export interface FileDocument {
  readonly documentId: DocumentId;
  readonly kind: DocumentKind;
  /** A Yjs update (V1) that says the whole document. */
  readonly update: Uint8Array;
}

export interface SessionFile {
  readonly sessionId: SessionId;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly documents: readonly FileDocument[];
}

export type SessionFileFault = 'not-a-session-file' | 'newer-version' | 'too-large' | 'damaged';

export type UnpackResult =
  | {
      readonly ok: true;
      /** Only the documents for which a key was given. */
      readonly file: SessionFile;
      /** How many more there are. */
      readonly locked: number;
    }
  | { readonly ok: false; readonly reason: SessionFileFault };

const MAGIC = utf8ToBytes('CAUCUSSF');
const VERSION = 1;
const LENGTH_BYTES = 4;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;
const CHECKSUM_BYTES = 32;
const FIXED_BYTES = MAGIC.length + 1 + LENGTH_BYTES;
const MAX_HEADER_BYTES = 256 * 1024;
/** Deflate cannot make a byte stand for more than this many (RFC 1951), so more is a lie. */
const MAX_INFLATION = 1032;

const partSchema = v.object({
  id: v.pipe(v.string(), v.length(43)),
  kind: v.picklist(['plan', 'group']),
  nonce: v.pipe(v.string(), v.maxLength(64)),
  /** Bytes of the sealed part in the file. */
  sealed: v.pipe(v.number(), v.integer(), v.minValue(TAG_BYTES), v.maxValue(MAX_FILE_BYTES)),
  /** Bytes of the update that it unpacks to. */
  size: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_FILE_BYTES)),
});
const headerSchema = v.object({
  session: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  title: v.pipe(v.string(), v.maxLength(300)),
  savedAt: v.pipe(v.number(), v.integer()),
  parts: v.pipe(v.array(partSchema), v.maxLength(200)),
});
type Part = v.InferOutput<typeof partSchema>;

/** Ties a part to its place in this very file: neither header nor parts can be exchanged. */
const bound = (header: Uint8Array, index: number): Uint8Array =>
  concatBytes(header, littleEndian(index));

function littleEndian(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255);
}

/** `random(n)` gives n random bytes; `keys` must hold the key of every document of the file. */
export function packSessionFile(
  file: SessionFile,
  keys: readonly DocumentKey[],
  random: (length: number) => Uint8Array,
): Uint8Array {
  const secrets = new Map(keys.map((key) => [key.documentId, key.secret]));
  const packed = file.documents.map(({ documentId, kind, update }) => {
    const secret = secrets.get(documentId);
    if (secret === undefined) throw new Error('A document without its key cannot be packed');
    return {
      documentId,
      kind,
      secret,
      size: update.length,
      nonce: random(NONCE_BYTES),
      plain: deflateSync(update),
    };
  });
  const header: v.InferInput<typeof headerSchema> = {
    session: file.sessionId,
    title: file.title,
    savedAt: file.savedAt,
    parts: packed.map(({ documentId, kind, nonce, size, plain }) => ({
      id: documentId,
      kind,
      nonce: toBase64Url(nonce),
      sealed: plain.length + TAG_BYTES,
      size,
    })),
  };
  const json = utf8ToBytes(JSON.stringify(header));
  const sealed = packed.map(({ secret, nonce, plain }, index) =>
    xchacha20poly1305(fileKeyOf(secret), nonce, bound(json, index)).encrypt(plain),
  );
  const body = concatBytes(
    MAGIC,
    Uint8Array.of(VERSION),
    littleEndian(json.length),
    json,
    ...sealed,
  );
  return concatBytes(body, sha256(body));
}

/**
 * Opens the parts of a session file for which `keys` has the key. Every byte is checked before
 * anything is unpacked; a part that claims more than it can hold is refused unopened.
 */
export function unpackSessionFile(bytes: Uint8Array, keys: readonly DocumentKey[]): UnpackResult {
  const fault = (reason: SessionFileFault): UnpackResult => ({ ok: false, reason });
  if (bytes.length > MAX_FILE_BYTES) return fault('too-large');
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) return fault('not-a-session-file');
  if (bytes.length < FIXED_BYTES + CHECKSUM_BYTES) return fault('damaged');
  if (bytes[MAGIC.length] !== VERSION) {
    return fault((bytes[MAGIC.length] ?? 0) > VERSION ? 'newer-version' : 'damaged');
  }
  const body = bytes.subarray(0, -CHECKSUM_BYTES);
  const checksum = bytes.subarray(-CHECKSUM_BYTES);
  if (!sha256(body).every((byte, index) => checksum[index] === byte)) return fault('damaged');

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint32(MAGIC.length + 1, true);
  if (headerLength > MAX_HEADER_BYTES || FIXED_BYTES + headerLength > body.length) {
    return fault('damaged');
  }
  const json = body.subarray(FIXED_BYTES, FIXED_BYTES + headerLength);
  const parsed = v.safeParse(headerSchema, parseJson(utf8Decode(json) ?? ''));
  if (!parsed.success) return fault('damaged');
  const header = parsed.output;

  const known = new Map(keys.map((key) => [key.documentId as string, key]));
  const documents: FileDocument[] = [];
  let at = FIXED_BYTES + headerLength;
  let total = 0;
  for (const [index, part] of header.parts.entries()) {
    const sealed = body.subarray(at, at + part.sealed);
    at += part.sealed;
    total += part.size;
    if (sealed.length !== part.sealed || total > MAX_FILE_BYTES) return fault('damaged');
    const key = known.get(part.id);
    if (key === undefined) continue;
    const update = openPart(part, sealed, key, bound(json, index));
    if (update === null) return fault('damaged');
    documents.push({ documentId: documentIdOf(key.secret), kind: part.kind, update });
  }
  if (at !== body.length) return fault('damaged');
  return {
    ok: true,
    file: {
      sessionId: header.session as SessionId,
      title: header.title,
      savedAt: header.savedAt,
      documents,
    },
    locked: header.parts.length - documents.length,
  };
}

function openPart(
  part: Part,
  sealed: Uint8Array,
  key: DocumentKey,
  place: Uint8Array,
): Uint8Array | null {
  const nonce = fromBase64Url(part.nonce);
  if (nonce?.length !== NONCE_BYTES || part.size > sealed.length * MAX_INFLATION) return null;
  try {
    const cipher = xchacha20poly1305(fileKeyOf(key.secret), nonce, place);
    const update = inflateSync(cipher.decrypt(sealed), { out: new Uint8Array(part.size) });
    return update.length === part.size ? update : null;
  } catch (error) {
    // Both libraries say by an Error that the bytes are not what they should be.
    if (error instanceof Error) return null;
    throw error;
  }
}
