import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { DocumentId } from './document-key.ts';

/**
 * How a laptop and a hub show each other that they know a document's key, without showing the key:
 * each sends a random number, each answers with an HMAC-SHA256 over both. A hub that was put up by
 * a stranger learns nothing that would open the document (A1), and a recorded answer is worth
 * nothing, because the numbers are new every time; nor is one that was given over another connection,
 * so that nobody can stand between the two and pass proofs on.
 */
export const NONCE_BYTES = 16;
export const PROOF_BYTES = 32;

export interface Challenge {
  readonly documentId: DocumentId;
  readonly appNonce: Uint8Array;
  readonly hubNonce: Uint8Array;
  /** Of the encrypted connection (`secure-channel.ts`); empty where there is none, within a laptop. */
  readonly binding: Uint8Array;
}

const proof = (
  who: 'hub' | 'app',
  key: Uint8Array,
  { documentId, appNonce, hubNonce, binding }: Challenge,
): Uint8Array =>
  hmac(
    sha256,
    key,
    concatBytes(utf8ToBytes(`caucus/relay/2/${who}/${documentId}\0`), appNonce, hubNonce, binding),
  );

/** The hub's: with the access key, which it has from its own laptop. */
export const hubProof = (accessKey: Uint8Array, challenge: Challenge): Uint8Array =>
  proof('hub', accessKey, challenge);

/** The laptop's: with the write key where it has that, with the access key otherwise. */
export const appProof = (key: Uint8Array, challenge: Challenge): Uint8Array =>
  proof('app', key, challenge);

/** Compares in a time that says nothing about where the two differ. */
export function isSameProof(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index += 1) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}
