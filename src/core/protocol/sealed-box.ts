import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { KeyAgreement, KeyPair } from './secure-channel.ts';

/**
 * Something for one laptop alone, which anybody may carry: sealed with a key that only the holder of
 * the box's secret key can make again (X25519, HKDF-SHA256, ChaCha20-Poly1305; the sender stays
 * unknown). 32 bytes of a key made for this box, then the sealed bytes.
 */
const KEY_BYTES = 32;
/** A box's key seals one message and no more, so the nonce need not vary. */
const NONCE = new Uint8Array(12);

const keyOf = (shared: Uint8Array, ephemeral: Uint8Array, to: Uint8Array): Uint8Array =>
  hkdf(sha256, shared, concatBytes(ephemeral, to), utf8ToBytes('caucus/box/1'), KEY_BYTES);

/** Null where `to` is no key. */
export function sealBox(keys: KeyAgreement, to: Uint8Array, plain: Uint8Array): Uint8Array | null {
  const ephemeral = keys.makeKeyPair();
  const shared = keys.agree(ephemeral, to);
  if (shared === null) return null;
  const key = keyOf(shared, ephemeral.publicKey, to);
  return concatBytes(ephemeral.publicKey, chacha20poly1305(key, NONCE).encrypt(plain));
}

/** Null where it was sealed for another or changed on the way. */
export function openBox(keys: KeyAgreement, own: KeyPair, box: Uint8Array): Uint8Array | null {
  const ephemeral = box.slice(0, KEY_BYTES);
  const shared = ephemeral.length === KEY_BYTES ? keys.agree(own, ephemeral) : null;
  if (shared === null) return null;
  const key = keyOf(shared, ephemeral, own.publicKey);
  try {
    return chacha20poly1305(key, NONCE).decrypt(box.subarray(KEY_BYTES));
  } catch {
    return null;
  }
}
