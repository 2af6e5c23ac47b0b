import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import type { GroupId } from '../session/ids.ts';
import { fromBase64Url } from './base64url.ts';
import type { DocumentId } from './document-key.ts';
import { type Role, roles } from './role.ts';
import {
  isSessionKey,
  isSignedBy,
  type SessionKey,
  sessionKeyOf,
  sign,
  SIGNATURE_BYTES,
  type SigningSeed,
} from './session-key.ts';
import { parseJson, utf8Decode } from './utf8.ts';

/**
 * What a ticket lets its holder do, signed by the session and without anything secret: the holder
 * shows it to every hub, which can tell offline what it is worth. It opens nothing by itself; who
 * shows it has to prove the document's key as well (`relay-proof.ts`).
 */
export interface Pass {
  readonly sessionKey: SessionKey;
  /** Tells this ticket from others of the same session. */
  readonly ticketId: string;
  readonly role: Role;
  /** The group of a facilitator; null for the other roles. */
  readonly groupId: GroupId | null;
  /** Every document that it opens, and whether it may be written. */
  readonly documents: ReadonlyMap<DocumentId, boolean>;
  /** Milliseconds since 1970, whole seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The session's title and the plenary laptop's hub, as the ticket says them. */
  readonly title: string;
  readonly hubId: string | null;
}

export type PassFault = 'malformed' | 'wrong-signature' | 'expired' | 'from-future';
export type PassResult =
  { readonly ok: true; readonly pass: Pass } | { readonly ok: false; readonly reason: PassFault };

/** A plan, a report and 100 groups. */
const MAX_DOCUMENTS = 102;
/** For 102 documents. */
export const MAX_PASS_BYTES = 16 * 1024;
export const MAX_TITLE_LENGTH = 300;
const HUB_ID = /^[\w-]{22}$/u;
const LABEL = utf8ToBytes('caucus/pass/1\0');
const SECOND_MS = 1_000;
/**
 * Laptops' clocks are off, by time zones and by a day; a pass that was made later than this from now
 * is a sign that the date is wrong, and with it what "expired" means. Milliseconds.
 */
const MOST_AHEAD_MS = 48 * 60 * 60 * SECOND_MS;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const documentId = v.custom<DocumentId>(
  (text) => typeof text === 'string' && fromBase64Url(text)?.length === 32,
);
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(8.64e12));
const schema = v.strictObject({
  k: v.custom<SessionKey>(isSessionKey),
  i: id,
  r: v.picklist(roles),
  g: v.nullable(id),
  d: v.pipe(
    v.array(v.tuple([documentId, v.picklist([0, 1])])),
    v.minLength(1),
    v.maxLength(MAX_DOCUMENTS),
  ),
  f: seconds,
  u: seconds,
  t: v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH)),
  h: v.nullable(v.pipe(v.string(), v.regex(HUB_ID))),
});

/** The same for the same pass, always, because it is what is signed. */
function statementOf(pass: Pass): Uint8Array {
  const wire: v.InferInput<typeof schema> = {
    k: pass.sessionKey,
    i: pass.ticketId,
    r: pass.role,
    g: pass.groupId,
    d: [...pass.documents].map(([document, writes]) => [document, writes ? 1 : 0]),
    f: pass.issuedAt / SECOND_MS,
    u: pass.expiresAt / SECOND_MS,
    t: pass.title,
    h: pass.hubId,
  };
  return utf8ToBytes(JSON.stringify(wire));
}

/** The signature of a pass, 64 bytes. Throws where the seed is another session's: a fault of ours. */
export function signPass(pass: Pass, seed: SigningSeed): Uint8Array {
  if (sessionKeyOf(seed) !== pass.sessionKey) throw new Error('The seed of another session');
  return sign(seed, concatBytes(LABEL, statementOf(pass)));
}

/** A pass and its signature as bytes: the signature, then JSON. */
export const writePass = (pass: Pass, signature: Uint8Array): Uint8Array =>
  concatBytes(signature, statementOf(pass));

/** Whether the session signed this pass. */
export const isPassSigned = (pass: Pass, signature: Uint8Array): boolean =>
  isSignedBy(pass.sessionKey, concatBytes(LABEL, statementOf(pass)), signature);

/** Whether it is valid at this moment, milliseconds since 1970. */
export function passFaultAt(
  { issuedAt, expiresAt }: Pick<Pass, 'issuedAt' | 'expiresAt'>,
  now: number,
): 'expired' | 'from-future' | null {
  if (issuedAt > now + MOST_AHEAD_MS) return 'from-future';
  return expiresAt <= now ? 'expired' : null;
}

/**
 * Reads and checks what a laptop shows.
 *
 * @param key whose signature counts.
 * @param now milliseconds since 1970.
 */
export function readPass(bytes: Uint8Array, key: SessionKey, now: number): PassResult {
  const malformed = { ok: false, reason: 'malformed' } as const;
  if (bytes.length <= SIGNATURE_BYTES || bytes.length > MAX_PASS_BYTES) return malformed;
  const statement = bytes.subarray(SIGNATURE_BYTES);
  const signed = concatBytes(LABEL, statement);
  // The signature first: what nobody of ours signed is not looked at any closer.
  if (!isSignedBy(key, signed, bytes.subarray(0, SIGNATURE_BYTES))) {
    return { ok: false, reason: 'wrong-signature' };
  }
  const wire = v.safeParse(schema, parseJson(utf8Decode(statement) ?? ''));
  if (!wire.success || wire.output.k !== key) return malformed;
  const { k, i, r, g, d, f, u, t, h } = wire.output;
  const pass: Pass = {
    sessionKey: k,
    ticketId: i,
    role: r,
    groupId: g as GroupId | null,
    documents: new Map(d.map(([document, writes]) => [document, writes === 1])),
    issuedAt: f * SECOND_MS,
    expiresAt: u * SECOND_MS,
    title: t,
    hubId: h,
  };
  const fault = passFaultAt(pass, now);
  return fault === null ? { ok: true, pass } : { ok: false, reason: fault };
}
