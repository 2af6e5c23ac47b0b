import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../src/core/session/ids.ts';
import { eventually } from '../hub/eventually.ts';
import {
  facilitator,
  keyOf,
  newLaptop,
  notes,
  say,
  startVenue,
  untilLaterThan,
} from './take-back-venue.ts';

describe('taking back a lost laptop', { timeout: 60_000 }, () => {
  it('S2, A1: the others go on by themselves, and what the lost one still sends is set aside', async () => {
    const venue = await startVenue();
    const { plenary, groupId, otherGroup, addresses } = venue;
    // Two laptops of a group often come with the same sheet.
    const ticket = plenary.ticketFor({ groupId }, addresses);
    const lost = await facilitator(venue, 'lost', ticket);
    const other = await facilitator(venue, 'other', ticket);
    say(lost.session, groupId, 'said in time');
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['said in time']));
    await eventually(() => expect(notes(other.session, groupId)).toEqual(['said in time']));
    const [before, elsewhere] = [keyOf(plenary, groupId), keyOf(plenary, otherGroup)];

    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(keyOf(plenary, groupId)).not.toEqual(before));
    await eventually(() => expect(keyOf(other.session, groupId)).toEqual(keyOf(plenary, groupId)));
    expect(keyOf(plenary, otherGroup)).toEqual(elsewhere);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    expect(keyOf(lost.session, groupId)).toEqual(before);

    say(other.session, groupId, 'after it was taken back');
    say(lost.session, groupId, 'from the lost laptop');
    await eventually(() =>
      expect(notes(plenary, groupId)).toEqual(['after it was taken back', 'said in time']),
    );
    await eventually(() =>
      expect(plenary.setAside.getState().map(({ text }) => text)).toEqual(['from the lost laptop']),
    );
    say(plenary, groupId, 'from the moderator');
    await eventually(() => expect(notes(other.session, groupId)).toContain('from the moderator'));
    await eventually(() =>
      expect(other.session.status.getState().groups.get(groupId)?.waiting).toBe(0),
    );
    expect(other.session.status.getState().takenBack).toBe(false);
    // Nothing of all that reaches the lost laptop, and nothing of its own the others.
    expect(notes(lost.session, groupId)).toEqual(['from the lost laptop', 'said in time']);
    expect(notes(other.session, groupId)).not.toContain('from the lost laptop');
    expect(plenary.laptopsOf(groupId).map(({ deviceId }) => deviceId)).toEqual(['other']);
  });

  it('S2: a laptop that was away follows when it is back, with what it wrote meanwhile', async () => {
    const venue = await startVenue();
    const { plenary, groupId } = venue;
    await facilitator(venue, 'lost');
    const away = await facilitator(venue, 'away');
    await away.laptop.close();

    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(1));
    // Its hub is not to be reached at first; it goes on writing under the former key.
    const session = await away.laptop.open();
    say(session, groupId, 'written while away');
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['written while away']));
    expect(keyOf(session, groupId)).toEqual(keyOf(plenary, groupId));
    await eventually(() => expect(plenary.setAside.getState()).toEqual([]));
    await away.laptop.close();
    const again = await away.laptop.open();
    expect(notes(again, groupId)).toEqual(['written while away']);
  });

  it('S2: survives a restart of the plenary laptop and of its hub', async () => {
    const venue = await startVenue();
    const { plenary, groupId, laptop, started } = venue;
    const lost = await facilitator(venue, 'lost');
    const other = await facilitator(venue, 'other');
    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(keyOf(other.session, groupId)).toEqual(keyOf(plenary, groupId)));
    await laptop.close();
    say(lost.session, groupId, 'from the lost laptop');
    say(other.session, groupId, 'from the other');
    const again = await laptop.open(`ws://${started.local}`);
    await eventually(() => expect(notes(again, groupId)).toEqual(['from the other']));
    await lost.laptop.close();
    const back = await lost.laptop.open();
    await eventually(() => expect(back.status.getState().takenBack).toBe(true));
    await eventually(() =>
      expect(again.setAside.getState().map(({ text }) => text)).toEqual(['from the lost laptop']),
    );
    expect(notes(again, groupId)).toEqual(['from the other']);
  });

  it('with a new ticket it is back, and nothing that was typed on it is lost', async () => {
    const venue = await startVenue();
    const { plenary, groupId, addresses } = venue;
    const lost = await facilitator(venue, 'lost');
    const oldTicket = plenary.ticketFor({ groupId }, addresses);
    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(lost.session.status.getState().takenBack).toBe(true));
    say(lost.session, groupId, 'typed meanwhile');
    await lost.laptop.close();
    await untilLaterThan(oldTicket, venue);
    await untilLaterThan(plenary.ticketFor({ groupId }, addresses), venue);
    await lost.laptop.take(plenary.ticketFor({ groupId }, addresses));
    // The sheet from before does not turn that back.
    await lost.laptop.take(oldTicket);
    const found = await lost.laptop.open();
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['typed meanwhile']));
    expect(found.status.getState().takenBack).toBe(false);
    await eventually(() =>
      expect(plenary.laptopsOf(groupId).map(({ deviceId }) => deviceId)).toEqual(['lost']),
    );
    await eventually(() => expect(plenary.setAside.getState()).toEqual([]));
  });

  it('A2: the rapporteur follows too, and a sheet from before lets nobody in any more', async () => {
    const venue = await startVenue();
    const { plenary, groupId, addresses } = venue;
    await facilitator(venue, 'lost');
    const sheet = plenary.ticketFor({ groupId }, addresses);
    const rapporteur = newLaptop('rapporteur');
    await rapporteur.take(plenary.ticketFor({ role: 'rapporteur' }, addresses));
    const reads = await rapporteur.open();
    await eventually(() => expect(reads.status.getState().plan.inContact).toBe(true));
    await untilLaterThan(sheet, venue);
    plenary.takeBack(groupId, 'lost' as DeviceId);
    say(plenary, groupId, 'after');
    await eventually(() => expect(notes(reads, groupId)).toEqual(['after']));

    const stranger = newLaptop('stranger');
    await stranger.take(sheet);
    const opened = await stranger.open();
    await eventually(() => expect(opened.status.getState().takenBack).toBe(true));
    expect(notes(opened, groupId)).toEqual([]);
    expect(opened.plan.view.snapshot().title).toBe('');
  });
});
