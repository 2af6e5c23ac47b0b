import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { KeyAgreement, KeyPair } from '../../core/protocol/secure-channel.ts';

/** What stands before the 32 bytes of an X25519 key in DER (RFC 8410, sections 4 and 7). */
const PUBLIC_PREFIX = Buffer.from('302a300506032b656e032100', 'hex');
const SECRET_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');
const KEY_BYTES = 32;

const publicKeyFrom = (bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, bytes]), format: 'der', type: 'spki' });
const secretKeyFrom = (bytes: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([SECRET_PREFIX, bytes]), format: 'der', type: 'pkcs8' });
const bytesOf = (der: Buffer): Uint8Array => new Uint8Array(der.subarray(-KEY_BYTES));

/** The key pair of which these are the 32 secret bytes. */
export function keyPairFrom(secretKey: Uint8Array): KeyPair {
  const publicKey = createPublicKey(secretKeyFrom(secretKey));
  return { secretKey, publicKey: bytesOf(publicKey.export({ format: 'der', type: 'spki' })) };
}

/**
 * X25519 by the system's library, which takes a thirtieth of the time: whoever may open sockets may make
 * the hub agree on keys.
 */
export const systemKeyAgreement: KeyAgreement = {
  makeKeyPair() {
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    return {
      secretKey: bytesOf(privateKey.export({ format: 'der', type: 'pkcs8' })),
      publicKey: bytesOf(publicKey.export({ format: 'der', type: 'spki' })),
    };
  },
  agree({ secretKey }, other) {
    try {
      const both = diffieHellman({
        privateKey: secretKeyFrom(secretKey),
        publicKey: publicKeyFrom(other),
      });
      return new Uint8Array(both);
    } catch {
      // A point of small order, or not 32 bytes.
      return null;
    }
  },
};
