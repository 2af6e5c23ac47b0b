import { describe, expect, it } from 'vitest';
import { addressChange, createHandedOut } from '../../../../renderer/plenary/people/handed-out.ts';
import { ticketFileName } from '../../../../renderer/plenary/people/invitation.ts';
import { laptopsHere, laptopsOf } from '../../../../renderer/plenary/people/laptops-here.ts';
import { invitedTo, plainAddress } from '../../../../renderer/session/hub-store.ts';
import type { GroupStatus, SessionStatus } from '../../../../src/browser/sync/status.ts';
import type { HubState } from '../../../../src/core/protocol/machine.ts';
import type { Role } from '../../../../src/core/protocol/ticket.ts';
import type { SessionId } from '../../../../src/core/session/ids.ts';

const closed: HubState = {
  localUrl: 'ws://localhost:4710',
  openToNetwork: false,
  addresses: [],
  hubId: 'this',
  found: [],
};
const open: HubState = { ...closed, openToNetwork: true, addresses: ['ws://192.168.4.20:4711'] };

describe('invitations', () => {
  it('lead to the network only once the session is open to it', () => {
    expect(invitedTo(null)).toEqual([]);
    expect(invitedTo(closed)).toEqual(['ws://localhost:4710']);
    expect(invitedTo(open)).toEqual(['ws://192.168.4.20:4711']);
    expect(plainAddress('ws://192.168.4.20:4711')).toBe('192.168.4.20:4711');
  });

  it('have file names that every system takes', () => {
    expect(ticketFileName('IoT: security/design?', 'Group "2"')).toBe(
      'IoT security design – Group 2.caucus-ticket',
    );
    expect(ticketFileName('حوكمة', 'オンライン')).toBe('حوكمة – オンライン.caucus-ticket');
    expect(ticketFileName('a\u0000\nb', 'c'.repeat(300)).length).toBeLessThan(120);
  });
});

describe('the address that tickets have', () => {
  const wifi = 'ws://192.168.4.20:4711';
  const moved = 'ws://192.168.4.37:4711';
  const cable = 'ws://10.0.0.7:4711';
  const ipv6 = 'ws://[2001:db8::7]:4711';
  const otherIpv6 = 'ws://[2001:db8::8]:4711';

  it.each<[string, readonly string[] | null, readonly string[], [string, string] | null]>([
    ['no ticket was handed out', null, [wifi], null],
    ['nothing changed', [wifi, cable], [wifi, cable], null],
    ['the order changed', [wifi, cable], [cable, wifi], null],
    ['one more is there', [wifi], [wifi, cable], null],
    ['one of two went away', [wifi, cable], [cable], null],
    ['there is no network', [wifi], [], null],
    ['it is another one', [wifi], [moved], [wifi, moved]],
    ['the first of two is another one', [wifi, cable], [moved, cable], [wifi, moved]],
    ['the second is', [cable, wifi], [cable, moved], [wifi, moved]],
    ['only the port is', [wifi], ['ws://192.168.4.20:5000'], [wifi, 'ws://192.168.4.20:5000']],
    ['IPv6 changed by itself', [wifi, ipv6], [wifi, otherIpv6], null],
    ['there is IPv6 only', [ipv6], [otherIpv6], [ipv6, otherIpv6]],
  ])('where %s', (_what, handedOut, now, change) => {
    expect(addressChange(handedOut, now)).toEqual(
      change === null ? null : { from: change[0], to: change[1] },
    );
  });

  it('is remembered from the oldest ticket on, until the moderator knows', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    };
    const open = () => createHandedOut(storage, 'session-1' as SessionId);
    expect(open().addresses.getState()).toBeNull();
    open().hand([wifi, cable]);
    open().hand([moved]);
    expect(open().addresses.getState()).toEqual([wifi, cable]);
    open().settle([moved]);
    expect(open().addresses.getState()).toEqual([moved]);
    expect(createHandedOut(storage, 'session-2' as SessionId).addresses.getState()).toBeNull();
  });
});

describe('laptops in contact', () => {
  const laptop = {
    deviceId: 'x',
    role: 'facilitator',
    plenary: false,
    writing: false,
    heardAt: 0,
    inContact: true,
    waiting: 0,
  } as const;

  it('are counted by role, and only those that answer', () => {
    const laptops = [
      laptop,
      { ...laptop, inContact: false },
      { ...laptop, role: 'moderator' as const },
    ];
    expect(laptopsHere(laptops, 'facilitator')).toBe(1);
    expect(laptopsHere(laptops, 'rapporteur')).toBe(0);
  });

  it('are heard in the document that their role writes: rapporteurs’ in the report', () => {
    const heardOf = (role: Role): GroupStatus => ({
      path: 'relay',
      inContact: true,
      lastContactAt: 0,
      waiting: 0,
      behind: false,
      laptops: [{ ...laptop, role }],
    });
    const status: SessionStatus = {
      plenary: true,
      plan: heardOf('moderator'),
      report: heardOf('rapporteur'),
      groups: new Map(),
      storage: { state: 'saved' },
    };
    const here = (of: SessionStatus) =>
      (['rapporteur', 'moderator'] as const).map((role) => laptopsHere(laptopsOf(of, role), role));
    expect(here(status)).toEqual([1, 1]);
    // Nobody counts twice who is heard in both.
    expect(here({ ...status, plan: heardOf('rapporteur') })).toEqual([1, 0]);
    expect(here({ ...status, report: null })).toEqual([0, 1]);
    // A rapporteur's with an older Caucus's ticket writes the plan.
    expect(here({ ...status, plan: heardOf('rapporteur'), report: null })).toEqual([1, 0]);
  });
});
