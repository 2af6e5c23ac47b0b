import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  MAX_OBJECTION_CHARACTERS,
  MAX_POLL_TEXT_CHARACTERS,
} from '../../../../src/core/consensus/poll.ts';
import {
  agree,
  ballot,
  type Desk,
  openVotingHub,
  room,
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

async function openPoll(...polls: Parameters<typeof standing>): Promise<void> {
  desk.say(standing(...polls));
  await desk.hear('tally', ({ tally }) => tally.poll === polls[0].id);
}

describe('a ballot (C1)', () => {
  it('is counted once, and again after it was sent again', async () => {
    await openPoll(agree);
    const phone = await hub.enter();
    for (let time = 0; time < 3; time += 1) phone.say(ballot(1, 'agree'));
    for (let time = 0; time < 3; time += 1) {
      expect(await phone.hear('counted')).toMatchObject({ poll: 'poll-1', sequence: 1 });
    }
    expect((await tallied(desk, 1)).tally.all.by).toEqual({ agree: 1 });
  });

  it('counts as it was last before closing, however it comes', async () => {
    await openPoll(agree);
    const phone = await hub.enter();
    phone.say(ballot(2, 'agree'));
    phone.say(ballot(5, 'disagree'));
    phone.say(ballot(4, 'pass'));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'late', sequence: 4 });
    phone.say(ballot(5, 'agree'));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'late', sequence: 5 });
    expect(
      (await desk.hear('tally', ({ tally }) => tally.all.by['disagree'] === 1)).tally.all,
    ).toEqual({ ballots: 1, by: { disagree: 1 } });
  });

  it('can be taken back', async () => {
    await openPoll(agree);
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await tallied(desk, 1);
    phone.say(ballot(2, null));
    expect((await tallied(desk, 0)).tally).toMatchObject({ all: { by: {} } });
  });

  it('is acknowledged again after closing, and no other is taken then', async () => {
    await openPoll(agree);
    const phone = await hub.enter();
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    desk.say(standing(agree, { state: 'closed' }));
    await phone.hear('poll', ({ poll }) => poll?.open === false);
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    phone.say(ballot(2, 'disagree'));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'not-open', sequence: 2 });
  });

  it('of one voter on two phones is one', async () => {
    await openPoll(agree);
    const first = await hub.enter();
    const second = await hub.enter(first.token);
    first.say(ballot(1, 'agree'));
    await first.hear('counted');
    second.say(ballot(2, 'disagree'));
    await second.hear('counted');
    const { tally } = await desk.hear('tally', (told) => told.tally.all.by['disagree'] === 1);
    expect(tally.all).toEqual({ ballots: 1, by: { disagree: 1 } });
  });

  it.each([
    ['to an unknown poll', ballot(1, 'agree', 'poll-9'), 'unknown-poll'],
    ['with an unknown choice', ballot(1, ['option-9']), 'not-a-choice'],
    ['with a step that there is not', ballot(1, 9), 'not-a-choice'],
    ['with a number that is none', { ...ballot(1, 'agree'), sequence: -1 }, 'malformed'],
    ['with something besides', { ...ballot(1, 'agree'), voter: 'x' }, 'malformed'],
    ['without a choice', { type: 'ballot', poll: 'poll-1', sequence: 1 }, 'malformed'],
  ])('%s is refused and changes nothing', async (_what, frame, reason) => {
    await openPoll(agree);
    const phone = await hub.enter();
    phone.say(frame as ReturnType<typeof ballot>);
    expect(await phone.hear('refused')).toMatchObject({ reason });
    phone.say(ballot(2, 'pass'));
    expect((await tallied(desk, 1)).tally.all.by).toEqual({ pass: 1 });
  });

  it('of a megabyte costs its own socket, and nobody else theirs', async () => {
    await openPoll(agree);
    const [bad, good] = [await hub.enter(), await hub.enter()];
    bad.socket.send(JSON.stringify(ballot(1, { text: 'x'.repeat(1024 * 1024) })));
    expect([1006, 1008, 1009]).toContain(await bad.closed);
    good.say(ballot(1, 'agree'));
    await good.hear('counted');
  });

  it('counts in the group as which the voter last declared itself before closing', async () => {
    await openPoll(agree);
    const phones = await Promise.all(Array.from({ length: 5 }, () => hub.enter()));
    for (const phone of phones) phone.say(ballot(1, 'agree'));
    await tallied(desk, 5);
    for (const phone of phones) {
      phone.say({
        type: 'me',
        stakeholderGroup: 'government',
        region: '',
        breakoutGroup: 'group-1',
      });
      await phone.hear('kept');
    }
    desk.say(standing(agree, { state: 'closed' }));
    const { tally } = await desk.hear('tally', ({ open }) => !open);
    expect(tally.byStakeholderGroup).toEqual({ government: { ballots: 5, by: { agree: 5 } } });
    expect(tally.byBreakoutGroup).toEqual({ 'group-1': { ballots: 5, by: { agree: 5 } } });
    phones[0]?.say({ type: 'me', stakeholderGroup: 'technical', region: '', breakoutGroup: '' });
    await phones[0]?.hear('kept');
    desk.say({ type: 'export', poll: 'poll-1' });
    expect((await desk.hear('box')).box.text).toContain('Government');
  });

  it('stays where it is when its group is given another name', async () => {
    await openPoll(agree);
    const phone = await hub.enter();
    phone.say({ type: 'me', stakeholderGroup: 'government', region: '', breakoutGroup: '' });
    await phone.hear('kept');
    phone.say(ballot(1, 'agree'));
    await phone.hear('counted');
    desk.say({ ...room, stakeholderGroups: [{ id: 'government', name: 'Public sector' }] });
    expect((await phone.hear('room')).room.stakeholderGroups[0]?.name).toBe('Public sector');
    phone.say(ballot(2, 'disagree'));
    await phone.hear('counted');
    expect((await desk.hear('voters', ({ voters }) => voters === 1)).byStakeholderGroup).toEqual({
      government: 1,
    });
    phone.say({ type: 'me', stakeholderGroup: 'made-up', region: '', breakoutGroup: '' });
    expect(await phone.hear('refused')).toMatchObject({ reason: 'not-a-choice' });
  });
});

describe('one connection that says too much', () => {
  it('is refused cheaply, and others are counted meanwhile', async () => {
    await openPoll(agree);
    const [bad, good] = [await hub.enter(), await hub.enter()];
    bad.say(ballot(1, 'agree'));
    await bad.hear('counted');
    for (let number = 2; number <= 20_000; number += 1) {
      bad.socket.send(JSON.stringify(ballot(number, 'agree')));
    }
    good.say(ballot(1, 'disagree'));
    await good.hear('counted');
    expect([1006, 1008]).toContain(await bad.closed);
    const refused = bad.heard.filter(({ type }) => type === 'refused');
    expect(refused.length).toBeLessThan(100);
    expect(refused[0]).toMatchObject({ reason: 'too-many' });
    expect((await tallied(desk, 2)).tally.all.by).toEqual({ agree: 1, disagree: 1 });
  });
});

describe('a short text', () => {
  const text = { ...agree, id: 'poll-t', kind: 'text', objections: false } as const;

  it('reaches the room only once it was let through, and as text', async () => {
    await openPoll(text, { shown: true });
    const phone = await hub.enter();
    const script = '<script>alert(1)</script>\u202e';
    phone.say(ballot(1, { text: script }, 'poll-t'));
    await phone.hear('counted');
    const { tally } = await tallied(desk, 1, 'poll-t');
    expect(tally.texts).toEqual([{ ballot: '1', text: '<script>alert(1)</script>', shown: false }]);
    expect(phone.heard.some((frame) => JSON.stringify(frame).includes('script'))).toBe(false);
    desk.say({ type: 'let-through', poll: 'poll-t', ballot: '1', shown: true });
    const shown = await phone.hear('poll', ({ poll }) => (poll?.tally?.texts.length ?? 0) > 0);
    expect(shown.poll?.tally?.texts[0]?.text).toBe('<script>alert(1)</script>');
    phone.say(ballot(2, { text: 'Something else' }, 'poll-t'));
    const next = await desk.hear('tally', (told) => told.tally.texts[0]?.text === 'Something else');
    expect(next.tally.texts[0]).toMatchObject({ ballot: '2', shown: false });
  });

  it('is refused where it is too long', async () => {
    await openPoll(text);
    const phone = await hub.enter();
    phone.say(ballot(1, { text: 'x'.repeat(MAX_POLL_TEXT_CHARACTERS + 1) }, 'poll-t'));
    expect(await phone.hear('refused')).toMatchObject({ reason: 'too-long', sequence: 1 });
  });
});

describe('what phones give to the moderators', () => {
  it('comes to every page until it is noted, objections as they are last (C3)', async () => {
    await openPoll(agree);
    const phone = await hub.enter();
    phone.say({ type: 'object', poll: 'poll-1', sequence: 1, text: 'Too dear' });
    const first = await desk.hear('given');
    expect(first.given).toMatchObject({ what: 'objection', text: 'Too dear', poll: 'poll-1' });
    phone.say({ type: 'object', poll: 'poll-1', sequence: 2, text: 'Too dear\u2028for schools' });
    const second = await desk.hear('given');
    // Noting the former one does not lose the latter.
    desk.say({ type: 'noted', id: first.given.id });
    const other = await hub.openDesk();
    expect((await other.hear('given')).given).toEqual(second.given);
    expect(second.given).toMatchObject({
      person: first.given.person,
      text: 'Too dear for schools',
    });
    desk.say({ type: 'noted', id: second.given.id });
    desk.say({ type: 'make-codes', count: 0 });
    await desk.hear('codes');
    const third = await hub.openDesk();
    third.say({ type: 'make-codes', count: 0 });
    await third.hear('codes');
    expect(third.heard.filter(({ type }) => type === 'given')).toEqual([]);
    phone.say({
      type: 'object',
      poll: 'poll-1',
      sequence: 3,
      text: 'x'.repeat(MAX_OBJECTION_CHARACTERS + 1),
    });
    expect(await phone.hear('refused')).toMatchObject({ reason: 'too-long', sequence: 3 });
  });

  it('is taken up, and its phone is told', async () => {
    const phone = await hub.enter();
    phone.say({ type: 'hand', sequence: 1, up: true });
    phone.say({ type: 'ask', id: 'mine-1', kind: 'read-out', text: 'Please read this' });
    phone.say({ type: 'ask', id: 'mine-1', kind: 'read-out', text: 'Please read this' });
    const hand = await desk.hear('given', ({ given }) => given.what === 'hand');
    const asked = await desk.hear('given', ({ given }) => given.what === 'read-out');
    desk.say({ type: 'taken', id: asked.given.id, done: false });
    expect(await phone.hear('taken')).toEqual({ type: 'taken', id: 'mine-1', done: false });
    desk.say({ type: 'taken', id: hand.given.id, done: true });
    expect(await phone.hear('taken')).toMatchObject({ done: true });
    const again = await hub.enter(phone.token);
    expect(again.heard[0]).toMatchObject({ self: { handUp: false } });
    expect(desk.heard.filter(({ type }) => type === 'given')).toHaveLength(2);
  });
});

describe('the ballot box', () => {
  it('has every ballot without its voter, and a checksum over its text', async () => {
    await openPoll(agree);
    const phones = await Promise.all(Array.from({ length: 6 }, () => hub.enter()));
    for (const [index, phone] of phones.entries()) {
      const stakeholderGroup = index === 0 ? 'technical' : 'government';
      phone.say({ type: 'me', stakeholderGroup, region: '', breakoutGroup: '' });
      await phone.hear('kept');
      phone.say(ballot(1, index === 0 ? 'disagree' : 'agree'));
      await phone.hear('counted');
    }
    desk.say({ type: 'export', poll: 'poll-1' });
    const { box } = await desk.hear('box');
    expect(box.count).toBe(6);
    expect(box.checksum).toBe(createHash('sha256').update(box.text).digest('hex'));
    // One of one group would be known by it, so the two groups are one.
    expect(box.text.trim().split('\r\n')).toEqual([
      'choice,stakeholder group',
      ...Array<string>(5).fill('"""agree""","~"'),
      '"""disagree""","~"',
    ]);
    for (const phone of phones) expect(box.text).not.toContain(phone.token.slice(0, 16));
  });
});
