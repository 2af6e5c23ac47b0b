import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import type { GroupId, SessionId } from '../session/ids.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { type DocumentSecret, isDocumentSecret } from './document-key.ts';
import { parseJson, utf8Decode } from './utf8.ts';

export const roles = ['moderator', 'facilitator', 'rapporteur'] as const;
export type Role = (typeof roles)[number];

/** What a laptop needs to take part: which documents it may open and where the plenary laptop is. */
export interface Ticket {
  readonly sessionId: SessionId;
  readonly title: string;
  readonly role: Role;
  /** The group of a facilitator; null for the other roles. */
  readonly groupId: GroupId | null;
  readonly plan: DocumentSecret;
  /** The groups' documents that this ticket opens. */
  readonly groups: ReadonlyMap<GroupId, DocumentSecret>;
  /** WebSocket base addresses of the plenary laptop, e.g. "ws://192.168.4.20:4711". */
  readonly addresses: readonly string[];
}

export type TicketFault =
  /** Not one of our tickets at all. */
  | 'not-a-ticket'
  /** Cut off or changed on the way. */
  | 'incomplete'
  /** Made by a newer Caucus. */
  | 'newer-version';
export type TicketResult =
  | { readonly ok: true; readonly ticket: Ticket }
  | { readonly ok: false; readonly reason: TicketFault };

const VERSION = 1;
const CHECK_BYTES = 6;
const MAX_TICKET_LENGTH = 64 * 1024;

const secret = v.custom<DocumentSecret>(isDocumentSecret);
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
/** Short keys, because a ticket also has to fit into a QR code. */
const wireSchema = v.object({
  s: id,
  t: v.pipe(v.string(), v.maxLength(300)),
  r: v.picklist(roles),
  g: v.nullable(id),
  p: secret,
  d: v.pipe(v.array(v.tuple([id, secret])), v.maxLength(100)),
  a: v.pipe(v.array(v.pipe(v.string(), v.regex(/^wss?:\/\/[^\s/]+$/u))), v.maxLength(32)),
});

/** What every ticket of this version begins with. */
const START = toBase64Url(concatBytes(Uint8Array.of(VERSION), utf8ToBytes('{"')));

/**
 * The ticket as one word: base64url of version, JSON and checksum. It contains secrets. Later
 * versions keep the first byte and the checksum, so that damage is told from a newer Caucus.
 */
export function encodeTicket(ticket: Ticket): string {
  const wire: v.InferInput<typeof wireSchema> = {
    s: ticket.sessionId,
    t: ticket.title,
    r: ticket.role,
    g: ticket.groupId,
    p: ticket.plan,
    d: [...ticket.groups],
    a: [...ticket.addresses],
  };
  const body = concatBytes(Uint8Array.of(VERSION), utf8ToBytes(JSON.stringify(wire)));
  return toBase64Url(concatBytes(body, sha256(body).subarray(0, CHECK_BYTES)));
}

/** A link that opens Caucus with the ticket; secrets only behind the #, which no server ever sees. */
export const ticketLink = (ticket: Ticket): string => `caucus://join#${encodeTicket(ticket)}`;

/**
 * Reads a ticket from what a person pasted, opened or clicked: the bare word, a `caucus://` link,
 * or a link to their own Caucus with `#join=`; spaces and line breaks that mail programs add are
 * ignored.
 */
export function readTicket(pasted: string): TicketResult {
  if (pasted.length > MAX_TICKET_LENGTH) return { ok: false, reason: 'not-a-ticket' };
  const word = pasted.replaceAll(/\s/gu, '').replace(/^.*#(?:join=)?/u, '');
  const bytes = fromBase64Url(word) ?? new Uint8Array();
  const body = bytes.subarray(0, -CHECK_BYTES);
  const check = bytes.subarray(-CHECK_BYTES);
  if (toBase64Url(sha256(body).subarray(0, CHECK_BYTES)) !== toBase64Url(check)) {
    const ours = pasted.includes('#') || word.startsWith(START);
    return { ok: false, reason: ours ? 'incomplete' : 'not-a-ticket' };
  }
  const version = body[0] ?? 0;
  if (version > VERSION && version < 16) return { ok: false, reason: 'newer-version' };
  if (version !== VERSION) return { ok: false, reason: 'not-a-ticket' };
  const wire = v.safeParse(wireSchema, parseJson(utf8Decode(body.subarray(1)) ?? ''));
  if (!wire.success) return { ok: false, reason: 'not-a-ticket' };
  const { s, t, r, g, p, d, a } = wire.output;
  const groups = new Map(d.map(([groupId, key]) => [groupId as GroupId, key]));
  if (r === 'facilitator' && (g === null || !groups.has(g as GroupId))) {
    return { ok: false, reason: 'not-a-ticket' };
  }
  return {
    ok: true,
    ticket: {
      sessionId: s as SessionId,
      title: t,
      role: r,
      groupId: r === 'facilitator' ? (g as GroupId) : null,
      plan: p,
      groups,
      addresses: a,
    },
  };
}
