import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type DocumentSecret, documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import {
  encodeTicket,
  readTicket,
  roles,
  type Ticket,
  ticketLink,
} from '../../../src/core/protocol/ticket.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import { firstSeed, forSeeds } from '../../tools/seeded-random.ts';

const secretOf = (number: number): DocumentSecret =>
  documentKeyFrom(Uint8Array.from({ length: 32 }, (_, index) => (number * 31 + index * 7) % 256))
    .secret;
const groupsOf = (count: number): Ticket['groups'] =>
  new Map(Array.from({ length: count }, (_, n) => [`group-${n}` as GroupId, secretOf(n + 1)]));

const facilitator: Ticket = {
  sessionId: 'session-1' as SessionId,
  title: 'Security by design',
  role: 'facilitator',
  groupId: 'group-0' as GroupId,
  plan: secretOf(0),
  groups: groupsOf(1),
  addresses: ['ws://192.168.4.20:4711'],
};
const moderator: Ticket = { ...facilitator, role: 'moderator', groupId: null, groups: groupsOf(4) };

const word = encodeTicket(facilitator);
const refusedFor = (reason: string) => ({ ok: false, reason });
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A word with a correct checksum around anything, as somebody might make one by hand. */
function forged(body: string | Uint8Array, version = 1): string {
  const bytes = Buffer.concat([Buffer.of(version), Buffer.from(body)]);
  const check = createHash('sha256').update(bytes).digest().subarray(0, 6);
  return Buffer.concat([bytes, check]).toString('base64url');
}
const wire = {
  s: 'session-1',
  t: 'Title',
  r: 'facilitator',
  g: 'group-0',
  p: secretOf(0),
  d: [['group-0', secretOf(1)]],
  a: ['ws://192.168.4.20:4711'],
};
const forgedWire = (change: Readonly<Record<string, unknown>>): string =>
  forged(JSON.stringify({ ...wire, ...change }));

describe('a ticket', () => {
  it.each<[string, Ticket]>([
    ['of a facilitator', facilitator],
    ['of a moderator', moderator],
    ['of a rapporteur', { ...moderator, role: 'rapporteur' }],
    ['without addresses', { ...facilitator, addresses: [] }],
    ['with IPv6 and TLS', { ...facilitator, addresses: ['wss://[fe80::1]:4711', 'wss://a.test'] }],
    ['with a title in other scripts', { ...facilitator, title: 'الأمن 设计 👩‍👩‍👧' }],
    ['with an empty title', { ...facilitator, title: '' }],
    ['of 40 groups', { ...moderator, groups: groupsOf(40) }],
  ])('%s comes back as it went', (_which, ticket) => {
    expect(readTicket(encodeTicket(ticket))).toEqual({ ok: true, ticket });
    expect(readTicket(ticketLink(ticket))).toEqual({ ok: true, ticket });
  });

  it('is the same as ever: a word from the first version', () => {
    expect(forged(JSON.stringify(wire))).toBe(encodeTicket({ ...facilitator, title: 'Title' }));
  });

  it('A1: carries its secrets only behind the #, where no server sees them', () => {
    const [shown, hidden] = ticketLink(facilitator).split('#');
    expect(shown).toBe('caucus://join');
    expect(hidden).toBe(word);
  });

  it.each([
    ['a bare word', word],
    ['a link', `caucus://join#${word}`],
    ['a link with a slash', `caucus://join/#${word}`],
    ["a link to one's own Caucus", `http://localhost:4710/#join=${word}`],
    ['blanks around it', `  \n${word}\t\r\n`],
    ['lines of 76 characters', (word.match(/.{1,76}/gu) ?? []).join('\r\n')],
    ['a link broken into lines', (`caucus://join#${word}`.match(/.{1,20}/gu) ?? []).join('\n  ')],
    ['no-break spaces and a byte order mark', `\ufeff${word.slice(0, 30)}\u00a0${word.slice(30)}`],
  ])('is read from %s', (_what, pasted) => {
    expect(readTicket(pasted)).toEqual({ ok: true, ticket: facilitator });
  });
});

describe('a damaged ticket', () => {
  it('is refused wherever it was cut off', () => {
    for (let length = 0; length < word.length; length += 1) {
      expect(readTicket(word.slice(0, length)).ok).toBe(false);
      const link = `caucus://join#${word.slice(0, length)}`;
      expect(readTicket(link)).toEqual(refusedFor('incomplete'));
      expect(readTicket(word.slice(length + 1)).ok).toBe(false);
    }
  });

  it('is refused whichever single character was changed, and into whatever', () => {
    for (let at = 0; at < word.length; at += 1) {
      for (const character of `${alphabet}#= é`) {
        if (character === word[at]) continue;
        const changed = word.slice(0, at) + character + word.slice(at + 1);
        const { ok } = readTicket(changed);
        if (ok) throw new Error(`Character ${at} changed to ${character} was taken`);
      }
    }
  });

  it('is called incomplete where it can still be told to be one of ours', () => {
    expect(readTicket(word.slice(0, -4))).toEqual(refusedFor('incomplete'));
    expect(readTicket('caucus://join#')).toEqual(refusedFor('incomplete'));
    expect(readTicket(`caucus://join#${word}.`)).toEqual(refusedFor('incomplete'));
    // Damage to the version must not send people looking for a newer Caucus.
    expect(readTicket(`caucus://join#AR${word.slice(2)}`)).toEqual(refusedFor('incomplete'));
    expect(readTicket(`caucus://join#Ag${word.slice(2)}`)).toEqual(refusedFor('incomplete'));
  });
});

describe('what is not a ticket', () => {
  it.each(['', ' ', 'hello', 'Dear all', 'Dear', 'CAFE', 'https://example.org/', '字', 'AA', '\0'])(
    '%j',
    (pasted) => {
      expect(readTicket(pasted)).toEqual(refusedFor('not-a-ticket'));
    },
  );

  it('is anything too long, at once', () => {
    expect(readTicket('A'.repeat(64 * 1024 + 1))).toEqual(refusedFor('not-a-ticket'));
    expect(readTicket('#'.repeat(50_000_000))).toEqual(refusedFor('not-a-ticket'));
    expect(readTicket(encodeTicket({ ...moderator, groups: groupsOf(10_000) }))).toEqual(
      refusedFor('not-a-ticket'),
    );
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a facilitator without a group', { g: null }],
    ['a facilitator whose group it does not open', { g: 'group-1' }],
    ['a facilitator who may open nothing', { d: [] }],
    ['an unknown role', { r: 'owner' }],
    ['a role from the prototype', { r: 'toString' }],
    ['no session', { s: '' }],
    ['a session id that is too long', { s: 'x'.repeat(65) }],
    ['a title that is too long', { t: 'x'.repeat(301) }],
    ['a title that is no text', { t: 7 }],
    ['a plan without a secret', { p: null }],
    ['a secret of 31 bytes', { p: 'A'.repeat(42) }],
    ['a group without a secret', { d: [['group-0']] }],
    ['a group that is no pair', { d: ['group-0'] }],
    ['101 groups', { d: [...groupsOf(101)] }],
    ['33 addresses', { a: Array.from({ length: 33 }, () => 'ws://10.0.0.1:4711') }],
    ['an address that is no socket', { a: ['http://192.168.4.20:4711'] }],
    ['an address that is a script', { a: ['javascript:alert(1)'] }],
    ['an address with a path', { a: ['ws://192.168.4.20:4711/x'] }],
    ['an address with a line break', { a: ['ws://192.168.4.20\n'] }],
    ['no addresses at all', { a: undefined }],
  ])('is one, though its checksum is right, with %s', (_what, change) => {
    expect(readTicket(forgedWire(change))).toEqual(refusedFor('not-a-ticket'));
  });

  it.each<[string, string | Uint8Array]>([
    ['nothing in it', ''],
    ['a text', '"caucus"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['half a JSON text', '{"s":"x'],
    ['40,000 brackets', '['.repeat(40_000)],
    ['20,000 lists in lists', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['7,000 objects in objects', '{"s":'.repeat(7_000) + '1' + '}'.repeat(7_000)],
    ['a prototype', '{"__proto__":{"s":"x"}}'],
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe, 0xc0, 0x80)],
    ['half an emoji', Uint8Array.of(0xf0, 0x9f, 0x98)],
  ])('is one, though its checksum is right, with %s', (_what, body) => {
    expect(readTicket(forged(body))).toEqual(refusedFor('not-a-ticket'));
  });
});

describe('a ticket of another version', () => {
  it.each([2, 3, 15])('version %i is of a newer Caucus', (version) => {
    expect(readTicket(forged('whatever is to come', version))).toEqual(refusedFor('newer-version'));
    expect(readTicket(`caucus://join#${forged('{}', version)}`)).toEqual(
      refusedFor('newer-version'),
    );
  });

  it.each([0, 16, 255])('version %i never was', (version) => {
    expect(readTicket(forged(JSON.stringify(wire), version))).toEqual(refusedFor('not-a-ticket'));
  });
});

describe('a ticket for those who are no facilitators', () => {
  it.each(roles.filter((role) => role !== 'facilitator'))('%s: has no group of its own', (role) => {
    const result = readTicket(forgedWire({ r: role, g: 'group-0' }));
    expect(result).toMatchObject({ ok: true, ticket: { role, groupId: null } });
  });
});

describe('A2: random damage', () => {
  it(`is refused with a reason and never throws (2,000 seeds from ${firstSeed})`, () => {
    const reasons = new Set<string>();
    forSeeds(2_000, (random) => {
      const characters = Array.from(random.chance(0.5) ? word : ticketLink(moderator));
      for (let change = random.below(4); change >= 0; change -= 1) {
        const at = random.below(characters.length);
        const put = Array.from({ length: random.below(4) }, () =>
          random.pick(Array.from(`${alphabet}#`)),
        );
        characters.splice(at, 1 + random.below(6), ...put.map(String));
      }
      const pasted = characters.join('');
      const result = readTicket(pasted);
      if (result.ok) {
        // Only where nothing behind the # was touched.
        expect([facilitator, moderator]).toContainEqual(result.ticket);
      } else {
        reasons.add(result.reason);
      }
    });
    expect([...reasons].toSorted()).toEqual(['incomplete', 'not-a-ticket']);
  });

  it(`of the contents under a right checksum gives a ticket or a reason (2,000 seeds from ${firstSeed})`, () => {
    const json = JSON.stringify(wire);
    forSeeds(2_000, (random) => {
      const bytes = Buffer.from(json);
      for (let change = random.below(3); change >= 0; change -= 1) {
        bytes[random.below(bytes.length)] = random.below(256);
      }
      const result = readTicket(forged(bytes));
      if (result.ok) expect(readTicket(encodeTicket(result.ticket))).toEqual(result);
      else expect(result.reason).toBe('not-a-ticket');
    });
  });
});
