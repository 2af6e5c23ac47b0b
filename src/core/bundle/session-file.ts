import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { deflateSync } from 'fflate';
import { fromBase64Url, toBase64Url } from '../protocol/base64url.ts';
import {
  type DocumentId,
  documentIdOf,
  type DocumentKey,
  documentSeedOf,
  fileKeyOf,
  verifyingKeyOf,
} from '../protocol/document-key.ts';
import { MAX_FILE_BYTES } from '../protocol/machine.ts';
import { isSignedBy, sign } from '../protocol/session-key.ts';
import type { Role } from '../protocol/ticket.ts';
import type { DeviceId, GroupId, SessionId } from '../session/ids.ts';
import type { DocumentKind } from '../session/schema.ts';
import {
  type FilePart,
  littleEndian,
  readBeginning,
  readHeader,
  TAG_BYTES,
  titleInHeader,
  writeHeader,
} from './file-header.ts';
import { inflateBounded } from './inflate-bounded.ts';

/**
 * The session file (.caucus): what travels on a USB stick where nothing else works.
 *
 *   "CAUCUSSF" · version (1 byte) · header length (4 bytes, little endian) · header (JSON, UTF-8)
 *   · one sealed part per document · SHA-256 of everything before (32 bytes)
 *
 * Each part is a document's state as a Yjs update (V1), deflated and sealed by XChaCha20-Poly1305
 * with a key derived from that document's secret (A1): a laptop opens the parts that its ticket
 * names and no others. Title, session id, time, and whose laptop it was stand open in the header,
 * so that a laptop can say what the file is; no secret and no note does. A part is signed with a key
 * that follows from the document's secret; who may only read has no such key, so that a laptop can
 * tell what it must not take in (A2).
 *
 * Version 2 differs in that a part may hold changes only: it then begins with the state vector that
 * they stand on; version 3 in that the report is a part of its own. A file is written as the oldest
 * version that has what is in it. All versions begin with the name and the version and end with the
 * checksum, so that damage is told from a newer file.
 */
export interface FileDocument {
  readonly documentId: DocumentId;
  readonly kind: DocumentKind;
  /** A Yjs update (V1): the whole document, or changes that stand on `base`. */
  readonly update: Uint8Array;
  readonly base: FileBase | null;
}
/** As it was found in a file. */
export interface FoundDocument extends FileDocument {
  /** Whether somebody signed it who may write the document. A2. */
  readonly signed: boolean;
}
export interface FileBase {
  /** What a laptop must have to take the changes in; encoded as Yjs encodes state vectors. */
  readonly stateVector: Uint8Array;
  /** When the plenary laptop said that it has that; milliseconds since 1970 by the writer's clock. */
  readonly at: number;
}

/** Whose laptop a file is from. */
export interface FileSource {
  readonly deviceId: DeviceId;
  readonly role: Role;
  /** The group of a facilitator. */
  readonly groupId: GroupId | null;
  readonly plenary: boolean;
}

export interface SessionFile {
  readonly sessionId: SessionId;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Null where the file does not say. */
  readonly from: FileSource | null;
  readonly documents: readonly FileDocument[];
}
export type FoundFile = Omit<SessionFile, 'documents'> & {
  readonly documents: readonly FoundDocument[];
};

export type SessionFileFault = 'not-a-session-file' | 'newer-version' | 'too-large' | 'damaged';

export type UnpackResult =
  | {
      readonly ok: true;
      /** Only the documents for which a key was given. */
      readonly file: FoundFile;
      /** How many more there are. */
      readonly locked: number;
    }
  | { readonly ok: false; readonly reason: SessionFileFault };

const VERSION = 3;
const NONCE_BYTES = 24;
const CHECKSUM_BYTES = 32;
/** Deflate cannot make a byte stand for more than this many (RFC 1951), so more is a lie. */
const MAX_INFLATION = 1032;
/** All parts together, unpacked: some fifty times the largest workshop that we know of. */
export const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;

/** Ties a part to its place in this very file: neither header nor parts can be exchanged. */
const bound = (header: Uint8Array, index: number): Uint8Array =>
  concatBytes(header, littleEndian(index));

/** `random(n)` gives n random bytes; `keys` must hold the key of every document of the file. */
export function packSessionFile(
  file: SessionFile,
  keys: readonly DocumentKey[],
  random: (length: number) => Uint8Array,
): Uint8Array {
  const secrets = new Map(keys.map((key) => [key.documentId, key.secret]));
  const packed = file.documents.map(({ documentId, kind, update, base }) => {
    const secret = secrets.get(documentId);
    if (secret === undefined) throw new Error('A document without its key cannot be packed');
    const content = base === null ? update : concatBytes(base.stateVector, update);
    const seed = documentSeedOf(secret);
    const nonce = random(NONCE_BYTES);
    const plain = deflateSync(content);
    const part: FilePart = {
      id: documentId,
      kind,
      nonce: toBase64Url(nonce),
      sealed: plain.length + TAG_BYTES,
      size: content.length,
      ...(base !== null && { base: base.stateVector.length, since: base.at }),
      ...(seed !== null && {
        sig: toBase64Url(sign(seed, statementOf(file.sessionId, documentId, content))),
      }),
    };
    return { part, secret, nonce, plain };
  });
  const { from } = file;
  const { json, start } = writeHeader(versionOf(file.documents), {
    session: file.sessionId,
    title: titleInHeader(file.title),
    savedAt: file.savedAt,
    ...(from !== null && {
      from: {
        device: from.deviceId,
        role: from.role,
        group: from.groupId,
        plenary: from.plenary,
      },
    }),
    parts: packed.map(({ part }) => part),
  });
  const sealed = packed.map(({ secret, nonce, plain }, index) =>
    xchacha20poly1305(fileKeyOf(secret), nonce, bound(json, index)).encrypt(plain),
  );
  const body = concatBytes(start, ...sealed);
  return concatBytes(body, sha256(body));
}

/**
 * Opens the parts of a session file for which `keys` has the key. Every byte is checked before
 * anything is unpacked; a part that claims more than it can hold is refused unopened, and one that
 * holds more than it claims is not unpacked further.
 */
export function unpackSessionFile(bytes: Uint8Array, keys: readonly DocumentKey[]): UnpackResult {
  const fault = (reason: SessionFileFault): UnpackResult => ({ ok: false, reason });
  if (bytes.length > MAX_FILE_BYTES) return fault('too-large');
  const beginning = readBeginning(bytes);
  if (!beginning.ok) return fault(beginning.reason);
  const { version } = beginning;
  const body = bytes.subarray(0, -CHECKSUM_BYTES);
  if (version > VERSION) return fault(isSound(bytes) ? 'newer-version' : 'damaged');
  const read = readHeader(body, version);
  if (read === null) return fault('damaged');
  const { header, json } = read;

  const sum = (sizes: readonly number[]): number => sizes.reduce((total, one) => total + one, 0);
  // Lengths first: most damaged files are cut off, and a checksum over the rest takes longer.
  const end = read.end + sum(header.parts.map(({ sealed }) => sealed));
  if (end !== body.length || !isSound(bytes)) return fault('damaged');
  if (sum(header.parts.map(({ size }) => size)) > MAX_UNPACKED_BYTES) return fault('too-large');

  const known = new Map(keys.map((key) => [key.documentId as string, key]));
  const documents: FoundDocument[] = [];
  let at = read.end;
  for (const [index, part] of header.parts.entries()) {
    const sealed = body.subarray(at, at + part.sealed);
    at += part.sealed;
    const key = known.get(part.id);
    if (key === undefined) continue;
    const content = openPart(part, sealed, key, bound(json, index));
    if (content === null) return fault('damaged');
    const documentId = documentIdOf(key.secret);
    const signed = isSignedBy(
      verifyingKeyOf(key.secret),
      statementOf(header.session, documentId, content),
      fromBase64Url(part.sig ?? '') ?? new Uint8Array(),
    );
    documents.push({ documentId, kind: part.kind, signed, ...divided(part, content) });
  }
  const { from } = header;
  return {
    ok: true,
    file: {
      sessionId: header.session as SessionId,
      title: header.title,
      savedAt: header.savedAt,
      from:
        from === undefined
          ? null
          : {
              deviceId: from.device as DeviceId,
              role: from.role,
              groupId: from.group as GroupId | null,
              plenary: from.plenary,
            },
      documents,
    },
    locked: header.parts.length - documents.length,
  };
}

const versionOf = (documents: readonly FileDocument[]): number =>
  documents.some(({ kind }) => kind === 'report')
    ? 3
    : documents.some(({ base }) => base !== null)
      ? 2
      : 1;

function isSound(bytes: Uint8Array): boolean {
  const checksum = bytes.subarray(-CHECKSUM_BYTES);
  return sha256(bytes.subarray(0, -CHECKSUM_BYTES)).every((byte, at) => checksum[at] === byte);
}

function openPart(
  part: FilePart,
  sealed: Uint8Array,
  key: DocumentKey,
  place: Uint8Array,
): Uint8Array | null {
  const nonce = fromBase64Url(part.nonce);
  if (nonce?.length !== NONCE_BYTES || part.size > sealed.length * MAX_INFLATION) return null;
  const plain = decrypt(sealed, fileKeyOf(key.secret), nonce, place);
  const content = plain && inflateBounded(plain, part.size);
  return content === null || (part.base ?? 0) > content.length ? null : content;
}

function divided(part: FilePart, content: Uint8Array): Pick<FileDocument, 'update' | 'base'> {
  const length = part.base ?? 0;
  return {
    update: content.subarray(length),
    base: length === 0 ? null : { stateVector: content.subarray(0, length), at: part.since ?? 0 },
  };
}

/** What a writer signs of a part: which document of which session it is, and what is in it. */
const statementOf = (sessionId: string, documentId: DocumentId, content: Uint8Array): Uint8Array =>
  concatBytes(utf8ToBytes(`caucus/file/1\0${sessionId}\0${documentId}\0`), sha256(content));

function decrypt(
  sealed: Uint8Array,
  key: Uint8Array,
  nonce: Uint8Array,
  place: Uint8Array,
): Uint8Array | null {
  try {
    return xchacha20poly1305(key, nonce, place).decrypt(sealed);
  } catch (error) {
    // The library says by an Error that the bytes are not what was sealed.
    if (error instanceof Error) return null;
    throw error;
  }
}
