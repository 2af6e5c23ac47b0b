import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  documentIdOf,
  documentKeyFrom,
  type DocumentSecret,
  readersSecretOf,
} from '../../../src/core/protocol/document-key.ts';
import { readPass } from '../../../src/core/protocol/pass.ts';
import {
  sessionIdOf,
  sessionKeyOf,
  sign,
  signingSeedFrom,
} from '../../../src/core/protocol/session-key.ts';
import {
  encodeTicket,
  issueTicket,
  passBytesOf,
  readTicket as readTicketAt,
  roles,
  type Ticket,
  TICKET_LIFE_MS,
  type TicketInput,
  type TicketResult,
  ticketLink,
} from '../../../src/core/protocol/ticket.ts';
import type { GroupId } from '../../../src/core/session/ids.ts';
import { firstSeed, forSeeds } from '../../tools/seeded-random.ts';

const NOW = 1_795_000_000_000;
const HOUR_MS = 3_600_000;
const seed = signingSeedFrom(new Uint8Array(32).fill(1));
const readTicket = (pasted: string): TicketResult => readTicketAt(pasted, NOW);
const issue = (input: TicketInput): Ticket => issueTicket(input, seed, NOW);

const secretOf = (number: number): DocumentSecret =>
  documentKeyFrom(Uint8Array.from({ length: 32 }, (_, index) => (number * 31 + index * 7) % 256))
    .secret;
const groupsOf = (count: number): Ticket['groups'] =>
  new Map(Array.from({ length: count }, (_, n) => [`group-${n}` as GroupId, secretOf(n + 1)]));

const asked: TicketInput = {
  ticketId: 'ticket-1',
  title: 'Security by design',
  role: 'facilitator',
  groupId: 'group-0' as GroupId,
  plan: secretOf(0),
  groups: groupsOf(1),
  addresses: ['ws://192.168.4.20:4711'],
  hubId: 'hubhubhubhubhubhubhub1',
};
const askedByModerator: TicketInput = {
  ...asked,
  role: 'moderator',
  groupId: null,
  groups: groupsOf(4),
};
const askedByRapporteur: TicketInput = {
  ...askedByModerator,
  role: 'rapporteur',
  report: secretOf(101),
};
const facilitator = issue(asked);
const moderator = issue(askedByModerator);

const word = encodeTicket(facilitator);
const refusedFor = (reason: string) => ({ ok: false, reason });
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A word with a correct checksum around anything, as somebody might make one by hand. */
function forged(body: string | Uint8Array, version = 3): string {
  const bytes = Buffer.concat([Buffer.of(version), Buffer.from(body)]);
  const check = createHash('sha256').update(bytes).digest().subarray(0, 6);
  return Buffer.concat([bytes, check]).toString('base64url');
}
const contentsOf = (encoded: string): string =>
  Buffer.from(encoded, 'base64url').subarray(1, -6).toString();
const wire = JSON.parse(contentsOf(encodeTicket(issue({ ...asked, title: 'Title' })))) as Readonly<
  Record<string, unknown>
>;
const forgedWire = (change: Readonly<Record<string, unknown>>): string =>
  forged(JSON.stringify({ ...wire, ...change }));

/** A rapporteur's, as the Caucus wrote it that kept the report in the plan. */
const wordOfVersion2 =
  'AnsiayI6ImlvamozWFFKOFpYOVV0c3RQTHBkY3NwbkNiOGRsQkliODNTSUFiUVBiMXciLCJpIjoidGlja2V0LTEiLCJ0' +
  'IjoiU2VjdXJpdHkgYnkgZGVzaWduIiwiciI6InJhcHBvcnRldXIiLCJnIjpudWxsLCJwIjoiQUFjT0ZSd2pLakU0UDBa' +
  'TlZGdGlhWEIzZm9XTWs1cWhxSy0ydmNUTDB0ayIsImQiOltbImdyb3VwLTAiLCJyWXl3bG1qNkN2bVVIM3F1VnIxYVc3' +
  'UkxoZHZDSThGU2tnOXhNeGdxX1J1RURfLXJTNWRNdzc3YXpSUm5Yd19RVng2NXJpRTlZS0VucDdHUndjOUtZeUEiXV0s' +
  'ImEiOlsid3M6Ly8xOTIuMTY4LjQuMjA6NDcxMSJdLCJoIjoiaHViaHViaHViaHViaHViaHViaHViMSIsImYiOjE3OTUw' +
  'MDAwMDAsInUiOjE3OTc1OTIwMDAsInoiOiJweHA2eW1xZlpQQ0ZmbGJvX2kzUXdZa0pTSUhjeC1YNzBhWGhTaXNmOTdC' +
  'RG1UdnR6bUJCZU95aVd0c3RXWWZ1cXJPRkNiZ0ROUkE2aVZlN2tIbE5CUSJ91QRbVwhT';

describe('a ticket', () => {
  it.each<[string, TicketInput]>([
    ['of a facilitator', asked],
    ['of a moderator', askedByModerator],
    ['of a rapporteur', askedByRapporteur],
    ['of a rapporteur of a session without a report', { ...askedByModerator, role: 'rapporteur' }],
    ['of a moderator, with the report', { ...askedByModerator, report: secretOf(101) }],
    ['without addresses', { ...asked, addresses: [] }],
    ['without a hub', { ...asked, hubId: null }],
    ['with IPv6 and TLS', { ...asked, addresses: ['wss://[fe80::1]:4711', 'wss://a.test'] }],
    ['with a title in other scripts', { ...asked, title: 'الأمن 设计 👩‍👩‍👧' }],
    ['with an empty title', { ...asked, title: '' }],
    ['of 40 groups', { ...askedByModerator, groups: groupsOf(40) }],
    ['of 100 groups', { ...askedByModerator, groups: groupsOf(100) }],
    ['of 100 groups and the report', { ...askedByRapporteur, groups: groupsOf(100) }],
  ])('%s comes back as it went', (_which, input) => {
    const ticket = issue(input);
    expect(readTicket(encodeTicket(ticket))).toEqual({ ok: true, ticket });
    expect(readTicket(ticketLink(ticket))).toEqual({ ok: true, ticket });
  });

  it('A1: names its session by the key that signed it, and gives only moderators the seed', () => {
    expect(facilitator.sessionId).toBe(sessionIdOf(sessionKeyOf(seed)));
    expect(facilitator.signingSeed).toBeNull();
    expect(issue({ ...askedByModerator, role: 'rapporteur' }).signingSeed).toBeNull();
    expect(moderator.signingSeed).toBe(seed);
    expect(encodeTicket(facilitator)).not.toContain(seed);
  });

  it('counts for thirty days, and not before its time', () => {
    expect(facilitator.expiresAt).toBe(facilitator.issuedAt + TICKET_LIFE_MS);
    const at = (time: number): string => {
      const result = readTicketAt(word, time);
      return result.ok ? 'counts' : result.reason;
    };
    expect(at(facilitator.expiresAt - 1)).toBe('counts');
    expect(at(facilitator.expiresAt)).toBe('expired');
    // Clocks are a day off; two days are a wrong date.
    expect(at(facilitator.issuedAt - 47 * HOUR_MS)).toBe('counts');
    expect(at(facilitator.issuedAt - 49 * HOUR_MS)).toBe('from-future');
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

  it('is read once where it was pasted twice, and refused where its halves are the wrong way round', () => {
    const link = `caucus://join#${word}`;
    expect(readTicket(`${link}\n${link}`)).toEqual({ ok: true, ticket: facilitator });
    expect(readTicket(`${link}${link}`)).toEqual({ ok: true, ticket: facilitator });
    const half = Math.floor(word.length / 2);
    const turned = `caucus://join#${word.slice(half)}${word.slice(0, half)}`;
    expect(readTicket(turned)).toEqual(refusedFor('incomplete'));
    expect(readTicket(`${word}${word}`).ok).toBe(false);
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
    const groups = [...groupsOf(10_000)];
    expect(readTicket(forgedWire({ d: groups }))).toEqual(refusedFor('not-a-ticket'));
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a facilitator without a group', { g: null }],
    ['a facilitator whose group it does not open', { g: 'group-1' }],
    ['a facilitator who may open nothing', { d: [] }],
    ['an unknown role', { r: 'owner' }],
    ['a role from the prototype', { r: 'toString' }],
    ['no session', { k: '' }],
    ['a session key that is too long', { k: 'x'.repeat(65) }],
    ['no id', { i: '' }],
    ['an id that is too long', { i: 'x'.repeat(65) }],
    ['a hub that is none', { h: 'hub' }],
    ['a seed that is none', { m: 'seed' }],
    ['half a second', { f: 0.5 }],
    ['a time before all time', { u: -1 }],
    ['no signature', { z: undefined }],
    ['half a signature', { z: 'A'.repeat(43) }],
    ['a title that is too long', { t: 'x'.repeat(301) }],
    ['a title that is no text', { t: 7 }],
    ['a plan without a secret', { p: null }],
    ['a report without a secret', { e: null }],
    ['a report with a secret of 31 bytes', { e: 'A'.repeat(42) }],
    ['a report that is a list', { e: [secretOf(101)] }],
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

describe('A2: a ticket that no moderator made', () => {
  const other = signingSeedFrom(new Uint8Array(32).fill(2));

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['another title', { t: 'Another' }],
    ['another role', { r: 'rapporteur' }],
    ['another id', { i: 'ticket-2' }],
    ['another plan', { p: secretOf(9) }],
    ['a report more', { e: secretOf(101) }],
    ['a group more', { d: [...groupsOf(2)] }],
    ["another group's secret", { d: [['group-0', secretOf(9)]] }],
    ['a longer life', { u: NOW }],
    ['another time of issue', { f: 1 }],
    ['another hub', { h: 'hubhubhubhubhubhubhub2' }],
    ['another session', { k: sessionKeyOf(other) }],
    ['a key that is no point of the curve', { k: '_'.repeat(42) + 'w' }],
    ['another signature', { z: 'A'.repeat(86) }],
  ])('is refused with %s', (_what, change) => {
    expect(readTicket(forgedWire(change))).toEqual(refusedFor('wrong-signature'));
  });

  it.each<[string, DocumentSecret | undefined]>([
    ['another report', secretOf(102)],
    ['the read key of the report', readersSecretOf(secretOf(101))],
    ['no report', undefined],
  ])("is refused where a rapporteur's has been given %s", (_what, e) => {
    const honest: unknown = JSON.parse(contentsOf(encodeTicket(issue(askedByRapporteur))));
    expect(honest).toMatchObject({ e: askedByRapporteur.report });
    const change = { ...(honest as Readonly<Record<string, unknown>>), e };
    expect(readTicket(forged(JSON.stringify(change)))).toEqual(refusedFor('wrong-signature'));
    expect(readTicket(forged(JSON.stringify(honest)))).toMatchObject({ ok: true });
  });

  it('is refused where it was signed by the key of another session', () => {
    const theirs = issueTicket(asked, other, NOW);
    const ticket = { ...facilitator, signature: theirs.signature };
    expect(readTicket(encodeTicket(ticket))).toEqual(refusedFor('wrong-signature'));
    expect(theirs.sessionId).not.toBe(facilitator.sessionId);
  });

  it('may name other addresses, for who answers there has to show that it is the one', () => {
    const moved = { ...facilitator, addresses: ['ws://10.0.0.9:4711'] };
    expect(readTicket(encodeTicket(moved))).toEqual({ ok: true, ticket: moved });
  });
});

describe('the pass of a ticket', () => {
  const key = sessionKeyOf(seed);
  const bytes = passBytesOf(facilitator);

  it('says what it opens and holds nothing that opens it', () => {
    const read = readPass(bytes, key, NOW);
    expect(read).toMatchObject({ ok: true, pass: { role: 'facilitator', ticketId: 'ticket-1' } });
    if (!read.ok) return;
    expect([...read.pass.documents.values()]).toEqual([true, true]);
    // The plan and the group: nothing of the report, of which this ticket knows nothing. A2.
    expect(facilitator.report).toBeNull();
    const shown = Buffer.from(bytes).toString('latin1');
    for (const secret of [facilitator.plan, ...facilitator.groups.values()]) {
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(Buffer.from(secret, 'base64url').toString('latin1'));
    }
  });

  it('A2: names the report beside what it opens, to write, and holds nothing that opens it', () => {
    const plan = readersSecretOf(secretOf(0));
    const ticket = issue({ ...askedByRapporteur, plan, groups: new Map() });
    const shown = passBytesOf(ticket);
    const read = readPass(shown, key, NOW);
    expect(read).toMatchObject({ ok: true, pass: { role: 'rapporteur' } });
    expect(read.ok && [...read.pass.documents]).toEqual([
      [documentIdOf(plan), false],
      [documentIdOf(secretOf(101)), true],
    ]);
    expect(Buffer.from(shown).toString('latin1')).not.toContain(
      Buffer.from(secretOf(101), 'base64url').toString('latin1'),
    );
  });

  it('counts with the report and as many groups as there can be', () => {
    const ticket = issue({ ...askedByRapporteur, groups: groupsOf(100) });
    const read = readPass(passBytesOf(ticket), key, NOW);
    expect(read.ok && read.pass.documents.size).toBe(102);
  });

  it('A2: counts as nothing once any byte of it is another', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readPass(changed, key, NOW)).toMatchObject({ ok: false, reason: 'wrong-signature' });
    }
    for (const length of [0, 1, 63, 64, 65, bytes.length - 1]) {
      expect(readPass(bytes.subarray(0, length), key, NOW).ok).toBe(false);
    }
    expect(readPass(new Uint8Array(20_000), key, NOW)).toEqual(refusedFor('malformed'));
    const strangers = sessionKeyOf(signingSeedFrom(new Uint8Array(32).fill(2)));
    expect(readPass(bytes, strangers, NOW)).toEqual(refusedFor('wrong-signature'));
  });

  it('counts for as long as its ticket', () => {
    expect(readPass(bytes, key, facilitator.expiresAt)).toEqual(refusedFor('expired'));
    expect(readPass(bytes, key, NOW - 49 * HOUR_MS)).toEqual(refusedFor('from-future'));
  });

  it('is malformed where a moderator has signed something else', () => {
    const statement = Buffer.from('{"k":1}');
    const signature = sign(seed, Buffer.concat([Buffer.from('caucus/pass/1\0'), statement]));
    expect(readPass(Buffer.concat([signature, statement]), key, NOW)).toEqual(
      refusedFor('malformed'),
    );
  });
});

describe('a ticket of another version', () => {
  it.each([4, 5, 15])('version %i is of a newer Caucus', (version) => {
    expect(readTicket(forged('whatever is to come', version))).toEqual(refusedFor('newer-version'));
    expect(readTicket(`caucus://join#${forged('{}', version)}`)).toEqual(
      refusedFor('newer-version'),
    );
  });

  it.each([0, 1, 16, 255])('version %i never was', (version) => {
    expect(readTicket(forged(JSON.stringify(wire), version))).toEqual(refusedFor('not-a-ticket'));
  });

  it('version 2 is read, and knows nothing of a report', () => {
    const read = readTicket(wordOfVersion2);
    expect(read).toMatchObject({
      ok: true,
      ticket: {
        role: 'rapporteur',
        title: 'Security by design',
        groupId: null,
        plan: secretOf(0),
        report: null,
        groups: new Map([['group-0', readersSecretOf(secretOf(1))]]),
        addresses: ['ws://192.168.4.20:4711'],
        issuedAt: NOW,
      },
    });
    expect(readTicket(`caucus://join#${wordOfVersion2}`)).toEqual(read);
    // Passed on by this Caucus it is the same ticket.
    expect(read.ok && readTicket(encodeTicket(read.ticket))).toEqual(read);
    const pass = read.ok && readPass(passBytesOf(read.ticket), sessionKeyOf(seed), NOW);
    expect(pass).toMatchObject({ ok: true, pass: { role: 'rapporteur' } });
  });

  it('version 2 is refused where it was cut off or changed, as any other is', () => {
    expect(readTicket(wordOfVersion2.slice(0, -4))).toEqual(refusedFor('incomplete'));
    expect(readTicket(`caucus://join#${wordOfVersion2.slice(0, -4)}`)).toEqual(
      refusedFor('incomplete'),
    );
    const old = JSON.parse(contentsOf(wordOfVersion2)) as Readonly<Record<string, unknown>>;
    const withReport = JSON.stringify({ ...old, e: secretOf(101) });
    for (const version of [2, 3]) {
      expect(readTicket(forged(withReport, version))).toEqual(refusedFor('wrong-signature'));
    }
  });
});

describe('a ticket for those who are no facilitators', () => {
  it.each(roles.filter((role) => role !== 'facilitator'))('%s: has no group of its own', (role) => {
    const ticket = issue({ ...asked, role, groupId: 'group-0' as GroupId });
    // One that says so was not made by Caucus.
    expect(readTicket(encodeTicket(ticket))).toEqual(refusedFor('wrong-signature'));
    expect(readTicket(encodeTicket(issue({ ...asked, role, groupId: null })))).toMatchObject({
      ok: true,
      ticket: { role, groupId: null },
    });
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
      else expect(['not-a-ticket', 'wrong-signature']).toContain(result.reason);
    });
  });
});
