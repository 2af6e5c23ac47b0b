import { describe, expect, it } from 'vitest';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import { encodeTicket } from '../../../src/core/protocol/ticket.ts';
import type { DeviceId } from '../../../src/core/session/ids.ts';
import { eventually } from '../hub/eventually.ts';
import {
  asideOf,
  facilitator,
  inRole,
  isOnDisk,
  keyOf,
  newLaptop,
  notes,
  readFromDisk,
  reportOf,
  say,
  startVenue,
  write,
} from './take-back-venue.ts';

const WRITTEN = 'Registers would help, if makers keep them.';
const titleOf = ({ plan }: OpenedSession): string => plan.view.snapshot().title;

describe('who has the report', { timeout: 60_000 }, () => {
  it('A2: what the rapporteur writes reaches the moderators, and no facilitator', async () => {
    const venue = await startVenue();
    const { plenary, groupId, addresses } = venue;
    const rapporteur = await inRole(venue, 'rapporteur');
    const moderator = await inRole(venue, 'moderator');
    const group = await facilitator(venue, 'group');
    write(rapporteur.session, WRITTEN);
    for (const session of [plenary, moderator.session]) {
      await eventually(() => expect(reportOf(session)).toBe(WRITTEN));
    }
    // What is said after it arrives there.
    plenary.plan.rename('Said after it');
    say(plenary, groupId, 'said after it');
    await eventually(() => expect(titleOf(group.session)).toBe('Said after it'));
    await eventually(() => expect(notes(group.session, groupId)).toEqual(['said after it']));

    expect(group.session.report).toBeNull();
    expect(group.session.status.getState().report).toBeNull();
    expect(group.session.record.report).toBeUndefined();
    expect((await group.laptop.sessions.all())[0]).not.toHaveProperty('report');
    for (const one of [rapporteur.laptop, moderator.laptop, venue.laptop]) {
      await eventually(() => expect(isOnDisk(one, WRITTEN)).toBe(true));
    }
    expect(isOnDisk(group.laptop, 'Said after it')).toBe(true);
    expect(isOnDisk(group.laptop, WRITTEN)).toBe(false);
    const { record } = plenary;
    expect(new Set(group.laptop.disk.rows.map(({ id }) => id))).toEqual(
      new Set([record.plan.documentId, keyOf(plenary, groupId)?.documentId]),
    );
    const plan = await readFromDisk(group.laptop, record.plan);
    expect([...plan.share.keys()].filter((root) => root.startsWith('report:'))).toEqual([]);

    const ticket = plenary.ticketFor({ groupId }, addresses);
    expect(ticket.report).toBeNull();
    const secret = record.report?.secret ?? '';
    expect(secret).toHaveLength(43);
    const wordOf = (of: typeof ticket): string =>
      Buffer.from(encodeTicket(of), 'base64url').toString('latin1');
    expect(wordOf(ticket)).not.toContain(secret);
    for (const role of ['moderator', 'rapporteur'] as const) {
      expect(wordOf(plenary.ticketFor({ role }, addresses))).toContain(secret);
    }
  });

  it('A2: a facilitator who has come by its key is given nothing of it all the same', async () => {
    const venue = await startVenue();
    const { plenary, groupId, addresses } = venue;
    const rapporteur = await inRole(venue, 'rapporteur');
    write(rapporteur.session, WRITTEN);
    await eventually(() => expect(reportOf(plenary)).toBe(WRITTEN));
    const cheat = newLaptop('cheat');
    await cheat.take(plenary.ticketFor({ groupId }, addresses));
    const [record] = await cheat.sessions.all();
    const { report } = plenary.record;
    if (record === undefined || report === undefined) throw new Error('There is no session');
    // And says that it is the rapporteur's, so that nothing of its own keeps it from writing there.
    await cheat.sessions.put({ ...record, report, role: 'rapporteur' });
    const session = await cheat.open();
    await eventually(() => expect(titleOf(session)).toBe('Security by design'));
    write(session, 'Forged', 'advice');
    say(plenary, groupId, 'said after it');
    await eventually(() => expect(notes(session, groupId)).toEqual(['said after it']));
    write(rapporteur.session, 'Go on.', 'advice');
    await eventually(() => expect(reportOf(plenary, 'advice')).toBe('Go on.'));
    expect(reportOf(session)).toBe('');
    expect(isOnDisk(cheat, WRITTEN)).toBe(false);
    expect(reportOf(rapporteur.session, 'advice')).toBe('Go on.');
  });

  it("A2: the rapporteur's laptop cannot write the plan, not even with the plan's key", async () => {
    const venue = await startVenue();
    const { plenary } = venue;
    const moderator = await inRole(venue, 'moderator');
    const group = await facilitator(venue, 'group');
    const honest = await inRole(venue, 'rapporteur', 'honest');
    honest.session.plan.rename('Renamed by the rapporteur');
    const cheat = await inRole(venue, 'rapporteur', 'cheat');
    await cheat.laptop.close();
    const [record] = await cheat.laptop.sessions.all();
    if (record === undefined) throw new Error('There is no session');
    await cheat.laptop.sessions.put({ ...record, plan: plenary.record.plan, role: 'moderator' });
    const forger = await cheat.laptop.open();
    forger.plan.rename('Forged');

    for (const [session, text] of [
      [honest.session, 'From the honest one. '],
      [forger, 'From the other one. '],
    ] as const) {
      write(session, `${text}${reportOf(session)}`);
      await eventually(() => expect(reportOf(plenary)).toContain(text));
      await eventually(() => expect(reportOf(moderator.session)).toContain(text));
    }
    plenary.plan.addGroup('Another', false);
    for (const session of [honest.session, forger, moderator.session, group.session]) {
      await eventually(() => expect(session.plan.view.snapshot().groups).toHaveLength(3));
    }
    for (const session of [plenary, moderator.session, group.session]) {
      expect(titleOf(session)).toBe('Security by design');
    }
    expect(titleOf(honest.session)).toBe('Renamed by the rapporteur');
    for (const { laptop } of [venue, moderator, group]) {
      expect(isOnDisk(laptop, 'Forged')).toBe(false);
      expect(isOnDisk(laptop, 'Renamed by the rapporteur')).toBe(false);
    }
  });
});

describe("the status of the rapporteur's laptop", { timeout: 60_000 }, () => {
  it('S3: says of the report what the plenary laptop lacks, and of the rest what contact there is', async () => {
    const venue = await startVenue();
    const { plenary, groupId, started } = venue;
    const { session } = await inRole(venue, 'rapporteur');
    const status = () => session.status.getState();
    write(session, WRITTEN);
    await eventually(() =>
      expect(status().report).toMatchObject({ path: 'relay', inContact: true, waiting: 0 }),
    );
    const { path, inContact, lastContactAt } = status().report ?? {};
    for (const read of [status().plan, status().groups.get(groupId)]) {
      expect(read).toMatchObject({ path, inContact, lastContactAt, waiting: 0 });
    }
    await eventually(() =>
      expect(plenary.status.getState().report?.laptops).toMatchObject([
        { deviceId: 'rapporteur', role: 'rapporteur', inContact: true, waiting: 0 },
      ]),
    );

    await started.hub.closeToNetwork();
    write(session, `${WRITTEN} Or so.`);
    write(session, 'Go on.', 'advice');
    session.plan.rename('Nobody waits for this');
    await eventually(() => expect(status().report).toMatchObject({ waiting: 2 }));
    await eventually(() => expect(status().report?.inContact).toBe(false));
    await eventually(() =>
      expect(status().plan).toMatchObject({ path: 'none', inContact: false, waiting: 0 }),
    );
    expect(status().groups.get(groupId)).toMatchObject({ inContact: false, waiting: 0 });

    const opened = await started.hub.openToNetwork();
    const [address = ''] = opened.ok ? opened.state.addresses : [];
    expect(await session.addAddress(address.replace('ws://', ''))).toBe('added');
    await eventually(() =>
      expect(status().report).toMatchObject({ path: 'relay', inContact: true, waiting: 0 }),
    );
    await eventually(() => expect(status().plan.inContact).toBe(true));
    expect(reportOf(plenary, 'advice')).toBe('Go on.');
    expect(status().takenBack).toBe(false);
  });
});

describe("the report, once the rapporteur's laptop was taken back", { timeout: 60_000 }, () => {
  it('A1, A2, S2: goes on without it; what it still writes is set aside, also after a restart', async () => {
    const venue = await startVenue();
    const { plenary, laptop, groupId, otherGroup, started } = venue;
    const lost = await inRole(venue, 'rapporteur', 'lost');
    const moderator = await inRole(venue, 'moderator', 'second');
    const group = await facilitator(venue, 'group');
    write(lost.session, WRITTEN);
    await eventually(() => expect(reportOf(moderator.session)).toBe(WRITTEN));
    await eventually(() => expect(reportOf(plenary)).toBe(WRITTEN));
    const before = plenary.record;

    plenary.takeBack(null, 'lost' as DeviceId);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    await eventually(() => expect(plenary.record.retired).toHaveLength(4));
    expect(new Set(plenary.record.retired)).toEqual(
      new Set([
        { part: null, key: before.plan },
        { part: 'report', key: before.report },
        { part: groupId, key: before.groups.get(groupId) },
        { part: otherGroup, key: before.groups.get(otherGroup) },
      ]),
    );
    const { plan, report, groups } = plenary.record;
    for (const key of [plan, report, ...groups.values()]) {
      expect([before.plan, before.report, ...before.groups.values()]).not.toContainEqual(key);
    }
    await eventually(() =>
      expect(moderator.session.record).toMatchObject({ plan, report, groups }),
    );
    expect([...(moderator.session.record.renewed?.keys() ?? [])]).toContain('report');
    await eventually(() => expect(keyOf(group.session, groupId)).toEqual(groups.get(groupId)));
    expect(group.session.record.report).toBeUndefined();
    expect(lost.session.record.report).toEqual(before.report);

    write(lost.session, 'From the lost laptop.');
    lost.session.plan.rename('Renamed by the lost laptop');
    write(moderator.session, 'Go on.', 'advice');
    await eventually(() => expect(reportOf(plenary, 'advice')).toBe('Go on.'));
    await eventually(() => expect(asideOf(plenary)).toEqual(['From the lost laptop.']));
    expect(plenary.setAside.getState()).toMatchObject([{ groupId: null, id: 'report:summary/' }]);
    expect(asideOf(moderator.session)).toEqual([]);

    await laptop.close();
    write(lost.session, 'From the lost laptop, later.');
    const again = await laptop.open(`ws://${started.local}`);
    await eventually(() => expect(asideOf(again)).toEqual(['From the lost laptop, later.']));
    write(moderator.session, `${WRITTEN} Indeed.`);
    await eventually(() => expect(reportOf(again)).toBe(`${WRITTEN} Indeed.`));
    for (const session of [again, moderator.session]) {
      expect(reportOf(session)).toBe(`${WRITTEN} Indeed.`);
      expect(reportOf(session, 'advice')).toBe('Go on.');
      expect(titleOf(session)).toBe('Security by design');
      expect(session.status.getState().takenBack).toBe(false);
    }
    expect(again.record.report).toEqual(report);
    expect(reportOf(lost.session, 'advice')).toBe('');
    expect(isOnDisk(moderator.laptop, 'From the lost laptop')).toBe(false);
  });
});
