import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import {
  cleanName,
  type FromAsker,
  type FromDesk,
  JOIN_PROTOCOL,
  MAX_SEALED_CHARACTERS,
  type ToAsker,
  type ToDesk,
} from './ask-to-join-frames.ts';
import { fourWords, type WordLanguage } from './four-words.ts';
import { utf8Decode } from './utf8.ts';

/**
 * How a ticket gets to a laptop that has none, past everybody in between. The two laptops agree on a
 * key (X25519), and people compare four words that both derive from all that was said. Who stands in
 * the middle has two conversations, and needs the same words in both. The asker promises its key
 * before it sees the desk's, and shows it only afterwards (commit and reveal), so the one in the
 * middle has to choose before knowing what the words will be: one try per request, 1 in 2^44.
 *
 *   commitment = SHA-256("caucus/join-commit/1\0" ‖ asker's key ‖ nonce ‖ name)
 *   transcript = SHA-256("caucus/join/1\0" ‖ commitment ‖ desk's key ‖ asker's key ‖ nonce ‖ language)
 *   words      = the first 44 bits of SHA-256("caucus/join-words/1\0" ‖ transcript)
 *   ticket     = ChaCha20-Poly1305 under HKDF-SHA-256(shared secret, salt = transcript,
 *                "caucus/join-ticket/1"), nonce 0: a key seals one message, ever
 */
const label = (name: string): Uint8Array => utf8ToBytes(`caucus/${name}/1\0`);
const TICKET_INFO = utf8ToBytes('caucus/join-ticket/1');
const NONCE = new Uint8Array(12);
const SECRET_BYTES = 32;
/** What is sealed is a multiple of this, so that its length does not tell what role it is for. */
const PAD_BYTES = 1024;

export type Random = (length: number) => Uint8Array;

interface Said {
  readonly commitment: string;
  readonly deskKey: string;
  readonly askerKey: string;
  readonly nonce: string;
  readonly words: WordLanguage;
}
interface Agreed {
  readonly key: Uint8Array;
  readonly words: readonly string[];
}

/** Of what was already checked to be base64url. */
function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new Error('A frame was not checked');
  return bytes;
}

const commitmentOf = (key: Uint8Array, nonce: Uint8Array, name: string): string =>
  toBase64Url(sha256(concatBytes(label('join-commit'), key, nonce, utf8ToBytes(name))));

/** Null where the other's key is one of the few that make no secret. */
function agree(own: Uint8Array, other: string, said: Said): Agreed | null {
  const transcript = sha256(
    concatBytes(
      label('join'),
      bytesOf(said.commitment),
      bytesOf(said.deskKey),
      bytesOf(said.askerKey),
      bytesOf(said.nonce),
      utf8ToBytes(said.words),
    ),
  );
  const shared = sharedSecret(own, bytesOf(other));
  if (shared === null) return null;
  return {
    key: hkdf(sha256, shared, transcript, TICKET_INFO, SECRET_BYTES),
    words: fourWords(sha256(concatBytes(label('join-words'), transcript)), said.words),
  };
}

function sharedSecret(own: Uint8Array, other: Uint8Array): Uint8Array | null {
  try {
    return x25519.getSharedSecret(own, other);
  } catch (error) {
    // The library throws where the result is zero (RFC 7748, 6.1), and has no class of its own for it.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Length and text, filled up with zeros. */
function pad(text: string): Uint8Array {
  const bytes = utf8ToBytes(text);
  const padded = new Uint8Array(Math.ceil((bytes.length + 2) / PAD_BYTES) * PAD_BYTES);
  padded.set([bytes.length >> 8, bytes.length & 0xff]);
  padded.set(bytes, 2);
  return padded;
}
function unpad(padded: Uint8Array): string | null {
  const [high = 0, low = 0] = padded;
  const length = (high << 8) | low;
  return length + 2 > padded.length ? null : utf8Decode(padded.subarray(2, 2 + length));
}

function open(key: Uint8Array, sealed: string): string | null {
  const bytes = fromBase64Url(sealed);
  if (bytes === null) return null;
  try {
    return unpad(chacha20poly1305(key, NONCE).decrypt(bytes));
  } catch (error) {
    // Its only way to say that the seal is broken; it has no class of its own for it.
    if (error instanceof Error) return null;
    throw error;
  }
}

export type AskerStep =
  | {
      readonly kind: 'words';
      readonly words: readonly string[];
      /** What to send now. */
      readonly send: FromAsker;
    }
  /** Let in, with the ticket's text. */
  | { readonly kind: 'admitted'; readonly ticket: string }
  | { readonly kind: 'refused' }
  /** `forged`: what came is not from whom the words were agreed with, or came at the wrong time. */
  | { readonly kind: 'ended'; readonly reason: (ToAsker & { type: 'ended' })['reason'] | 'forged' };

/** The laptop that asks. Every step after an end says the same end. */
export interface Asker {
  /** What to send first. */
  readonly first: FromAsker;
  receive(frame: ToAsker): AskerStep;
}

export function createAsker(typedName: string, random: Random): Asker {
  const name = cleanName(typedName);
  const secretKey = random(SECRET_BYTES);
  const publicKey = x25519.getPublicKey(secretKey);
  const nonceBytes = random(SECRET_BYTES);
  const commitment = commitmentOf(publicKey, nonceBytes, name);
  const askerKey = toBase64Url(publicKey);
  const nonce = toBase64Url(nonceBytes);
  let agreed: Agreed | null = null;
  let over: AskerStep | null = null;

  const end = (step: AskerStep): AskerStep => {
    over = step;
    return step;
  };
  const forged = (): AskerStep => end({ kind: 'ended', reason: 'forged' });

  return {
    first: { type: 'ask', version: JOIN_PROTOCOL, name, commitment },
    receive(frame) {
      if (over !== null) return over;
      switch (frame.type) {
        case 'answer': {
          // A second answer would be a second try.
          if (agreed !== null) return forged();
          const { key: deskKey, words } = frame;
          agreed = agree(secretKey, deskKey, { commitment, deskKey, askerKey, nonce, words });
          if (agreed === null) return forged();
          return {
            kind: 'words',
            words: agreed.words,
            send: { type: 'reveal', key: askerKey, nonce },
          };
        }
        case 'admit': {
          const ticket = agreed === null ? null : open(agreed.key, frame.sealed);
          return ticket === null ? forged() : end({ kind: 'admitted', ticket });
        }
        case 'refuse':
          return end({ kind: 'refused' });
        case 'ended':
          return end({ kind: 'ended', reason: frame.reason });
        default:
          return forged();
      }
    },
  };
}

/** One laptop's request at the plenary laptop. */
export interface DeskRequest {
  /** Who says to ask, fit to be shown. */
  readonly name: string;
  /** What to send first. */
  readonly first: FromDesk;
  /** The words to be compared; null where it does not keep its promise: then it is to be refused. */
  reveal(frame: ToDesk & { type: 'revealed' }): readonly string[] | null;
  /** The ticket's text, sealed for this laptop; null before its words are known, or if far too long. */
  admit(ticket: string): FromDesk | null;
}

/** @param words the language of the moderator's screen. */
export function createDeskRequest(
  asked: ToDesk & { type: 'asked' },
  words: WordLanguage,
  random: Random,
): DeskRequest {
  const { request, commitment } = asked;
  // Another one for each request, so that nobody can try one key out on another.
  const secretKey = random(SECRET_BYTES);
  const deskKey = toBase64Url(x25519.getPublicKey(secretKey));
  let agreed: Agreed | null = null;
  let revealed = false;
  return {
    name: cleanName(asked.name),
    first: { type: 'answer', request, key: deskKey, words },
    reveal({ key: askerKey, nonce }) {
      if (revealed) return null;
      revealed = true;
      const kept = commitmentOf(bytesOf(askerKey), bytesOf(nonce), asked.name) === commitment;
      if (!kept) return null;
      agreed = agree(secretKey, askerKey, { commitment, deskKey, askerKey, nonce, words });
      return agreed?.words ?? null;
    },
    admit(ticket) {
      if (agreed === null) return null;
      const sealed = toBase64Url(chacha20poly1305(agreed.key, NONCE).encrypt(pad(ticket)));
      if (sealed.length > MAX_SEALED_CHARACTERS) return null;
      return { type: 'admit', request, sealed };
    },
  };
}
