import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../src/core/session/ids.ts';
import { eventually } from '../hub/eventually.ts';
import {
  asideOf,
  facilitator,
  inRole,
  keyOf,
  newLaptop,
  notes,
  reportOf,
  say,
  startVenue,
  untilLaterThan,
  write,
} from './take-back-venue.ts';

describe("taking back the rapporteur's laptop", { timeout: 60_000 }, () => {
  it('A1, A2, S2: plan, report and groups go on without it, and what it still writes is set aside', async () => {
    const venue = await startVenue();
    const { plenary, groupId, otherGroup } = venue;
    const lost = await inRole(venue, 'rapporteur', 'lost');
    const second = await inRole(venue, 'rapporteur', 'second');
    const group = await facilitator(venue, 'group');
    say(group.session, groupId, 'said in time');
    write(lost.session, 'Written in time.');
    await eventually(() => expect(reportOf(plenary)).toBe('Written in time.'));
    await eventually(() => expect(notes(lost.session, groupId)).toEqual(['said in time']));
    const keysOf = ({ record }: typeof plenary) => [
      record.plan,
      record.report,
      ...record.groups.values(),
    ];
    const before = keysOf(plenary);

    plenary.takeBack(null, 'lost' as DeviceId);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    await eventually(() => expect(plenary.record.plan).not.toEqual(before[0]));
    for (const key of before) expect(keysOf(plenary)).not.toContainEqual(key);
    // The others follow by themselves, each as far as its role goes.
    await eventually(() =>
      expect(group.session.record.plan.documentId).toBe(plenary.record.plan.documentId),
    );
    await eventually(() => expect(keyOf(group.session, groupId)).toEqual(keyOf(plenary, groupId)));
    await eventually(() =>
      expect(second.session.record.plan.documentId).toBe(plenary.record.plan.documentId),
    );
    await eventually(() => expect(second.session.record.report).toEqual(plenary.record.report));
    expect(group.session.record.report).toBeUndefined();
    for (const id of [groupId, otherGroup]) {
      await eventually(() =>
        expect(keyOf(second.session, id)?.documentId).toBe(keyOf(plenary, id)?.documentId),
      );
      expect(before).not.toContainEqual(keyOf(plenary, id));
    }

    say(group.session, groupId, 'said afterwards');
    write(second.session, 'Written in time. Written afterwards.');
    write(lost.session, 'Written in time. From the lost laptop.');
    await eventually(() => expect(notes(second.session, groupId)).toContain('said afterwards'));
    await eventually(() => expect(reportOf(plenary)).toBe('Written in time. Written afterwards.'));
    await eventually(() =>
      expect(asideOf(plenary)).toEqual(['Written in time. From the lost laptop.']),
    );
    expect(plenary.setAside.getState()[0]?.groupId).toBeNull();
    await eventually(() =>
      expect(group.session.status.getState().groups.get(groupId)).toMatchObject({
        inContact: true,
        waiting: 0,
      }),
    );
    await eventually(() => expect(second.session.status.getState().report?.waiting).toBe(0));
    expect(reportOf(plenary)).toBe('Written in time. Written afterwards.');
    // Nothing of all that has reached it.
    expect(notes(lost.session, groupId)).toEqual(['said in time']);
    expect(reportOf(lost.session)).toBe('Written in time. From the lost laptop.');
    for (const { session } of [second, group]) {
      expect(session.status.getState().takenBack).toBe(false);
    }
    expect(plenary.laptopsOf(null).map(({ deviceId }) => deviceId)).not.toContain('lost');
  });

  it('S2: laptops that were away follow when they are back, also after a restart of all', async () => {
    const venue = await startVenue();
    const { plenary, groupId, laptop, started } = venue;
    const lost = await inRole(venue, 'rapporteur', 'lost');
    const away = await facilitator(venue, 'away');
    const second = await inRole(venue, 'rapporteur', 'second');
    const moderator = await inRole(venue, 'moderator', 'moderator');
    for (const one of [away, second, moderator]) await one.laptop.close();
    plenary.takeBack(null, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(4));
    await laptop.close();
    const again = await laptop.open(`ws://${started.local}`);
    const session = await away.laptop.open();
    say(session, groupId, 'written while away');
    await eventually(() => expect(notes(again, groupId)).toEqual(['written while away']));
    const report = await second.laptop.open();
    write(report, 'Written while away.');
    await eventually(() => expect(reportOf(again)).toBe('Written while away.'));
    const other = await moderator.laptop.open();
    await eventually(() => expect(notes(other, groupId)).toEqual(['written while away']));
    await eventually(() => expect(asideOf(again)).toEqual([]));
    for (const one of [session, report, other]) {
      expect(one.record.plan.documentId).toBe(again.record.plan.documentId);
      expect(one.status.getState().takenBack).toBe(false);
    }
    await lost.laptop.close();
    const back = await lost.laptop.open();
    await eventually(() => expect(back.status.getState().takenBack).toBe(true));
    expect(notes(back, groupId)).toEqual([]);
  });

  it('S2: with a new ticket it is back, and what was written on it comes along', async () => {
    const venue = await startVenue();
    const { plenary, groupId, addresses } = venue;
    const lost = await inRole(venue, 'rapporteur', 'lost');
    const sheet = plenary.ticketFor({ role: 'rapporteur' }, addresses);
    await untilLaterThan(sheet, venue);
    plenary.takeBack(null, 'lost' as DeviceId);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    write(lost.session, 'Written meanwhile.');
    await lost.laptop.close();
    await untilLaterThan(plenary.ticketFor({ groupId }, addresses), venue);
    await lost.laptop.take(plenary.ticketFor({ role: 'rapporteur' }, addresses));
    // The sheet from before does not turn that back, and lets nobody else in.
    await lost.laptop.take(sheet);
    const back = await lost.laptop.open();
    await eventually(() => expect(reportOf(plenary)).toBe('Written meanwhile.'));
    expect(back.status.getState().takenBack).toBe(false);
    const stranger = newLaptop('stranger');
    await stranger.take(sheet);
    const opened = await stranger.open();
    await eventually(() => expect(opened.status.getState().takenBack).toBe(true));
    expect(opened.plan.view.snapshot().title).toBe('');
  });
});

describe("taking back another moderator's laptop", { timeout: 60_000 }, () => {
  it('A1, A2: it hears nothing more and writes nothing, though it can sign passes', async () => {
    const venue = await startVenue();
    const { plenary, groupId } = venue;
    const lost = await inRole(venue, 'moderator', 'lost');
    const group = await facilitator(venue, 'group');
    plenary.takeBack(null, 'lost' as DeviceId);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    await eventually(() => expect(plenary.record.retired).toHaveLength(4));
    await eventually(() => expect(keyOf(group.session, groupId)).toEqual(keyOf(plenary, groupId)));
    lost.session.plan.rename('Renamed by the lost laptop');
    say(lost.session, groupId, 'from the lost laptop');
    say(group.session, groupId, 'from the group');
    await eventually(() => expect(asideOf(plenary)).toContain('from the lost laptop'));
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['from the group']));
    // It makes itself a new pass at every start.
    await lost.laptop.close();
    const back = await lost.laptop.open();
    await eventually(() => expect(back.status.getState().takenBack).toBe(true));
    expect(notes(back, groupId)).toEqual(['from the lost laptop']);
    expect(plenary.plan.view.snapshot().title).toBe('Security by design');
    expect(group.session.plan.view.snapshot().title).toBe('Security by design');
    expect(group.session.status.getState().takenBack).toBe(false);
  });

  it("another moderator's takes a facilitator's back, and every laptop goes on", async () => {
    const venue = await startVenue();
    const { plenary, groupId } = venue;
    const moderator = await inRole(venue, 'moderator');
    const lost = await facilitator(venue, 'lost');
    const other = await facilitator(venue, 'other');
    await eventually(() => expect(moderator.session.laptopsOf(groupId)).toHaveLength(2));
    moderator.session.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    say(other.session, groupId, 'afterwards');
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['afterwards']));
    expect(keyOf(moderator.session, groupId)).toEqual(keyOf(plenary, groupId));
    expect(keyOf(other.session, groupId)).toEqual(keyOf(plenary, groupId));
  });

  it("another moderator's takes the rapporteur's back, also before it is in contact", async () => {
    const venue = await startVenue();
    const { plenary, groupId, started } = venue;
    const moderator = await inRole(venue, 'moderator');
    const lost = await inRole(venue, 'rapporteur', 'lost');
    const group = await facilitator(venue, 'group');
    await eventually(() => expect(moderator.session.laptopsOf(null)).toHaveLength(3));
    await started.hub.closeToNetwork();
    await eventually(() => expect(moderator.session.status.getState().plan.inContact).toBe(false));
    moderator.session.takeBack(null, 'lost' as DeviceId);
    say(moderator.session, groupId, 'typed before contact');
    const opened = await started.hub.openToNetwork();
    const [address = ''] = opened.ok ? opened.state.addresses : [];
    for (const { session } of [moderator, lost, group]) {
      expect(await session.addAddress(address.replace('ws://', ''))).toBe('added');
    }
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    await eventually(() => expect(notes(group.session, groupId)).toEqual(['typed before contact']));
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['typed before contact']));
    await eventually(() => expect(moderator.session.record.plan).toEqual(plenary.record.plan));
    expect(plenary.record.retired).toHaveLength(4);
    say(moderator.session, groupId, 'typed afterwards');
    await eventually(() => expect(notes(group.session, groupId)).toHaveLength(2));
    expect(notes(lost.session, groupId)).not.toContain('typed afterwards');
  });
});
