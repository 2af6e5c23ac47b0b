import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { type Aead, nobleAead } from '../../core/protocol/secure-channel.ts';

const NAME = 'chacha20-poly1305';
const TAG_BYTES = 16;
const options = { authTagLength: TAG_BYTES };
const noBytes = new Uint8Array();

/**
 * ChaCha20-Poly1305 (RFC 8439) by the system's library: a hub seals every change once for each laptop,
 * and JavaScript takes two to three times as long. The key is made an object once; given as bytes,
 * Node makes one of it for every message, which takes longer than all the rest.
 */
const opensslAead: Aead = (bytes) => {
  const key = createSecretKey(bytes);
  return {
    seal(nonce, plain, associated = noBytes) {
      const cipher = createCipheriv(NAME, key, nonce, options);
      cipher.setAAD(associated, { plaintextLength: plain.length });
      const sealed = new Uint8Array(plain.length + TAG_BYTES);
      // A stream cipher: nothing is left for the end.
      sealed.set(cipher.update(plain));
      cipher.final();
      sealed.set(cipher.getAuthTag(), plain.length);
      return sealed;
    },
    open(nonce, sealed, associated = noBytes) {
      const length = sealed.length - TAG_BYTES;
      const decipher = createDecipheriv(NAME, key, nonce, options);
      decipher.setAAD(associated, { plaintextLength: length });
      decipher.setAuthTag(sealed.subarray(length));
      const plain = decipher.update(sealed.subarray(0, length));
      try {
        decipher.final();
      } catch {
        return null;
      }
      // No Buffer, whose `slice` shares its bytes.
      return new Uint8Array(plain.buffer, plain.byteOffset, plain.length);
    },
  };
};

/**
 * The system's, where it has it: Electron's Node is built with BoringSSL, whose list of ciphers may
 * lack it.
 *
 * @param ciphers as `getCiphers` names them.
 */
export const systemAead = (ciphers: readonly string[]): Aead =>
  ciphers.includes(NAME) ? opensslAead : nobleAead;
