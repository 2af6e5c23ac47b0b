import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../src/core/session/ids.ts';
import { eventually } from '../hub/eventually.ts';
import {
  asideOf,
  facilitator,
  inRole,
  keyOf,
  notes,
  reportOf,
  say,
  startVenue,
  write,
} from './take-back-venue.ts';

describe('a session file from before access was taken back', { timeout: 60_000 }, () => {
  it('S2: of a laptop that stays goes among the notes, with all that was typed while it was away', async () => {
    const venue = await startVenue();
    const { plenary, groupId, started } = venue;
    await facilitator(venue, 'lost');
    const away = await facilitator(venue, 'away');
    say(away.session, groupId, 'said in time');
    await eventually(() => expect(notes(plenary, groupId)).toEqual(['said in time']));
    await eventually(() =>
      expect(away.session.status.getState().groups.get(groupId)?.waiting).toBe(0),
    );
    await started.hub.closeToNetwork();
    say(away.session, groupId, 'typed while away');
    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(1));
    expect(keyOf(away.session, groupId)).not.toEqual(keyOf(plenary, groupId));

    for (const only of ['lacking', 'all'] as const) {
      const file = await away.session.saveFile({ only });
      const check = plenary.checkFile(file);
      expect(check).toMatchObject({ ok: true, contents: { former: 'taken-in' } });
      const taken = await plenary.importFile(file, `${only}.caucus`);
      expect(taken.ok).toBe(true);
      expect(notes(plenary, groupId)).toEqual(['said in time', 'typed while away']);
    }
    expect(asideOf(plenary)).toEqual([]);
  });

  it('A1, S2: of the laptop that was taken back is kept apart, and elsewhere refused', async () => {
    const venue = await startVenue();
    const { plenary, groupId, laptop, started } = venue;
    const lost = await facilitator(venue, 'lost');
    const other = await facilitator(venue, 'other');
    plenary.takeBack(groupId, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(1));
    await eventually(() => expect(keyOf(other.session, groupId)).toEqual(keyOf(plenary, groupId)));
    await started.hub.closeToNetwork();
    say(lost.session, groupId, 'from the lost laptop');
    const file = await lost.session.saveFile({ only: 'all' });
    await eventually(() =>
      expect(other.session.checkFile(file)).toMatchObject({ ok: false, reason: 'taken-back' }),
    );
    expect(plenary.checkFile(file)).toMatchObject({
      ok: true,
      contents: { former: 'set-aside', news: 1 },
    });
    expect(asideOf(plenary)).toEqual([]);
    const taken = await plenary.importFile(file, 'lost.caucus');
    expect(taken).toMatchObject({ ok: true, importId: null });
    expect(notes(plenary, groupId)).toEqual([]);
    expect(asideOf(plenary)).toEqual(['from the lost laptop']);
    // S5: twice changes nothing; and it is there after a restart.
    await plenary.importFile(file, 'lost.caucus');
    expect(asideOf(plenary)).toEqual(['from the lost laptop']);
    await laptop.close();
    const again = await laptop.open();
    expect(again.setAside.getState().map(({ text }) => text)).toEqual(['from the lost laptop']);
    expect(notes(again, groupId)).toEqual([]);
  });

  it("S2: the rapporteur's report comes in under its former key, from whoever stays", async () => {
    const venue = await startVenue();
    const { plenary, started } = venue;
    const lost = await inRole(venue, 'rapporteur', 'lost');
    const second = await inRole(venue, 'rapporteur', 'second');
    await started.hub.closeToNetwork();
    for (const { session } of [lost, second]) {
      write(session, `Written by the ${session.deviceId} one. `);
    }
    plenary.takeBack(null, 'lost' as DeviceId);
    await eventually(() => expect(plenary.record.retired).toHaveLength(4));
    const good = await second.session.saveFile({ only: 'all' });
    expect((await plenary.importFile(good, 'second.caucus')).ok).toBe(true);
    const bad = await lost.session.saveFile({ only: 'all' });
    expect((await plenary.importFile(bad, 'lost.caucus')).ok).toBe(true);
    expect(reportOf(plenary)).toBe('Written by the second one. ');
    expect(asideOf(plenary)).toEqual(['Written by the lost one. ']);
  });
});
