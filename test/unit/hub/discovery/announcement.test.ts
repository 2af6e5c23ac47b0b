import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  type Announcement,
  announcementDatagram,
  mayBeOurs,
  queryDatagram,
  readDatagram,
} from '../../../../src/hub/discovery/announcement.ts';
import { encode } from '../../../../src/hub/discovery/dns-packet-library.js';
import type { DnsRecord } from '../../../../src/hub/discovery/dns-packet-library.js';
import { isUnicastAddress } from '../../../../src/hub/discovery/unicast-address.ts';
import { forSeeds, type Random } from '../../../tools/seeded-random.ts';

const ID = 'AbCdEfGhIjKlMnOpQrStUv';
const plenary: Announcement = {
  hubId: ID,
  port: 4711,
  addresses: ['192.168.4.20', '2001:db8::7'],
  sessions: [
    { tag: 'aaaaaaaaaaaa', plenary: true },
    { tag: 'bbbb_bb-bbbb', plenary: false },
  ],
};

describe('an announcement', () => {
  it('says again what went in', () => {
    expect(readDatagram(announcementDatagram(plenary))).toEqual({
      asks: false,
      gone: [],
      heard: [
        {
          ...plenary,
          instance: `${ID.toLowerCase()}._caucus._tcp.local`,
          seconds: expect.any(Number),
        },
      ],
    });
  });

  it('F1 tells strangers no name of the laptop, and nothing but the random id and the tags', () => {
    const datagram = announcementDatagram(plenary).toString('latin1');
    expect(datagram.toLowerCase()).not.toContain(hostname().toLowerCase());
    const words = datagram.match(/[\w=,.-]{4,}/gu) ?? [];
    expect([...new Set(words)].toSorted()).toEqual(
      [
        '_caucus',
        '_tcp',
        'local',
        ID,
        `caucus-${ID}`,
        `id=${ID}`,
        's=aaaaaaaaaaaa,bbbb_bb-bbbb',
        'p=aaaaaaaaaaaa',
      ].toSorted(),
    );
  });

  it('fits into one datagram with all that it may hold', () => {
    const most: Announcement = {
      ...plenary,
      addresses: Array.from({ length: 40 }, (_, i) => `2001:db8:1111:2222:3333:4444:5555:${i}`),
      sessions: Array.from({ length: 40 }, (_, i) => ({
        tag: String(i).padStart(12, 'x'),
        plenary: true,
      })),
    };
    const datagram = announcementDatagram(most);
    expect(datagram.length).toBeLessThan(2048);
    const [heard] = readDatagram(datagram)?.heard ?? [];
    expect([heard?.addresses.length, heard?.sessions.length]).toEqual([16, 16]);
  });

  it('that is a goodbye names only who goes', () => {
    expect(readDatagram(announcementDatagram(plenary, 'goodbye'))).toEqual({
      asks: false,
      heard: [],
      gone: [`${ID.toLowerCase()}._caucus._tcp.local`],
    });
  });
});

describe('a question', () => {
  it('is told from an answer', () => {
    expect(readDatagram(queryDatagram())).toEqual({ asks: true, heard: [], gone: [] });
  });

  it('for something else is none of ours', () => {
    const other = encode({
      type: 'query',
      questions: [{ name: '_airplay._tcp.local', type: 'PTR' }],
    });
    expect(mayBeOurs(other)).toBe(false);
    expect(readDatagram(other)).toBeNull();
  });
});

const SERVICE = '_caucus._tcp.local';
const INSTANCE = `x.${SERVICE}`;
/** A whole announcement, with some of its records in another form. */
function said({
  port = 4711,
  address = '192.168.4.20',
  texts = ['v=1', `id=${ID}`, 's=aaaaaaaaaaaa', 'p='],
  ttl = 60,
}): Buffer {
  const answers: DnsRecord[] = [
    { name: SERVICE, type: 'PTR', ttl, data: INSTANCE },
    { name: INSTANCE, type: 'SRV', ttl, data: { port, target: 'h.local' } },
    { name: INSTANCE, type: 'TXT', ttl, data: texts },
    { name: 'h.local', type: address.includes(':') ? 'AAAA' : 'A', ttl, data: address },
  ];
  return encode({ type: 'response', answers });
}

describe('what the network says', () => {
  it('is believed in this form', () => {
    expect(readDatagram(said({}))?.heard).toHaveLength(1);
    expect(readDatagram(said({ address: '169.254.7.7' }))?.heard).toHaveLength(1);
    expect(readDatagram(said({ address: 'fd00::7' }))?.heard).toHaveLength(1);
    // A later version may say more of itself.
    const more = ['v=1', 'x=y', `id=${ID}`, 's=aaaaaaaaaaaa', 'p=', 'more'];
    expect(readDatagram(said({ texts: more }))?.heard).toHaveLength(1);
    expect(readDatagram(said({ ttl: 4_000_000 }))?.heard[0]?.seconds).toBeLessThan(300);
  });

  it.each([
    ['another version', { texts: ['v=2', `id=${ID}`, 's=aaaaaaaaaaaa', 'p='] }],
    ['no version', { texts: [`id=${ID}`, 's=aaaaaaaaaaaa', 'p='] }],
    ['no id', { texts: ['v=1', 's=aaaaaaaaaaaa', 'p='] }],
    ['a short id', { texts: ['v=1', 'id=abc', 's=aaaaaaaaaaaa', 'p='] }],
    ['a tag too long', { texts: ['v=1', `id=${ID}`, 's=aaaaaaaaaaaaa', 'p='] }],
    ['a tag with a slash', { texts: ['v=1', `id=${ID}`, 's=aaaaaaa/aaaa', 'p='] }],
    [
      'seventeen tags',
      { texts: ['v=1', `id=${ID}`, `s=${Array(17).fill('aaaaaaaaaaaa').join()}`] },
    ],
    ['a list for a prototype', { texts: ['v=1', `id=${ID}`, '__proto__=x', 'constructor=x'] }],
    ['port 0', { port: 0 }],
    ['its own loopback', { address: '127.0.0.1' }],
    ['this host', { address: '0.0.0.0' }],
    ['a multicast group', { address: '224.0.0.251' }],
    ['everyone', { address: '255.255.255.255' }],
    ['::1', { address: '::1' }],
    ['an address that needs a zone', { address: 'fe80::1' }],
    ['a group of IPv6', { address: 'ff02::fb' }],
    ['an IPv4 address in IPv6', { address: '::ffff:7f00:1' }],
  ])('is not believed with %s', (_what, change) => {
    expect(readDatagram(said(change))?.heard).toEqual([]);
  });

  it('takes a plenary laptop only for sessions that it has', () => {
    const texts = ['v=1', `id=${ID}`, 's=aaaaaaaaaaaa', 'p=cccccccccccc'];
    expect(readDatagram(said({ texts }))?.heard[0]?.sessions).toEqual([
      { tag: 'aaaaaaaaaaaa', plenary: false },
    ]);
  });

  it('is not read where it is larger than any of ours', () => {
    expect(readDatagram(Buffer.concat([said({}), Buffer.alloc(100)]))).not.toBeNull();
    expect(readDatagram(Buffer.concat([said({}), Buffer.alloc(2_000)]))).toBeNull();
  });

  it('takes no time to read, whatever it is made of', () => {
    // As many records as fit, each a pointer to the same name: with bonjour-service 1.4.4, 60 KB of
    // this held the whole process up for 9.6 s.
    const name = Buffer.from('\u0007_caucus\u0004_tcp\u0005local\0', 'latin1');
    const head = Buffer.from([0, 0, 0x84, 0, 0, 0, 1, 30, 0, 0, 0, 0]);
    const pointer = Buffer.from([0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 120, 0, 2, 0xc0, 12]);
    const count = 142;
    const records = Array.from({ length: count }, () => pointer);
    const first = Buffer.concat([name, pointer.subarray(2)]);
    const datagram = Buffer.concat([head, first, ...records]);
    datagram.writeUInt16BE(count + 1, 6);
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now();
      expect(readDatagram(datagram)).not.toBeNull();
      return performance.now() - began;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('is read without harm in 2,000 mangled forms', () => {
    const originals = [
      announcementDatagram(plenary),
      announcementDatagram(plenary, 'goodbye'),
      queryDatagram(),
      said({}),
    ];
    let understood = 0;
    forSeeds(2_000, (random) => {
      const datagram = mangled(random.pick(originals) ?? Buffer.alloc(0), random);
      const message = readDatagram(datagram);
      if (message === null) return;
      understood += 1;
      for (const { hubId, port, addresses, sessions, seconds } of message.heard) {
        expect(hubId).toMatch(/^[\w-]{22}$/u);
        expect(port).toBeGreaterThan(0);
        expect(port).toBeLessThan(65_536);
        expect(addresses.every(isUnicastAddress)).toBe(true);
        expect(addresses.length).toBeLessThanOrEqual(16);
        expect(sessions.every(({ tag }) => /^[\w-]{12}$/u.test(tag))).toBe(true);
        expect(sessions.length).toBeLessThanOrEqual(16);
        expect(seconds).toBeGreaterThan(0);
      }
    });
    expect(understood).toBeGreaterThan(200);
  });
});

/** Bytes changed, cut, doubled or put in; sometimes all is noise. */
function mangled(original: Buffer, random: Random): Buffer {
  if (random.chance(0.05)) {
    return Buffer.from(Array.from({ length: random.below(600) }, () => random.below(256)));
  }
  let bytes = Buffer.from(original);
  const times = 1 + random.below(4);
  for (let time = 0; time < times; time += 1) {
    const at = random.below(bytes.length);
    const change = random.below(4);
    if (change === 0) bytes[at] = random.below(256);
    else if (change === 1) bytes = bytes.subarray(0, Math.max(12, at));
    else if (change === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at / 2)]);
    // The places of counts, lengths and times to live.
    else bytes.writeUInt16BE(random.below(65_536), Math.min(at, bytes.length - 2));
  }
  return bytes;
}
