import { describe, expect, it } from 'vitest';
import { joined, movedBetween } from '../../../src/browser/app/session-records.ts';
import { readersSecretOf } from '../../../src/core/protocol/document-key.ts';
import { signingSeedFrom } from '../../../src/core/protocol/session-key.ts';
import { issueTicket, type Ticket } from '../../../src/core/protocol/ticket.ts';
import type { DeviceId, GroupId } from '../../../src/core/session/ids.ts';
import { eventually } from '../hub/eventually.ts';
import { testKey } from '../hub/laptop.ts';
import {
  inRole,
  newLaptop,
  notes,
  reportOf,
  say,
  startVenue,
  untilLaterThan,
  write,
} from './take-back-venue.ts';

const seed = signingSeedFrom(new Uint8Array(32).fill(1));
const groupId = 'g1' as GroupId;
const NOW = 1_795_000_000_000;
const MINUTE_MS = 60_000;
const [plan, report, group, newPlan, newReport] = [1, 2, 3, 4, 5].map(testKey) as [
  ReturnType<typeof testKey>,
  ReturnType<typeof testKey>,
  ReturnType<typeof testKey>,
  ReturnType<typeof testKey>,
  ReturnType<typeof testKey>,
];

interface Keys {
  readonly plan: typeof plan;
  readonly report: typeof report | null;
}
/** A ticket, so many minutes after the first. */
const ticketOf = (
  role: 'rapporteur' | 'facilitator',
  minute = 0,
  { plan: planKey, report: reportKey }: Keys = { plan, report },
): Ticket =>
  issueTicket(
    {
      ticketId: `ticket ${minute}`,
      title: 'Security by design',
      role,
      groupId: role === 'facilitator' ? groupId : null,
      plan: readersSecretOf(planKey.secret),
      ...(role === 'rapporteur' && reportKey !== null && { report: reportKey.secret }),
      groups: new Map([
        [groupId, role === 'facilitator' ? group.secret : readersSecretOf(group.secret)],
      ]),
      addresses: [],
      hubId: null,
    },
    seed,
    NOW + minute * MINUTE_MS,
  );
const rapporteurs = joined(null, ticketOf('rapporteur'), NOW);

describe("the report's key, with a ticket", () => {
  it("A2: comes with a rapporteur's and not with a facilitator's", () => {
    expect(rapporteurs).toMatchObject({ role: 'rapporteur', report });
    expect(joined(null, ticketOf('facilitator'), NOW)).not.toHaveProperty('report');
    const old = ticketOf('rapporteur', 0, { plan, report: null });
    expect(joined(null, old, NOW)).not.toHaveProperty('report');
  });

  it('comes to who was a facilitator before, and nothing else moves', () => {
    const before = joined(null, ticketOf('facilitator'), NOW);
    const after = joined(before, ticketOf('rapporteur', 1), NOW);
    expect(after).toMatchObject({ role: 'rapporteur', groupId: null, report, retired: [] });
    // What one ticket let write, another does not take away.
    expect(after.groups).toEqual(before.groups);
    expect(movedBetween(before, after)).toEqual([]);
  });

  it('S2: is not lost with a ticket that has none', () => {
    for (const ticket of [
      ticketOf('facilitator', 1),
      ticketOf('rapporteur', 1, { plan, report: null }),
    ]) {
      const after = joined(rapporteurs, ticket, NOW);
      expect(after).toMatchObject({ role: ticket.role, report, retired: [] });
      expect(movedBetween(rapporteurs, after)).toEqual([]);
    }
  });

  it('S2: is another once the report was renewed, and what was typed under the former moves', () => {
    const ticket = ticketOf('rapporteur', 1, { plan: newPlan, report: newReport });
    const after = joined(rapporteurs, ticket, NOW);
    expect(after.report).toEqual(newReport);
    expect(after.retired).toEqual([
      { part: null, key: rapporteurs.plan },
      { part: 'report', key: report },
    ]);
    expect(movedBetween(rapporteurs, after)).toEqual([
      { from: rapporteurs.plan, to: after.plan },
      { from: report, to: newReport },
    ]);
  });

  it('A1: is not turned back by a ticket from before', () => {
    const renewed = joined(
      rapporteurs,
      ticketOf('rapporteur', 2, { plan: newPlan, report: newReport }),
      NOW,
    );
    const followed = {
      ...rapporteurs,
      report: newReport,
      renewed: new Map([['report' as const, { id: 'renewal', at: NOW + 2 * MINUTE_MS }]]),
    };
    for (const known of [renewed, followed]) {
      const after = joined(known, ticketOf('rapporteur', 1), NOW);
      expect(after.report).toEqual(newReport);
      expect(movedBetween(known, after).map(({ from }) => from)).not.toContainEqual(newReport);
      expect(after.retired?.filter(({ key }) => key === newReport)).toEqual([]);
    }
  });
});

describe('a laptop that changes its role', { timeout: 60_000 }, () => {
  it('A2, S2: from facilitator to rapporteur and back keeps what was typed in each', async () => {
    const venue = await startVenue();
    const { plenary, addresses } = venue;
    const laptop = newLaptop('laptop');
    await laptop.take(plenary.ticketFor({ groupId: venue.groupId }, addresses));
    const first = await laptop.open();
    expect(first.report).toBeNull();
    say(first, venue.groupId, 'said as a facilitator');
    await eventually(() => expect(notes(plenary, venue.groupId)).toHaveLength(1));
    await laptop.close();

    await laptop.take(plenary.ticketFor({ role: 'rapporteur' }, addresses));
    const second = await laptop.open();
    expect(notes(second, venue.groupId)).toEqual(['said as a facilitator']);
    write(second, 'Written as the rapporteur.');
    await eventually(() => expect(reportOf(plenary)).toBe('Written as the rapporteur.'));
    await eventually(() => expect(second.status.getState().report?.waiting).toBe(0));
    await laptop.close();

    await laptop.take(plenary.ticketFor({ groupId: venue.groupId }, addresses));
    const third = await laptop.open();
    expect(third.record.report).toEqual(plenary.record.report);
    expect(reportOf(third)).toBe('Written as the rapporteur.');
    say(third, venue.groupId, 'said again');
    await eventually(() => expect(notes(plenary, venue.groupId)).toHaveLength(2));
    // It hears of the report no more until it is the rapporteur's again.
    write(plenary, 'Written afterwards.');
    say(plenary, venue.groupId, 'said after that');
    await eventually(() => expect(notes(third, venue.groupId)).toContain('said after that'));
    expect(reportOf(third)).toBe('Written as the rapporteur.');
    expect(third.status.getState().takenBack).toBe(false);
  });

  it('S2: goes on under the renewed key with what it typed under the former', async () => {
    const venue = await startVenue();
    const { plenary, addresses, started } = venue;
    const lost = await inRole(venue, 'rapporteur', 'lost');
    const away = await inRole(venue, 'rapporteur', 'away');
    const sheet = plenary.ticketFor({ role: 'rapporteur' }, addresses);
    await started.hub.closeToNetwork();
    write(away.session, 'Typed under the former key.');
    const former = away.session.record.report;
    await away.laptop.close();
    await untilLaterThan(sheet, venue);
    plenary.takeBack(null, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(4));
    const opened = await started.hub.openToNetwork();
    await untilLaterThan(plenary.ticketFor({ role: 'rapporteur' }, []), venue);
    const ticket = plenary.ticketFor(
      { role: 'rapporteur' },
      opened.ok ? opened.state.addresses : [],
    );
    await away.laptop.take(ticket);
    const again = await away.laptop.open();
    expect(again.record.report).toEqual(plenary.record.report);
    expect(again.record.report).not.toEqual(former);
    expect(reportOf(again)).toBe('Typed under the former key.');
    await eventually(() => expect(reportOf(plenary)).toBe('Typed under the former key.'));
    await eventually(() => expect(again.status.getState().report?.waiting).toBe(0));
    expect(reportOf(lost.session)).toBe('');
  });
});
