import { x25519 } from '@noble/curves/ed25519.js';
import type { KeyAgreement, KeyPair } from './secure-channel.ts';

/** The key pair of which these are the 32 secret bytes. */
export const nobleKeyPairFrom = (secretKey: Uint8Array): KeyPair => ({
  secretKey,
  publicKey: x25519.getPublicKey(secretKey),
});

/** X25519 in JavaScript, for pages, where the browser's own is not to be had without HTTPS. */
export const nobleKeyAgreement = (random: (length: number) => Uint8Array): KeyAgreement => ({
  makeKeyPair: () => nobleKeyPairFrom(random(32)),
  agree({ secretKey }, other) {
    try {
      return x25519.getSharedSecret(secretKey, other);
    } catch {
      // A point of small order, or not 32 bytes.
      return null;
    }
  },
});
