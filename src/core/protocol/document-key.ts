import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from './base64url.ts';

/**
 * A document's random 256-bit secret is all that opens it (A1). What others see is derived from
 * it, one way, by SHA-256 with a label:
 *
 *   secret ──► access key ──► document id
 *      └─────► direct password, file key
 *
 * The document id is the name that the hub and signaling see. A laptop proves to the hub that it
 * may open a document by showing the access key: the hub hashes it and compares with the id, so it
 * needs no list of documents and never learns the secret.
 */
declare const brand: unique symbol;
/** 43 characters of base64url: what hub and signaling call the document. Not secret. */
export type DocumentId = string & { readonly [brand]: 'document' };
/** 43 characters of base64url: 256 random bits. */
export type DocumentSecret = string & { readonly [brand]: 'secret' };

export interface DocumentKey {
  readonly documentId: DocumentId;
  readonly secret: DocumentSecret;
}

const SECRET_BYTES = 32;

const derive = (label: string, bytes: Uint8Array): Uint8Array =>
  sha256(concatBytes(utf8ToBytes(`caucus/${label}/1\0`), bytes));

function secretBytes(secret: DocumentSecret): Uint8Array {
  const bytes = fromBase64Url(secret);
  if (bytes?.length !== SECRET_BYTES) throw new Error('A document secret is 32 bytes of base64url');
  return bytes;
}

export function isDocumentSecret(text: unknown): text is DocumentSecret {
  return typeof text === 'string' && fromBase64Url(text)?.length === SECRET_BYTES;
}

/** What is shown to a hub as the token for `documentIdOf(secret)`. */
export const accessKeyOf = (secret: DocumentSecret): string =>
  toBase64Url(derive('access', secretBytes(secret)));

/** The id that this access key opens, or null where it is not an access key at all. */
export function documentIdOfAccessKey(accessKey: string): DocumentId | null {
  const bytes = fromBase64Url(accessKey);
  return bytes?.length === SECRET_BYTES
    ? (toBase64Url(derive('document', bytes)) as DocumentId)
    : null;
}

export const documentIdOf = (secret: DocumentSecret): DocumentId =>
  toBase64Url(derive('document', derive('access', secretBytes(secret)))) as DocumentId;

/** The password that y-webrtc seals its signaling with. */
export const directPasswordOf = (secret: DocumentSecret): string =>
  toBase64Url(derive('direct', secretBytes(secret)));

/** 32 bytes that seal this document's part of a session file. */
export const fileKeyOf = (secret: DocumentSecret): Uint8Array =>
  derive('file', secretBytes(secret));

/** Makes the key of a new document from 32 random bytes. */
export function documentKeyFrom(random: Uint8Array): DocumentKey {
  if (random.length !== SECRET_BYTES) throw new Error('A document secret takes 32 random bytes');
  const secret = toBase64Url(random) as DocumentSecret;
  return { documentId: documentIdOf(secret), secret };
}
