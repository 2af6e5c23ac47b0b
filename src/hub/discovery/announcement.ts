import * as v from 'valibot';
import type { AnnouncedSession } from '../../core/protocol/machine.ts';
import { MAX_ANNOUNCED_SESSIONS } from '../../core/protocol/machine.ts';
import { sessionTagPattern } from '../../core/protocol/session-tag.ts';
import { decode, encode } from './dns-packet-library.js';
import type { DnsRecord } from './dns-packet-library.js';
import { isUnicastAddress } from './unicast-address.ts';

/**
 * What a hub says of itself, as DNS-SD (RFC 6763) over multicast DNS (RFC 6762): a service of the type
 * `_caucus._tcp`, whose TXT record holds v=1, id=<hub id>, s=<tags> and p=<tags for which it is the
 * plenary laptop>. Names are made of the random hub id: neither the laptop's name nor a session's title
 * goes out.
 */
export interface Announcement {
  readonly hubId: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly sessions: readonly AnnouncedSession[];
}

export interface Heard extends Announcement {
  /** The service's name on the network, in lower case: what a goodbye names. */
  readonly instance: string;
  /** How long it holds unless it is said again. */
  readonly seconds: number;
}

/** What a datagram comes to. */
export interface Message {
  /** Whether it asks who is there. */
  readonly asks: boolean;
  readonly heard: readonly Heard[];
  /** The names of services that say goodbye. */
  readonly gone: readonly string[];
}

const SERVICE = '_caucus._tcp.local';
/** As it stands in every datagram of ours: at least once, names are written out. */
const SERVICE_LABEL = Buffer.from('\u0007_caucus\u0004_tcp\u0005local', 'latin1');
const AUTHORITATIVE_ANSWER = 1 << 10;

/** Longer than three queries in a row may be lost, short enough for a laptop that was shut without a word. */
const TTL_SECONDS = 60;
const MAX_TTL_SECONDS = 120;

/** More than ours ever have. What is larger is not from Caucus, and not worth the time to read it. */
const MAX_DATAGRAM_BYTES = 2048;
const MAX_ADDRESSES = 16;

/** Asks who is there. */
export const queryDatagram = (): Buffer =>
  encode({ type: 'query', questions: [{ name: SERVICE, type: 'PTR' }] });

/** @param how 'goodbye' for one that is true no longer. */
export function announcementDatagram(
  { hubId, port, addresses, sessions }: Announcement,
  how: 'here' | 'goodbye' = 'here',
): Buffer {
  const instance = `${hubId}.${SERVICE}`;
  const host = `caucus-${hubId}.local`;
  const ttl = how === 'here' ? TTL_SECONDS : 0;
  const named = sessions.slice(0, MAX_ANNOUNCED_SESSIONS);
  const tags = (which: readonly AnnouncedSession[]): string =>
    which.map(({ tag }) => tag).join(',');
  const texts = [
    'v=1',
    `id=${hubId}`,
    `s=${tags(named)}`,
    `p=${tags(named.filter(({ plenary }) => plenary))}`,
  ];
  const answers: DnsRecord[] = [
    { name: SERVICE, type: 'PTR', ttl, data: instance },
    { name: instance, type: 'SRV', ttl, flush: true, data: { port, target: host } },
    { name: instance, type: 'TXT', ttl, flush: true, data: texts },
    ...addresses
      .filter(isUnicastAddress)
      .slice(0, MAX_ADDRESSES)
      .map((address): DnsRecord => ({
        name: host,
        type: address.includes(':') ? 'AAAA' : 'A',
        ttl,
        flush: true,
        data: address,
      })),
  ];
  return encode({ type: 'response', flags: AUTHORITATIVE_ANSWER, answers });
}

const common = { name: v.string(), ttl: v.number() };
const record = v.variant('type', [
  v.object({ ...common, type: v.literal('PTR'), data: v.string() }),
  v.object({ ...common, type: v.picklist(['A', 'AAAA']), data: v.string() }),
  v.object({ ...common, type: v.literal('TXT'), data: v.array(v.instance(Buffer)) }),
  v.object({
    ...common,
    type: v.literal('SRV'),
    data: v.object({
      port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
      target: v.string(),
    }),
  }),
]);
type ReadRecord = v.InferOutput<typeof record>;

const packet = v.object({
  type: v.picklist(['query', 'response']),
  questions: v.array(v.object({ name: v.string(), type: v.string() })),
  answers: v.array(v.unknown()),
  additionals: v.array(v.unknown()),
});

const tagList = v.pipe(
  v.string(),
  v.transform((text) => (text === '' ? [] : text.split(','))),
  v.array(v.pipe(v.string(), v.regex(sessionTagPattern))),
  v.maxLength(MAX_ANNOUNCED_SESSIONS),
);
const details = v.object({
  v: v.literal('1'),
  id: v.pipe(v.string(), v.regex(/^[\w-]{22}$/u)),
  s: tagList,
  p: v.optional(tagList, ''),
});

/** A quick look: most of what a conference's network multicasts ends here, unread. */
export const mayBeOurs = (bytes: Buffer): boolean =>
  bytes.length <= MAX_DATAGRAM_BYTES && bytes.includes(SERVICE_LABEL);

/**
 * Reads what arrived from the network: whatever it is, it takes a time in proportion to its length
 * and throws nothing. Null where it is nothing of ours.
 */
export function readDatagram(bytes: Buffer): Message | null {
  if (!mayBeOurs(bytes)) return null;
  const read = v.safeParse(packet, decoded(bytes));
  if (!read.success) return null;
  const { type, questions, answers, additionals } = read.output;
  if (type === 'query') {
    const asks = questions.some(
      ({ name, type }) => name === SERVICE && (type === 'PTR' || type === 'ANY'),
    );
    return { asks, heard: [], gone: [] };
  }
  return { asks: false, ...readRecords([...answers, ...additionals].flatMap(readRecord)) };
}

function decoded(bytes: Buffer): unknown {
  try {
    return decode(bytes);
  } catch (error) {
    // The library throws on everything that it cannot read, and has no class of its own for it.
    if (error instanceof Error) return null;
    throw error;
  }
}

function readRecord(value: unknown): readonly ReadRecord[] {
  const read = v.safeParse(record, value);
  return read.success ? [read.output] : [];
}

function readRecords(records: readonly ReadRecord[]): Pick<Message, 'heard' | 'gone'> {
  const services = new Map<string, number>();
  const places = new Map<string, { readonly port: number; readonly target: string }>();
  const texts = new Map<string, readonly Buffer[]>();
  const hosts = new Map<string, string[]>();
  for (const record of records) {
    const name = record.name.toLowerCase();
    if (record.type === 'PTR') {
      if (name === SERVICE) services.set(record.data.toLowerCase(), record.ttl);
    } else if (record.type === 'SRV') places.set(name, record.data);
    else if (record.type === 'TXT') texts.set(name, record.data);
    else if (isUnicastAddress(record.data)) {
      const known = hosts.get(name) ?? [];
      if (known.length < MAX_ADDRESSES) hosts.set(name, [...known, record.data]);
    }
  }

  const heard: Heard[] = [];
  const gone: string[] = [];
  for (const [instance, ttl] of services) {
    if (ttl === 0) {
      gone.push(instance);
      continue;
    }
    const place = places.get(instance);
    const addresses = place && hosts.get(place.target.toLowerCase());
    const said = v.safeParse(details, textsOf(texts.get(instance) ?? []));
    if (place === undefined || addresses === undefined || !said.success) continue;
    const { id, s, p } = said.output;
    heard.push({
      instance,
      hubId: id,
      port: place.port,
      addresses: [...new Set(addresses)],
      sessions: [...new Set(s)].map((tag) => ({ tag, plenary: p.includes(tag) })),
      seconds: Math.min(ttl, MAX_TTL_SECONDS),
    });
  }
  return { heard, gone };
}

/** Texts like "id=abc" by their key; of several the first counts (RFC 6763, 6.4). */
function textsOf(texts: readonly Buffer[]): Readonly<Record<string, string>> {
  const pairs = texts.slice(0, 16).flatMap((text) => {
    const [, key, value] = /^([a-z]+)=([\w,-]*)$/u.exec(text.toString('latin1')) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(pairs.toReversed());
}
