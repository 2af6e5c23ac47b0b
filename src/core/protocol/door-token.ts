import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { isSameProof } from './relay-proof.ts';

/**
 * What a laptop shows in the head of its WebSocket, so that a hub under a flood tells it from all
 * others behind the same address before it has read anything else. It opens nothing: the proofs of
 * `relay-proof.ts` and the pass come afterwards, encrypted, as if there had been no token.
 *
 *   version 1 │ hint 8 │ laptop 9 │ nonce 15 │ HMAC-SHA256 of all before, its first 15 bytes
 *
 * in base64url, where each field ends with a character, so that a hub looks the hint up as it stands.
 * The hint is the same for everybody who has the document's access key, and tells others as much as
 * that these have something in common. There is no time in it: laptops' clocks are days apart.
 */
declare const brand: unique symbol;
/** The first 12 characters of a token: the version, and by what a hub finds the key. Not secret. */
export type DoorHint = string & { readonly [brand]: 'hint' };

export interface DoorKey {
  readonly hint: DoorHint;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface ShownAtDoor {
  /** Which laptop it says to be, as long as it runs; anybody who has the key may say so. */
  readonly laptop: string;
  /** Never the same twice; whoever takes tokens remembers these, or a recorded one is as good. */
  readonly nonce: string;
}

/** The first subprotocol that the WebSocket offers; the second is the token: no URL, no cookie. */
export const LAPTOP_SUBPROTOCOL = 'caucus-laptop';
export const DOOR_LAPTOP_BYTES = 9;
const VERSION = 1;
const KEY_BYTES = 32;
const HINT_BYTES = 8;
const NONCE_BYTES = 15;
const MAC_BYTES = 15;
const LAPTOP_AT = 1 + HINT_BYTES;
const NONCE_AT = LAPTOP_AT + DOOR_LAPTOP_BYTES;
const MAC_AT = NONCE_AT + NONCE_BYTES;
const HINT_CHARACTERS = 12;
const TOKEN = /^[\w-]{64}$/u;
const LABEL = utf8ToBytes('caucus/door/1');

/** Both from the access key, by HKDF-SHA-256: nothing leads from the hint to the key or the document. */
export function doorKeyOf(accessKey: Uint8Array): DoorKey {
  const bytes = hkdf(sha256, accessKey, undefined, LABEL, KEY_BYTES + HINT_BYTES);
  const hint = toBase64Url(concatBytes(Uint8Array.of(VERSION), bytes.subarray(KEY_BYTES)));
  return { hint: hint as DoorHint, key: bytes.subarray(0, KEY_BYTES) };
}

const mac = (key: Uint8Array, said: Uint8Array): Uint8Array =>
  hmac(sha256, key, said).subarray(0, MAC_BYTES);

/** A fresh one; `laptop` is `DOOR_LAPTOP_BYTES` random bytes. 64 characters of base64url. */
export function makeDoorToken(
  { hint, key }: DoorKey,
  laptop: Uint8Array,
  random: (length: number) => Uint8Array,
): string {
  if (laptop.length !== DOOR_LAPTOP_BYTES) throw new Error('A laptop is 9 bytes at the door');
  const head = fromBase64Url(hint) ?? new Uint8Array();
  const said = concatBytes(head, laptop, random(NONCE_BYTES));
  return toBase64Url(concatBytes(said, mac(key, said)));
}

/** Under what to look for the token's key; null where it is no token of this version's length. */
export const doorHintIn = (token: string): DoorHint | null =>
  TOKEN.test(token) ? (token.slice(0, HINT_CHARACTERS) as DoorHint) : null;

/** What a token says; null where nobody with this key has made it. */
export function readDoorToken(token: string, { hint, key }: DoorKey): ShownAtDoor | null {
  if (doorHintIn(token) !== hint) return null;
  const bytes = fromBase64Url(token);
  if (bytes === null) return null;
  if (!isSameProof(bytes.subarray(MAC_AT), mac(key, bytes.subarray(0, MAC_AT)))) return null;
  // Spelled anew: a piece of the text would keep all that it was cut from in memory.
  return {
    laptop: toBase64Url(bytes.subarray(LAPTOP_AT, NONCE_AT)),
    nonce: toBase64Url(bytes.subarray(NONCE_AT, MAC_AT)),
  };
}
