import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import type { GroupId, SessionId } from '../session/ids.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { documentIdOf, type DocumentSecret, isDocumentSecret, mayWrite } from './document-key.ts';
import {
  isPassSigned,
  MAX_TITLE_LENGTH,
  type Pass,
  passFaultAt,
  signPass,
  writePass,
} from './pass.ts';
import { type Role, roles } from './role.ts';
import {
  isSessionKey,
  isSigningSeed,
  type SessionKey,
  sessionIdOf,
  sessionKeyOf,
  type SigningSeed,
} from './session-key.ts';
import { parseJson, utf8Decode } from './utf8.ts';

export { type Role, roles } from './role.ts';

/** What a laptop needs to take part: which documents it may open and where the plenary laptop is. */
export interface Ticket {
  readonly sessionId: SessionId;
  readonly sessionKey: SessionKey;
  readonly ticketId: string;
  readonly title: string;
  readonly role: Role;
  /** The group of a facilitator; null for the other roles. */
  readonly groupId: GroupId | null;
  readonly plan: DocumentSecret;
  /** The report's; null for facilitators, and where an older Caucus made the ticket. */
  readonly report: DocumentSecret | null;
  /** The groups' documents that this ticket opens. */
  readonly groups: ReadonlyMap<GroupId, DocumentSecret>;
  /**
   * WebSocket base addresses of the plenary laptop, e.g. "ws://192.168.4.20:4711". Where to look, and
   * no more, so they are not signed: who answers there has to show that it is the one.
   */
  readonly addresses: readonly string[];
  /** Which hub is the plenary laptop's: the fingerprint of its key. */
  readonly hubId: string | null;
  /** With which a moderator lets others in; null for the other roles. */
  readonly signingSeed: SigningSeed | null;
  /** Milliseconds since 1970, whole seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** By the session's key, over what `passOf` says; 64 bytes in base64url. */
  readonly signature: string;
}

export type TicketFault =
  /** Not one of our tickets at all. */
  | 'not-a-ticket'
  /** Cut off or changed on the way. */
  | 'incomplete'
  /** Made by a newer Caucus. */
  | 'newer-version'
  /** Whole, but not made by a moderator of this session. */
  | 'wrong-signature'
  | 'expired'
  /** By this laptop's clock, which is then wrong. */
  | 'from-future';
export type TicketResult =
  | { readonly ok: true; readonly ticket: Ticket }
  | { readonly ok: false; readonly reason: TicketFault };

const VERSION = 3;
/** Knew nothing of a report of its own. */
const OLDEST_VERSION = 2;
const CHECK_BYTES = 6;
const MAX_TICKET_LENGTH = 64 * 1024;
const SECOND_MS = 1_000;
/** A workshop with its report is over by then. */
export const TICKET_LIFE_MS = 30 * 24 * 60 * 60 * SECOND_MS;

const secret = v.custom<DocumentSecret>(isDocumentSecret);
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(8.64e12));
/** Short keys, because a ticket also has to fit into a QR code. */
const wireSchema = v.object({
  k: v.custom<SessionKey>(isSessionKey),
  i: id,
  t: v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH)),
  r: v.picklist(roles),
  g: v.nullable(id),
  p: secret,
  e: v.optional(secret),
  d: v.pipe(v.array(v.tuple([id, secret])), v.maxLength(100)),
  a: v.pipe(v.array(v.pipe(v.string(), v.regex(/^wss?:\/\/[^\s/]+$/u))), v.maxLength(32)),
  h: v.nullable(v.pipe(v.string(), v.regex(/^[\w-]{22}$/u))),
  m: v.optional(v.custom<SigningSeed>(isSigningSeed)),
  f: seconds,
  u: seconds,
  z: v.pipe(v.string(), v.length(86)),
});

/** What every ticket of the versions that are read begins with. */
const STARTS = [OLDEST_VERSION, VERSION].map((version) =>
  toBase64Url(concatBytes(Uint8Array.of(version), utf8ToBytes('{"'))),
);

/** What its holder shows to hubs: which documents it opens, without what opens them. */
export const passOf = (ticket: Omit<Ticket, 'signature'>): Pass => ({
  sessionKey: ticket.sessionKey,
  ticketId: ticket.ticketId,
  role: ticket.role,
  groupId: ticket.groupId,
  documents: new Map(
    [
      ticket.plan,
      ...(ticket.report === null ? [] : [ticket.report]),
      ...ticket.groups.values(),
    ].map((one) => [documentIdOf(one), mayWrite(one)]),
  ),
  issuedAt: ticket.issuedAt,
  expiresAt: ticket.expiresAt,
  title: ticket.title,
  hubId: ticket.hubId,
});

/** The pass as its holder shows it: bytes, signature and all. */
export const passBytesOf = (ticket: Ticket): Uint8Array =>
  writePass(passOf(ticket), fromBase64Url(ticket.signature) ?? new Uint8Array());

/** What a ticket is made from; the rest follows from the seed and the time. */
export type TicketInput = Pick<
  Ticket,
  'ticketId' | 'title' | 'role' | 'groupId' | 'plan' | 'groups' | 'addresses' | 'hubId'
> & {
  /** Left out where the ticket does not open the report. */
  readonly report?: DocumentSecret;
};

/**
 * A ticket that counts from now on, signed.
 *
 * @param now milliseconds since 1970.
 */
export function issueTicket(input: TicketInput, seed: SigningSeed, now: number): Ticket {
  const sessionKey = sessionKeyOf(seed);
  const issuedAt = Math.floor(now / SECOND_MS) * SECOND_MS;
  const unsigned = {
    ...input,
    report: input.report ?? null,
    title: input.title.slice(0, MAX_TITLE_LENGTH),
    sessionId: sessionIdOf(sessionKey),
    sessionKey,
    signingSeed: input.role === 'moderator' ? seed : null,
    issuedAt,
    expiresAt: issuedAt + TICKET_LIFE_MS,
  };
  return { ...unsigned, signature: toBase64Url(signPass(passOf(unsigned), seed)) };
}

/**
 * The ticket as one word: base64url of version, JSON and checksum. It contains secrets. Later
 * versions keep the first byte and the checksum, so that damage is told from a newer Caucus.
 */
export function encodeTicket(ticket: Ticket): string {
  const wire: v.InferInput<typeof wireSchema> = {
    k: ticket.sessionKey,
    i: ticket.ticketId,
    t: ticket.title,
    r: ticket.role,
    g: ticket.groupId,
    p: ticket.plan,
    ...(ticket.report !== null && { e: ticket.report }),
    d: [...ticket.groups],
    a: [...ticket.addresses],
    h: ticket.hubId,
    ...(ticket.signingSeed !== null && { m: ticket.signingSeed }),
    f: ticket.issuedAt / SECOND_MS,
    u: ticket.expiresAt / SECOND_MS,
    z: ticket.signature,
  };
  const body = concatBytes(Uint8Array.of(VERSION), utf8ToBytes(JSON.stringify(wire)));
  return toBase64Url(concatBytes(body, sha256(body).subarray(0, CHECK_BYTES)));
}

/** A link that opens Caucus with the ticket; secrets only behind the #, which no server ever sees. */
export const ticketLink = (ticket: Ticket): string => `caucus://join#${encodeTicket(ticket)}`;

/**
 * Reads a ticket from what a person pasted, opened or clicked: the bare word, a `caucus://` link,
 * or a link to their own Caucus with `#join=`; spaces and line breaks that mail programs add are
 * ignored. What it says is checked without a network: that a moderator of the session made it, for
 * these documents, and that it still counts.
 *
 * @param now milliseconds since 1970.
 */
export function readTicket(pasted: string, now: number): TicketResult {
  if (pasted.length > MAX_TICKET_LENGTH) return { ok: false, reason: 'not-a-ticket' };
  const word = pasted.replaceAll(/\s/gu, '').replace(/^.*#(?:join=)?/u, '');
  const bytes = fromBase64Url(word) ?? new Uint8Array();
  const body = bytes.subarray(0, -CHECK_BYTES);
  const check = bytes.subarray(-CHECK_BYTES);
  if (toBase64Url(sha256(body).subarray(0, CHECK_BYTES)) !== toBase64Url(check)) {
    const ours = pasted.includes('#') || STARTS.some((start) => word.startsWith(start));
    return { ok: false, reason: ours ? 'incomplete' : 'not-a-ticket' };
  }
  const version = body[0] ?? 0;
  if (version > VERSION && version < 16) return { ok: false, reason: 'newer-version' };
  if (version < OLDEST_VERSION || version > VERSION) return { ok: false, reason: 'not-a-ticket' };
  const wire = v.safeParse(wireSchema, parseJson(utf8Decode(body.subarray(1)) ?? ''));
  return wire.success ? checked(wire.output, now) : { ok: false, reason: 'not-a-ticket' };
}

function checked(wire: v.InferOutput<typeof wireSchema>, now: number): TicketResult {
  const { k, i, t, r, g, p, e, d, a, h, m, f, u, z } = wire;
  const groups = new Map(d.map(([groupId, key]) => [groupId as GroupId, key]));
  if (r === 'facilitator' && (g === null || !groups.has(g as GroupId))) {
    return { ok: false, reason: 'not-a-ticket' };
  }
  const ticket: Ticket = {
    sessionId: sessionIdOf(k),
    sessionKey: k,
    ticketId: i,
    title: t,
    role: r,
    groupId: r === 'facilitator' ? (g as GroupId) : null,
    plan: p,
    report: e ?? null,
    groups,
    addresses: a,
    hubId: h,
    signingSeed: m !== undefined && sessionKeyOf(m) === k ? m : null,
    issuedAt: f * SECOND_MS,
    expiresAt: u * SECOND_MS,
    signature: z,
  };
  if (!isPassSigned(passOf(ticket), fromBase64Url(z) ?? new Uint8Array())) {
    return { ok: false, reason: 'wrong-signature' };
  }
  const fault = passFaultAt(ticket, now);
  return fault === null ? { ok: true, ticket } : { ok: false, reason: fault };
}
