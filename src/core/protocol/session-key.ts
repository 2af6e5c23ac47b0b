import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SessionId } from '../session/ids.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';

/**
 * A session's key pair (Ed25519, RFC 8032). The seed is with the moderators and signs passes; the
 * public key is in every ticket, and the session's id is its hash, so that nobody can make a ticket
 * for a session whose seed they do not have. A1.
 */
declare const brand: unique symbol;
/** 43 characters of base64url: 32 bytes. Not secret. */
export type SessionKey = string & { readonly [brand]: 'session-key' };
/** 43 characters of base64url: 32 random bytes. Whoever has it may let others in. */
export type SigningSeed = string & { readonly [brand]: 'signing-seed' };

const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
const ID_CHARACTERS = 22;

const isKey = (text: unknown): boolean =>
  typeof text === 'string' && fromBase64Url(text)?.length === KEY_BYTES;
export const isSessionKey = (text: unknown): text is SessionKey => isKey(text);
export const isSigningSeed = (text: unknown): text is SigningSeed => isKey(text);

function bytesOf(key: SessionKey | SigningSeed): Uint8Array {
  const bytes = fromBase64Url(key);
  if (bytes?.length !== KEY_BYTES) throw new Error('A key is 32 bytes of base64url');
  return bytes;
}

/** Makes the seed of a new session from 32 random bytes. */
export function signingSeedFrom(random: Uint8Array): SigningSeed {
  if (random.length !== KEY_BYTES) throw new Error('A signing seed takes 32 random bytes');
  return toBase64Url(random) as SigningSeed;
}

export const sessionKeyOf = (seed: SigningSeed): SessionKey =>
  toBase64Url(ed25519.getPublicKey(bytesOf(seed))) as SessionKey;

export const sessionIdOf = (key: SessionKey): SessionId =>
  toBase64Url(sha256(concatBytes(utf8ToBytes('caucus/session/1\0'), bytesOf(key)))).slice(
    0,
    ID_CHARACTERS,
  ) as SessionId;

export const sign = (seed: SigningSeed, message: Uint8Array): Uint8Array =>
  ed25519.sign(message, bytesOf(seed));

/** Whether the session's key signed exactly this. Never throws, whatever the bytes. */
export function isSignedBy(key: SessionKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  try {
    return ed25519.verify(signature, message, bytesOf(key), { zip215: false });
  } catch {
    // Not a point of the curve.
    return false;
  }
}
