import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '../../core/protocol/base64url.ts';
import { parseJson } from '../../core/protocol/utf8.ts';
import { decrypt, LAPTOP_KEY_BYTES, type LaptopKey, laptopKeyFrom } from './laptop-key.ts';

/**
 * The laptop key as it lies on a disk: as it is, or wrapped with a passphrase. As it is, it protects
 * nothing that the account on this laptop does not protect already; whoever reads the records can
 * read it too. It is sealed once more where the machine has a keychain (electron/keychain.ts).
 */
export interface KeyEnvelope {
  readonly keyId: string;
  /** To be kept. */
  readonly text: string;
  readonly needsPassphrase: boolean;
  /** The key; null where this is not the passphrase. Takes most of a second where there is one. */
  open(passphrase: string | null): Promise<LaptopKey | null>;
  /** The same key in another envelope; null where `passphrase` is not the one of this. */
  rewrap(passphrase: string | null, next: string | null): Promise<KeyEnvelope | null>;
}

/** Fewer characters are guessed sooner than they are typed. */
export const MIN_PASSPHRASE_CHARACTERS = 8;

/**
 * OWASP's password storage cheat sheet counts these as one of its equals of N = 2^17, p = 1, and they
 * take a quarter of the memory: 32 MiB, and 0.7 s on the laptop that this was measured on.
 */
const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
/** What an envelope may ask for, so that a changed one cannot hang the start. */
const MOST: ScryptCost = { N: 2 ** 18, r: 16, p: 8 };
const SALT_BYTES = 16;
const NONCE_BYTES = 24;
const PLACE = utf8ToBytes('caucus/laptop-key/passphrase/1');

const base64 = v.pipe(
  v.string(),
  v.check((text) => fromBase64Url(text) !== null),
);
const upTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const plainSchema = v.object({ version: v.literal(1), keyId: v.string(), key: base64 });
const wrappedSchema = v.object({
  version: v.literal(1),
  keyId: v.string(),
  scrypt: v.object({
    salt: base64,
    N: v.pipe(
      upTo(MOST.N),
      v.check((n) => n > 1 && Number.isInteger(Math.log2(n))),
    ),
    r: upTo(MOST.r),
    p: upTo(MOST.p),
  }),
  wrapped: base64,
});
type Wrapped = v.InferOutput<typeof wrappedSchema>;

export type Random = (length: number) => Uint8Array;
/** What scrypt costs: memory 128 * N * r bytes, and p times the work. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}
/** What making an envelope takes; `cost` is for tests, which need not keep a thief busy. */
export interface EnvelopeTools {
  readonly random: Random;
  readonly cost?: ScryptCost;
}

/** An envelope without a passphrase around a new key. */
export const newEnvelope = (tools: EnvelopeTools): KeyEnvelope =>
  plain(tools.random(LAPTOP_KEY_BYTES), tools);

/** The envelope that this text is, or null where it is none. */
export function readEnvelope(text: string, tools: EnvelopeTools): KeyEnvelope | null {
  const json = parseJson(text);
  const kept = v.safeParse(plainSchema, json);
  if (kept.success) {
    const bytes = fromBase64Url(kept.output.key);
    return bytes?.length === LAPTOP_KEY_BYTES ? plain(bytes, tools) : null;
  }
  const sealed = v.safeParse(wrappedSchema, json);
  return sealed.success ? wrapped(sealed.output, tools) : null;
}

function plain(bytes: Uint8Array, tools: EnvelopeTools): KeyEnvelope {
  const key = laptopKeyFrom(bytes);
  const text = JSON.stringify({ version: 1, keyId: key.id, key: toBase64Url(bytes) });
  return {
    keyId: key.id,
    text,
    needsPassphrase: false,
    open: async () => key,
    rewrap: async (_passphrase, next) => wrap(bytes, next, tools),
  };
}

function wrapped(content: Wrapped, tools: EnvelopeTools): KeyEnvelope {
  async function unwrap(passphrase: string | null): Promise<Uint8Array | null> {
    const sealed = fromBase64Url(content.wrapped);
    if (passphrase === null || sealed === null) return null;
    return decrypt(await stretch(passphrase, content.scrypt), sealed, PLACE);
  }
  return {
    keyId: content.keyId,
    text: JSON.stringify(content),
    needsPassphrase: true,
    async open(passphrase) {
      const bytes = await unwrap(passphrase);
      return bytes?.length === LAPTOP_KEY_BYTES ? laptopKeyFrom(bytes) : null;
    },
    async rewrap(passphrase, next) {
      const bytes = await unwrap(passphrase);
      return bytes === null ? null : wrap(bytes, next, tools);
    },
  };
}

async function wrap(
  bytes: Uint8Array,
  passphrase: string | null,
  tools: EnvelopeTools,
): Promise<KeyEnvelope> {
  if (passphrase === null) return plain(bytes, tools);
  const { random, cost = COST } = tools;
  const scrypt = { salt: toBase64Url(random(SALT_BYTES)), ...cost };
  const nonce = random(NONCE_BYTES);
  const key = await stretch(passphrase, scrypt);
  const sealed = xchacha20poly1305(key, nonce, PLACE).encrypt(bytes);
  return wrapped(
    {
      version: 1,
      keyId: laptopKeyFrom(bytes).id,
      scrypt,
      wrapped: toBase64Url(concatBytes(nonce, sealed)),
    },
    tools,
  );
}

/** The same passphrase typed on another keyboard is the same: NFKC, and no spaces around it. */
async function stretch(passphrase: string, { salt, N, r, p }: Wrapped['scrypt']) {
  const words = utf8ToBytes(passphrase.normalize('NFKC').trim());
  const bytes = fromBase64Url(salt) ?? new Uint8Array();
  return scryptAsync(words, bytes, { N, r, p, dkLen: 32, asyncTick: 20 });
}
