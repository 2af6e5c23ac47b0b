import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64Url } from './base64url.ts';

/**
 * What a laptop and a hub say to each other on a network, encrypted and guarded against change, where
 * TLS is not to be had because nobody gives certificates to laptops on a conference's Wi-Fi:
 * Noise_NX_25519_ChaChaPoly_SHA256 (the Noise Protocol Framework, revision 34). The laptop learns the
 * hub's key on the way and knows the hub by its fingerprint; that neither end is a man in the middle
 * is shown afterwards, with each document's own key, over this channel's `binding`
 * (`relay-proof.ts`).
 *
 * Two messages open it, each one message of the WebSocket: 32 bytes from the laptop, 96 from the hub.
 */
export interface SecureChannel {
  /** The same at both ends of this channel and nowhere else: 32 bytes. Not secret. */
  readonly binding: Uint8Array;
  /** The hub's public key: 32 bytes. */
  readonly hubKey: Uint8Array;
  seal(frame: Uint8Array): Uint8Array;
  /** Null where the bytes are not the next that the other end sealed: the channel is worth nothing then. */
  open(sealed: Uint8Array): Uint8Array | null;
}

/** X25519 (RFC 7748): in pages in JavaScript, in the hub the system's own. */
export interface KeyAgreement {
  makeKeyPair(): KeyPair;
  /** The 32 bytes that both ends get to; null where the other's key is of those that give nothing. */
  agree(own: KeyPair, other: Uint8Array): Uint8Array | null;
}
export interface KeyPair {
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/**
 * ChaCha20-Poly1305 (RFC 8439) under one key of 32 bytes; nonces are 12 bytes, and the tag of 16 comes
 * last. In pages in JavaScript, in the hub the system's own.
 */
export type Aead = (key: Uint8Array) => {
  seal(nonce: Uint8Array, plain: Uint8Array, associated?: Uint8Array): Uint8Array;
  /** Null where it is not what was sealed. At least as long as the tag. */
  open(nonce: Uint8Array, sealed: Uint8Array, associated?: Uint8Array): Uint8Array | null;
};

export const nobleAead: Aead = (key) => ({
  seal: (nonce, plain, associated) => chacha20poly1305(key, nonce, associated).encrypt(plain),
  open(nonce, sealed, associated) {
    try {
      return chacha20poly1305(key, nonce, associated).decrypt(sealed);
    } catch {
      return null;
    }
  },
});

const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** What sealing adds to a frame. */
export const SEAL_BYTES = TAG_BYTES;
export const HELLO_BYTES = KEY_BYTES;
export const REPLY_BYTES = KEY_BYTES + KEY_BYTES + TAG_BYTES + TAG_BYTES;
const PROTOCOL = utf8ToBytes('Noise_NX_25519_ChaChaPoly_SHA256');
const ID_BYTES = 16;

/** How a hub is called: 22 characters of base64url, a hash of its public key. */
export const hubIdOf = (publicKey: Uint8Array): string =>
  toBase64Url(sha256(concatBytes(utf8ToBytes('caucus/hub/1\0'), publicKey)).subarray(0, ID_BYTES));

const noBytes = new Uint8Array();

/** Noise's CipherState: each message under the next number. */
function createCipher(aead: Aead, key: Uint8Array) {
  const cipher = aead(key);
  let count = 0;
  // The same bytes each time: nobody keeps them.
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  function nonce(): Uint8Array {
    view.setUint32(4, count % 2 ** 32, true);
    view.setUint32(8, Math.floor(count / 2 ** 32), true);
    count += 1;
    return bytes;
  }
  return {
    seal: (plain: Uint8Array, associated?: Uint8Array): Uint8Array =>
      cipher.seal(nonce(), plain, associated),
    /** Null where it is forged, changed, doubled or out of order. */
    open: (sealed: Uint8Array, associated?: Uint8Array): Uint8Array | null =>
      sealed.length < TAG_BYTES ? null : cipher.open(nonce(), sealed, associated),
  };
}

/** Noise's SymmetricState. */
function createHandshake(prologue: Uint8Array, aead: Aead) {
  // A protocol name of 32 bytes is the first hash itself.
  let hash: Uint8Array = PROTOCOL;
  let chainingKey: Uint8Array = PROTOCOL;
  let cipher: ReturnType<typeof createCipher> | null = null;
  const derive = (material: Uint8Array): readonly [Uint8Array, Uint8Array] => {
    const both = hkdf(sha256, material, chainingKey, undefined, 2 * KEY_BYTES);
    return [both.subarray(0, KEY_BYTES), both.subarray(KEY_BYTES)];
  };
  const handshake = {
    mixHash(bytes: Uint8Array): void {
      hash = sha256(concatBytes(hash, bytes));
    },
    mixKey(material: Uint8Array): void {
      const [next, key] = derive(material);
      chainingKey = next;
      cipher = createCipher(aead, key);
    },
    sealAndHash(plain: Uint8Array): Uint8Array {
      const sealed = cipher === null ? plain : cipher.seal(plain, hash);
      handshake.mixHash(sealed);
      return sealed;
    },
    openAndHash(sealed: Uint8Array): Uint8Array | null {
      const plain = cipher === null ? sealed : cipher.open(sealed, hash);
      handshake.mixHash(sealed);
      return plain;
    },
    /** The laptop's direction first. */
    split: (): readonly [Uint8Array, Uint8Array] => derive(noBytes),
    hash: (): Uint8Array => hash,
    aead,
  };
  handshake.mixHash(prologue);
  return handshake;
}

const prologueOf = (path: string): Uint8Array => utf8ToBytes(`caucus/1${path}`);

function channelOf(
  handshake: ReturnType<typeof createHandshake>,
  hubKey: Uint8Array,
  isHub: boolean,
): SecureChannel {
  const [fromApp, fromHub] = handshake.split();
  const out = createCipher(handshake.aead, isHub ? fromHub : fromApp);
  const into = createCipher(handshake.aead, isHub ? fromApp : fromHub);
  return {
    binding: handshake.hash(),
    hubKey,
    seal: (frame) => out.seal(frame),
    open: (sealed) => into.open(sealed),
  };
}

/**
 * The laptop's end.
 *
 * @param path of the WebSocket, so that what is said on one cannot be passed on at another.
 */
export function beginSecureChannel(
  keys: KeyAgreement,
  path: string,
): {
  readonly hello: Uint8Array;
  /** Null where the reply is not one. */
  finish(reply: Uint8Array): SecureChannel | null;
} {
  const handshake = createHandshake(prologueOf(path), nobleAead);
  const ephemeral = keys.makeKeyPair();
  handshake.mixHash(ephemeral.publicKey);
  handshake.mixHash(noBytes);
  return {
    hello: ephemeral.publicKey,
    finish(reply) {
      if (reply.length !== REPLY_BYTES) return null;
      const theirs = reply.slice(0, KEY_BYTES);
      handshake.mixHash(theirs);
      const both = keys.agree(ephemeral, theirs);
      if (both === null) return null;
      handshake.mixKey(both);
      const hubKey = handshake.openAndHash(reply.subarray(KEY_BYTES, -TAG_BYTES));
      const withHub = hubKey === null ? null : keys.agree(ephemeral, hubKey);
      if (hubKey === null || withHub === null) return null;
      handshake.mixKey(withHub);
      const isWhole = handshake.openAndHash(reply.subarray(-TAG_BYTES)) !== null;
      return isWhole ? channelOf(handshake, hubKey, false) : null;
    },
  };
}

/** The hub's end; null where the hello is not one. */
export function answerSecureChannel(
  keys: KeyAgreement,
  path: string,
  hub: KeyPair,
  hello: Uint8Array,
  aead: Aead = nobleAead,
): { readonly reply: Uint8Array; readonly channel: SecureChannel } | null {
  if (hello.length !== HELLO_BYTES) return null;
  const handshake = createHandshake(prologueOf(path), aead);
  handshake.mixHash(hello);
  handshake.mixHash(noBytes);
  const ephemeral = keys.makeKeyPair();
  handshake.mixHash(ephemeral.publicKey);
  const both = keys.agree(ephemeral, hello);
  const withHub = keys.agree(hub, hello);
  if (both === null || withHub === null) return null;
  handshake.mixKey(both);
  const sealedKey = handshake.sealAndHash(hub.publicKey);
  handshake.mixKey(withHub);
  const end = handshake.sealAndHash(noBytes);
  return {
    reply: concatBytes(ephemeral.publicKey, sealedKey, end),
    channel: channelOf(handshake, hub.publicKey, true),
  };
}
