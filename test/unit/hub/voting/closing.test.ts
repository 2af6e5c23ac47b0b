import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Leader } from '../../../../src/core/consensus/tally.ts';
import {
  agree,
  ballot,
  type Desk,
  openVotingHub,
  standing,
  tallied,
  type VotingHub,
} from './room.ts';

let hub: VotingHub;
let desk: Desk;
beforeEach(async () => {
  hub = await openVotingHub();
  desk = await hub.openDesk();
});
afterEach(() => hub.hub.stop());

describe('results (C4)', () => {
  it('stay hidden from phones until the poll closes', async () => {
    desk.say(standing(agree));
    await desk.hear('tally');
    const [voter, other] = [await hub.enter(), await hub.enter()];
    voter.say(ballot(1, 'agree'));
    await tallied(desk, 1);
    const late = await hub.enter();
    desk.say(standing(agree, { state: 'closed' }));
    for (const phone of [voter, other, late]) {
      const told = await phone.hear('poll', ({ poll }) => poll?.open === false);
      expect(told.poll?.tally?.all).toEqual({ ballots: 1, by: { agree: 1 } });
      const before = phone.heard.slice(0, phone.heard.indexOf(told));
      const tallies = before.filter(
        (frame) => 'poll' in frame && JSON.stringify(frame).includes('"ballots"'),
      );
      expect(tallies).toEqual([]);
    }
  });

  it('are seen while it is open where a moderator shows them, and hidden again', async () => {
    desk.say(standing(agree, { shown: true }));
    await desk.hear('tally');
    const [voter, other] = [await hub.enter(), await hub.enter()];
    voter.say(ballot(1, 'agree'));
    other.say(ballot(1, 'pass'));
    const { poll } = await other.hear('poll', (told) => told.poll?.tally?.all.ballots === 2);
    expect(poll?.tally?.byStakeholderGroup).toEqual({
      '~': { ballots: 2, by: { agree: 1, pass: 1 } },
    });
    desk.say(standing(agree, { shown: false }));
    expect(await other.hear('poll', (told) => told.poll?.tally === null)).toMatchObject({
      poll: { open: true },
    });
  });
});

describe('closing', () => {
  it('happens by itself at the moment that the hub measures', async () => {
    desk.say(standing(agree, { closesInMs: 300 }));
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    expect((await desk.hear('tally', ({ open }) => !open)).tally.all.ballots).toBe(1);
    await phone.hear('poll', ({ poll }) => poll?.open === false);
    phone.say(ballot(2, 'disagree'));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'not-open' });
    // A page that has not heard of it says "open", with a time that has run out.
    desk.say(standing(agree, { closesInMs: -20 }));
    phone.say(ballot(2, 'disagree'));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'not-open' });
  });

  it('C1: comes after what was said before it, also while a whole room comes back', async () => {
    desk.say(standing(agree));
    await desk.hear('tally');
    const phones = await Promise.all(Array.from({ length: 60 }, () => hub.enter()));
    const [voter] = phones;
    voter?.say(ballot(1, 'agree'));
    // What nobody understands is answered at once: by then the ballot has come, too.
    voter?.socket.send('?');
    await voter?.hear('refused');
    desk.say(standing(agree, { state: 'closed' }));
    const { tally } = await desk.hear('tally', ({ open }) => !open);
    expect(tally.all.ballots).toBe(1);
    await voter?.hear('counted');
  });

  it('by two moderators at once is one', async () => {
    desk.say(standing(agree));
    await desk.hear('tally');
    const second = await hub.openDesk();
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    desk.say(standing(agree, { state: 'closed' }));
    second.say(standing(agree, { state: 'closed' }));
    for (const one of [desk, second]) {
      for (let time = 0; time < 2; time += 1) {
        const { tally } = await one.hear('tally', ({ open }) => !open);
        expect(tally.all).toEqual({ ballots: 1, by: { agree: 1 } });
      }
    }
  });

  it('can be put off, and the poll opened again with what it has', async () => {
    desk.say(standing(agree, { closesInMs: 60_000 }));
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    desk.say(standing(agree, { closesInMs: 120_000 }));
    const told = await phone.hear('poll', ({ poll }) => (poll?.closesInMs ?? 0) > 60_000);
    expect(told.poll?.open).toBe(true);
    desk.say(standing(agree, { state: 'closed' }));
    await desk.hear('tally', ({ open }) => !open);
    desk.say(standing(agree));
    await desk.hear('tally', ({ open, tally }) => open && tally.all.ballots === 1);
    phone.say(ballot(2, 'pass'));
    await phone.hear('counted');
  });

  it('leaves the question as it was answered', async () => {
    desk.say(standing(agree));
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    desk.say(standing({ ...agree, question: 'Something else' }, { state: 'closed' }));
    const { poll } = await phone.hear('poll', (told) => told.poll?.open === false);
    expect(poll?.form.question).toBe(agree.question);
  });

  it('is told in tallies whose version grows', async () => {
    desk.say(standing(agree));
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await tallied(desk, 1);
    desk.say(standing(agree, { state: 'closed' }));
    await desk.hear('tally', ({ open }) => !open);
    const versions = desk.heard.flatMap((frame) =>
      frame.type === 'tally' ? [frame.tally.version] : [],
    );
    expect(versions.length).toBeGreaterThan(2);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
  });
});

describe('a quiz', () => {
  const quiz = {
    ...agree,
    id: 'quiz-1',
    kind: 'quiz',
    objections: false,
    options: [
      { id: 'a', text: 'Seven' },
      { id: 'b', text: 'Nine' },
    ],
  } as const;

  it('gives points at closing, more for who was quicker, by the clock of the hub', async () => {
    desk.say(standing(quiz, { closesInMs: 2_000, right: 'a', shown: true }));
    await desk.hear('tally');
    const [quick, slow, wrong] = [await hub.enter(), await hub.enter(), await hub.enter()];
    quick.say({ type: 'name', name: 'Owl' });
    quick.say(ballot(1, ['a'], 'quiz-1'));
    wrong.say(ballot(1, ['b'], 'quiz-1'));
    await quick.hear('counted');
    // The last answer counts, with its own time.
    slow.say(ballot(1, ['a'], 'quiz-1'));
    await slow.hear('counted');
    await slow.hear('poll', ({ poll }) => (poll?.tally?.all.ballots ?? 0) === 3);
    expect(JSON.stringify(slow.heard)).not.toContain('"right":"a"');
    await desk.hear('tally', ({ open }) => !open);
    const { leaders } = await desk.hear('leaders');
    expect(leaders[0]).toMatchObject({ place: 1, name: 'Owl' });
    expect(leaders).toHaveLength(2);
    expect(await quick.hear('points')).toMatchObject({ points: leaders[0]?.points, place: 1 });
    await slow.hear('points');
    expect(wrong.heard.some(({ type }) => type === 'points')).toBe(false);
    expect((await wrong.hear('poll', ({ poll }) => poll?.open === false)).poll?.right).toBe('a');
    expect((await hub.enter(quick.token)).heard[0]).toMatchObject({
      self: { points: leaders[0]?.points, place: 1 },
    });
  });

  it('opened again gives no points until it is closed, then those of the answers that count', async () => {
    desk.say(standing(quiz, { right: 'a' }));
    const [stays, changes] = [await hub.enter(), await hub.enter()];
    for (const phone of [stays, changes]) {
      phone.say(ballot(1, ['a'], 'quiz-1'));
      await phone.hear('counted');
    }
    desk.say(standing(quiz, { state: 'closed', right: 'a' }));
    expect((await desk.hear('leaders', ({ leaders }) => leaders.length > 0)).leaders).toHaveLength(
      2,
    );
    await stays.hear('points', ({ points }) => points > 0);
    desk.say(standing(quiz, { right: 'a' }));
    expect((await desk.hear('leaders', ({ leaders }) => leaders.length < 2)).leaders).toEqual([]);
    expect(await stays.hear('points', ({ points }) => points === 0)).toMatchObject({ place: 0 });
    // Who comes now hears the same.
    const second = await hub.openDesk();
    expect((await second.hear('leaders')).leaders).toEqual([]);
    changes.say(ballot(2, ['b'], 'quiz-1'));
    await changes.hear('counted');
    desk.say(standing(quiz, { state: 'closed', right: 'a' }));
    expect((await desk.hear('leaders', ({ leaders }) => leaders.length > 0)).leaders).toHaveLength(
      1,
    );
    expect(await stays.hear('points', ({ points }) => points > 0)).toMatchObject({ place: 1 });
  });

  it('that was deleted gives no points any more, and gives them again when it is back', async () => {
    for (const id of ['quiz-1', 'quiz-2']) desk.say(standing({ ...quiz, id }, { right: 'a' }));
    const [both, one] = [await hub.enter(), await hub.enter()];
    both.say(ballot(1, ['a'], 'quiz-1'));
    both.say(ballot(2, ['a'], 'quiz-2'));
    one.say(ballot(1, ['a'], 'quiz-2'));
    await both.hear('counted', ({ sequence }) => sequence === 2);
    await one.hear('counted');
    const closed = { state: 'closed', right: 'a' } as const;
    desk.say(standing({ ...quiz, id: 'quiz-1' }, closed));
    desk.say(standing({ ...quiz, id: 'quiz-2' }, closed));
    const points = async (...expected: number[]) => {
      const right = ({ leaders }: { leaders: readonly Leader[] }) =>
        JSON.stringify(leaders.map((leader) => leader.points)) === JSON.stringify(expected);
      await desk.hear('leaders', right);
    };
    await points(2_000, 1_000);
    const deleted = { state: 'closed', right: null, current: false } as const;
    desk.say(standing({ ...quiz, id: 'quiz-2' }, deleted));
    await points(1_000);
    await one.hear('points', (told) => told.points === 0);
    desk.say(standing({ ...quiz, id: 'quiz-1' }, deleted));
    await points();
    desk.say(standing({ ...quiz, id: 'quiz-2' }, { ...closed, current: false }));
    await points(1_000, 1_000);
  });
});
