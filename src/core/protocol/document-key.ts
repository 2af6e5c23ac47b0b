import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { type SessionKey, sessionKeyOf, type SigningSeed, signingSeedFrom } from './session-key.ts';

/**
 * A document's random 256-bit secret is all that opens it (A1). What others see is derived from
 * it, one way, by SHA-256 with a label:
 *
 *   secret ──► read key ──► access key ──► document id
 *      │           └─────► file key
 *      └─────► write key, direct password, signing seed ──► verifying key
 *
 * The document id is the name that the hub and signaling see. Who holds the secret may write; who
 * holds the read key only may read, and can make neither the write key nor the direct password of
 * it (A2); with it comes the verifying key, which tells what somebody signed who may write. A laptop proves to a hub that it holds a key without showing it (`relay-proof.ts`).
 */
declare const brand: unique symbol;
/** 43 characters of base64url: what hub and signaling call the document. Not secret. */
export type DocumentId = string & { readonly [brand]: 'document' };
/**
 * What a ticket gives of a document: 43 characters of base64url, 256 random bits, for who may
 * write; an "r" and twice 43 characters, the read key and the verifying key (Ed25519), for who may
 * only read.
 */
export type DocumentSecret = string & { readonly [brand]: 'secret' };

export interface DocumentKey {
  readonly documentId: DocumentId;
  readonly secret: DocumentSecret;
}

const SECRET_BYTES = 32;
const READER = 'r';
const KEY_LENGTH = 43;
const READER_LENGTH = READER.length + 2 * KEY_LENGTH;

const derive = (label: string, bytes: Uint8Array): Uint8Array =>
  sha256(concatBytes(utf8ToBytes(`caucus/${label}/1\0`), bytes));

const isReaders = (secret: string): boolean =>
  secret.length === READER_LENGTH && secret.startsWith(READER);

/** The secret's bytes, or the read key's. */
function decode(secret: string): Uint8Array | null {
  if (!isReaders(secret)) return decodeKey(secret);
  const verifying = decodeKey(secret.slice(READER.length + KEY_LENGTH));
  return verifying && decodeKey(secret.slice(READER.length, READER.length + KEY_LENGTH));
}
function decodeKey(text: string): Uint8Array | null {
  const bytes = fromBase64Url(text);
  return bytes?.length === SECRET_BYTES ? bytes : null;
}
function secretBytes(secret: DocumentSecret): Uint8Array {
  const bytes = decode(secret);
  if (bytes === null) throw new Error('A document secret is 32 bytes of base64url');
  return bytes;
}
function readKeyOf(secret: DocumentSecret): Uint8Array {
  const bytes = secretBytes(secret);
  return isReaders(secret) ? bytes : derive('read', bytes);
}

export function isDocumentSecret(text: unknown): text is DocumentSecret {
  return typeof text === 'string' && decode(text) !== null;
}

/** Whether this secret lets its holder change the document, or only read it. A2. */
export const mayWrite = (secret: DocumentSecret): boolean => !isReaders(secret);

/** The same document for somebody who may only read it. */
export const readersSecretOf = (secret: DocumentSecret): DocumentSecret =>
  (isReaders(secret)
    ? secret
    : READER + toBase64Url(readKeyOf(secret)) + verifyingKeyOf(secret)) as DocumentSecret;

/** With which who may write signs what travels by hand; null for who may only read. */
export const documentSeedOf = (secret: DocumentSecret): SigningSeed | null =>
  mayWrite(secret) ? signingSeedFrom(derive('sign', secretBytes(secret))) : null;

/** Tells what was signed by somebody who may write: an Ed25519 key, 43 characters of base64url. */
export function verifyingKeyOf(secret: DocumentSecret): SessionKey {
  const seed = documentSeedOf(secret);
  if (seed !== null) return sessionKeyOf(seed);
  const key: string = secret.slice(READER.length + KEY_LENGTH);
  return key as SessionKey;
}

/** Proves to a hub that its holder may read: 32 bytes. Never sent over a network. */
export const accessKeyOf = (secret: DocumentSecret): Uint8Array =>
  derive('access', readKeyOf(secret));

/** Proves to a hub that its holder may write: 32 bytes, null for who may only read. */
export const writeKeyOf = (secret: DocumentSecret): Uint8Array | null =>
  mayWrite(secret) ? derive('write', secretBytes(secret)) : null;

/** The id that this access key opens. */
export const documentIdOfAccessKey = (accessKey: Uint8Array): DocumentId =>
  toBase64Url(derive('document', accessKey)) as DocumentId;

export const documentIdOf = (secret: DocumentSecret): DocumentId =>
  documentIdOfAccessKey(accessKeyOf(secret));

/**
 * The password that y-webrtc seals its signaling with; null for who may only read, because between
 * laptops nobody stands who could keep a reader from writing.
 */
export const directPasswordOf = (secret: DocumentSecret): string | null =>
  mayWrite(secret) ? toBase64Url(derive('direct', secretBytes(secret))) : null;

/** 32 bytes that seal this document's part of a session file. */
export const fileKeyOf = (secret: DocumentSecret): Uint8Array => derive('file', readKeyOf(secret));

/** Makes the key of a new document from 32 random bytes. */
export function documentKeyFrom(random: Uint8Array): DocumentKey {
  if (random.length !== SECRET_BYTES) throw new Error('A document secret takes 32 random bytes');
  const secret = toBase64Url(random) as DocumentSecret;
  return { documentId: documentIdOf(secret), secret };
}

/** The key that a ticket's secret makes. */
export const documentKeyOf = (secret: DocumentSecret): DocumentKey => ({
  documentId: documentIdOf(secret),
  secret,
});
