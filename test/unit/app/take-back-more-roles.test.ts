import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../src/core/session/ids.ts';
import { eventually } from '../hub/eventually.ts';
import {
  facilitator,
  inRole,
  keyOf,
  notes,
  say,
  startVenue,
  untilLaterThan,
} from './take-back-venue.ts';

describe('access taken back', { timeout: 60_000 }, () => {
  it('S2: a laptop that joins after a renewal is in it from the start, and follows the next one', async () => {
    const venue = await startVenue();
    const { plenary, groupId } = venue;
    const lost = await facilitator(venue, 'lost');
    const sheet = plenary.ticketFor({ groupId }, venue.addresses);
    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(1));
    await untilLaterThan(sheet, venue);
    const late = await facilitator(venue, 'late');
    expect(keyOf(late.session, groupId)).toEqual(keyOf(plenary, groupId));
    say(late.session, groupId, 'from who came late');
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['from who came late']));
    // What was renewed before it came does not move it.
    expect(late.session.record.retired ?? []).toEqual([]);

    const other = await facilitator(venue, 'other');
    plenary.takeBack(groupId, 'other' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(2));
    await eventually(() => expect(keyOf(late.session, groupId)).toEqual(keyOf(plenary, groupId)));
    say(late.session, groupId, 'and afterwards');
    await eventually(() => expect(notes(plenary, groupId)).toContain('and afterwards'));
    for (const { session } of [lost, other]) {
      await eventually(() => expect(session.status.getState().takenBack).toBe(true));
      expect(notes(session, groupId)).not.toContain('and afterwards');
    }
    expect(late.session.status.getState().takenBack).toBe(false);
  });

  it('A1: of a laptop that was in two groups both go on without it', async () => {
    const venue = await startVenue();
    const { plenary, groupId, otherGroup, addresses } = venue;
    const lost = await facilitator(venue, 'lost');
    await lost.laptop.close();
    await lost.laptop.take(plenary.ticketFor({ groupId: otherGroup }, addresses));
    const both = await lost.laptop.open();
    await eventually(() =>
      expect(plenary.laptopsOf(otherGroup).map(({ deviceId }) => deviceId)).toEqual(['lost']),
    );
    const stays = await facilitator(venue, 'stays');
    const before = [keyOf(plenary, groupId), keyOf(plenary, otherGroup)];

    plenary.takeBack(otherGroup, 'lost' as DeviceId);
    for (const id of [groupId, otherGroup]) {
      await eventually(() => expect(before).not.toContainEqual(keyOf(plenary, id)));
    }
    await eventually(() => expect(keyOf(stays.session, groupId)).toEqual(keyOf(plenary, groupId)));
    say(stays.session, groupId, 'said afterwards');
    say(plenary, otherGroup, 'said there afterwards');
    await eventually(() => expect(notes(plenary, groupId)).toContain('said afterwards'));
    await eventually(() => expect(both.status.getState().takenBack).toBe(true));
    expect(notes(both, groupId)).toEqual([]);
    expect(notes(both, otherGroup)).toEqual([]);
    for (const id of [groupId, otherGroup]) {
      expect(plenary.laptopsOf(id).map(({ deviceId }) => deviceId)).not.toContain('lost');
    }
  });

  it('A1, A2: one that was the rapporteur’s and then a moderator’s is out of the report, too', async () => {
    const venue = await startVenue();
    const { plenary, addresses } = venue;
    const lost = await inRole(venue, 'rapporteur', 'lost');
    await lost.laptop.close();
    await lost.laptop.take(plenary.ticketFor({ role: 'moderator' }, addresses));
    const moderator = await lost.laptop.open();
    await eventually(() =>
      expect(plenary.laptopsOf(null).find(({ deviceId }) => deviceId === 'lost')?.role).toBe(
        'moderator',
      ),
    );
    expect(plenary.laptopsOf(null).filter(({ deviceId }) => deviceId === 'lost')).toHaveLength(1);
    const second = await inRole(venue, 'rapporteur', 'second');
    const before = plenary.record.report;
    plenary.takeBack(null, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.report).not.toEqual(before));
    await eventually(() => expect(second.session.record.report).toEqual(plenary.record.report));
    await eventually(() => expect(moderator.status.getState().takenBack).toBe(true));
    expect(plenary.laptopsOf(null).map(({ deviceId }) => deviceId)).not.toContain('lost');
    second.session.report?.edit({ section: 'advice' }, 'Go on without it.');
    await eventually(() =>
      expect(plenary.report?.view.snapshot().texts.advice).toBe('Go on without it.'),
    );
    expect(moderator.report?.view.snapshot().texts.advice).toBe('');
  });
});
