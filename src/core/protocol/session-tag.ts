import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64Url } from './base64url.ts';
import type { DocumentId } from './document-key.ts';

const TAG_CHARACTERS = 12;

/** What a tag looks like: 12 characters of base64url. */
export const sessionTagPattern = /^[\w-]{12}$/u;

/**
 * By what laptops of one session know each other on the network: the first 12 characters of
 * base64url(SHA-256("caucus/found/1\0" + the id of the plan's document)). Not secret: it is called out
 * to everyone on the network. It tells a stranger nothing, neither a title nor a document's id.
 */
export const sessionTag = (planDocumentId: DocumentId): string =>
  toBase64Url(sha256(utf8ToBytes(`caucus/found/1\0${planDocumentId}`))).slice(0, TAG_CHARACTERS);
