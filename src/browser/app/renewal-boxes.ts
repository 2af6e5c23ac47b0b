import { utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '../../core/protocol/base64url.ts';
import { nobleKeyAgreement } from '../../core/protocol/noble-key-agreement.ts';
import { openBox, sealBox } from '../../core/protocol/sealed-box.ts';
import type { KeyPair } from '../../core/protocol/secure-channel.ts';
import { encodeTicket, readTicket, type Ticket } from '../../core/protocol/ticket.ts';
import { parseJson, utf8Decode } from '../../core/protocol/utf8.ts';
import type { DeviceId, GroupId } from '../../core/session/ids.ts';
import type { EnteredLaptop } from '../../core/session/laptops.ts';
import type { Renewal } from '../../core/session/renewals.ts';
import { randomBytes } from './random.ts';
import type { SessionRecord } from './types.ts';

/** What is said of a renewal outside the plan. */
export type Renewed = Pick<Renewal, 'id' | 'groupId' | 'at'>;
/** A renewal's box for one laptop, as hubs hand it out. */
export interface HandedOut extends Renewed {
  readonly to: DeviceId;
  readonly box: string;
}

const schema = v.array(
  v.object({
    id: v.string(),
    groupId: v.nullable(v.string()),
    at: v.number(),
    to: v.string(),
    box: v.string(),
  }),
);
/** What a hub hands out fits into one frame of the relay. Bytes. */
const MAX_BYTES = 200 * 1024;
const SECOND_MS = 1_000;
const keys = nobleKeyAgreement(randomBytes);

/** Tickets count whole seconds; all in milliseconds. */
export const inSeconds = (at: number): number => Math.floor(at / SECOND_MS) * SECOND_MS;

/** A ticket that only this laptop can read, in base64url; null where it entered no key. */
export function sealTicket(to: EnteredLaptop, ticket: Ticket): string | null {
  const key = fromBase64Url(to.boxKey) ?? new Uint8Array();
  const box = sealBox(keys, key, utf8ToBytes(encodeTicket(ticket)));
  return box === null ? null : toBase64Url(box);
}

/** What is in a box for this laptop and its role; null where there is nothing for it that counts at `now`. */
export function openTicket(
  own: KeyPair,
  box: string,
  { at }: Renewed,
  { sessionId, role }: Pick<SessionRecord, 'sessionId' | 'role'>,
  now: number,
): Ticket | null {
  const opened = openBox(keys, own, fromBase64Url(box) ?? new Uint8Array());
  const word = utf8Decode(opened ?? new Uint8Array());
  const read = word === null ? null : readTicket(word, now);
  if (read?.ok !== true) return null;
  const { ticket } = read;
  // An old box that is handed out as a new one is no way back.
  const isOld = ticket.issuedAt < inSeconds(at);
  return ticket.sessionId === sessionId && ticket.role === role && !isOld ? ticket : null;
}

/** For a hub to hand out; empty where it is too much for one frame. */
export function writeBoxes(boxes: readonly HandedOut[]): Uint8Array {
  const bytes = utf8ToBytes(JSON.stringify(boxes));
  return boxes.length === 0 || bytes.length > MAX_BYTES ? new Uint8Array() : bytes;
}

/** What a hub has handed out; nothing where it makes no sense. */
export function readBoxes(bytes: Uint8Array): readonly HandedOut[] {
  const read = v.safeParse(schema, parseJson(utf8Decode(bytes) ?? ''));
  if (!read.success) return [];
  return read.output.map(({ id, groupId, at, to, box }) => ({
    id,
    groupId: groupId as GroupId | null,
    at,
    to: to as DeviceId,
    box,
  }));
}
