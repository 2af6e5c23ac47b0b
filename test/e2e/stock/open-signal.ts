import { fromBase64 } from 'lib0/buffer';
import * as decoding from 'lib0/decoding';

/**
 * Whether a published signal of stock y-webrtc opens with this password: what anybody can try who
 * runs signaling or listens there. Format and derivation are those of its `src/crypto.js`.
 */
export async function opensWith(password: string, room: string, sealed: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey('raw', encoder.encode(password), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', salt: encoder.encode(room), iterations: 100_000, hash: 'SHA-256' },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  const decoder = decoding.createDecoder(fromBase64(sealed));
  decoding.readVarString(decoder);
  const iv = new Uint8Array(decoding.readVarUint8Array(decoder));
  const data = new Uint8Array(decoding.readVarUint8Array(decoder));
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data).then(
    () => true,
    () => false,
  );
}
