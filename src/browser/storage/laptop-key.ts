import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from '../../core/protocol/base64url.ts';
import { utf8Decode } from '../../core/protocol/utf8.ts';

/**
 * Seals what this laptop knows of its sessions, and above all their documents' secrets, before it
 * goes to a disk: XChaCha20-Poly1305, bound to the session's id, so that one record put in the place
 * of another does not open. Its bytes are in no field, so nothing that is logged can show them.
 */
export interface LaptopKey {
  /** Tells keys apart, and says nothing of them: 16 characters of base64url. */
  readonly id: string;
  /**
   * The same text always comes out the same, so that the second copy can be compared: the nonce is
   * made of what is sealed.
   */
  seal(name: string, text: string): string;
  /** Null where it was sealed with another key or under another name, or was changed since. */
  open(name: string, sealed: string): string | null;
}

export const LAPTOP_KEY_BYTES = 32;
const NONCE_BYTES = 24;
const ID_BYTES = 12;

const derive = (label: string, bytes: Uint8Array): Uint8Array =>
  hmac(sha256, bytes, utf8ToBytes(`caucus/laptop-key/${label}/1`));

export function laptopKeyFrom(bytes: Uint8Array): LaptopKey {
  if (bytes.length !== LAPTOP_KEY_BYTES) throw new Error('A laptop key is 32 bytes');
  const sealing = derive('seal', bytes);
  const forNonces = derive('nonce', bytes);
  const place = (name: string): Uint8Array => utf8ToBytes(`caucus/record/1\0${name}`);
  return {
    id: toBase64Url(derive('id', bytes).subarray(0, ID_BYTES)),
    seal(name, text) {
      const bound = place(name);
      const plain = utf8ToBytes(text);
      const whole = concatBytes(sha256(bound), sha256(plain));
      const nonce = hmac(sha256, forNonces, whole).subarray(0, NONCE_BYTES);
      const sealed = xchacha20poly1305(sealing, nonce, bound).encrypt(plain);
      return toBase64Url(concatBytes(nonce, sealed));
    },
    open(name, sealed) {
      const bytes = fromBase64Url(sealed);
      const plain = bytes === null ? null : decrypt(sealing, bytes, place(name));
      return plain === null ? null : utf8Decode(plain);
    },
  };
}

/** What nonce and sealed bytes say together; null where they do not belong to this key and place. */
export function decrypt(
  key: Uint8Array,
  nonceAndSealed: Uint8Array,
  place: Uint8Array,
): Uint8Array | null {
  const nonce = nonceAndSealed.subarray(0, NONCE_BYTES);
  if (nonce.length < NONCE_BYTES) return null;
  try {
    return xchacha20poly1305(key, nonce, place).decrypt(nonceAndSealed.subarray(NONCE_BYTES));
  } catch (error) {
    // The library says by an Error that the bytes are not what was sealed.
    if (error instanceof Error) return null;
    throw error;
  }
}
