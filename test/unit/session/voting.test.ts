import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Tally } from '../../../src/core/consensus/tally.ts';
import { disputedIn } from '../../../src/core/session/hand-counts.ts';
import { readForeignDocument } from '../../../src/core/session/foreign-update.ts';
import type { InboxItemId, PollId } from '../../../src/core/session/ids.ts';
import { closedRounds, verdictOfPoll } from '../../../src/core/session/poll-verdict.ts';
import { checkSchema } from '../../../src/core/session/schema.ts';
import { exchange, newPlan, type PlanLaptop, planOnAnotherLaptop, valueOf } from './laptops.ts';

const refusedFor = (reason: string) => ({ ok: false, reason });
const voting = ({ plan }: PlanLaptop) => plan.view.snapshot().voting;
const proposalOn = ({ plan }: PlanLaptop, text = 'A public register') =>
  valueOf(plan.addProposal({ text, questionId: null, sources: [] }));
const freePoll = {
  proposalId: null,
  question: 'Where next?',
  options: [],
  most: 0,
  seconds: null,
  right: null,
} as const;
const options = [
  { id: 'o1', text: 'Here' },
  { id: 'o2', text: 'There' },
];
function tallyOf(poll: PollId, agree: number, disagree: number): Tally {
  const counts = { ballots: agree + disagree, by: { agree, disagree } };
  return {
    poll,
    version: 1,
    all: counts,
    byStakeholderGroup: { government: counts },
    byRegion: {},
    byBreakoutGroup: {},
    texts: [],
  };
}
function closedPoll(laptop: PlanLaptop) {
  const proposalId = proposalOn(laptop);
  const pollId = valueOf(laptop.plan.voting.makePollFromProposal(proposalId));
  laptop.plan.voting.openPoll(pollId);
  laptop.plan.voting.closePoll(pollId);
  return { proposalId, pollId };
}

describe('polls', () => {
  it('come of a proposal in one step, and pressing twice makes one', () => {
    const a = newPlan('a');
    const proposalId = proposalOn(a);
    const pollId = valueOf(a.plan.voting.makePollFromProposal(proposalId));
    expect(valueOf(a.plan.voting.makePollFromProposal(proposalId))).toBe(pollId);
    expect(voting(a).polls).toMatchObject([
      { id: pollId, proposalId, kind: 'agree', question: 'A public register', state: 'draft' },
    ]);
    a.plan.history.undo();
    expect(voting(a).polls).toEqual([]);
    a.plan.history.redo();
    expect(voting(a).polls).toHaveLength(1);
  });

  it('are refused where nobody could answer them', () => {
    const { plan } = newPlan('a');
    const make = (change: object) =>
      plan.voting.makePoll({ ...freePoll, kind: 'agree', ...change });
    expect(make({ question: ' ' })).toEqual(refusedFor('empty'));
    expect(make({ kind: 'single', options: options.slice(1) })).toEqual(refusedFor('not-allowed'));
    expect(make({ kind: 'single', options: [...options, ...options] })).toEqual(
      refusedFor('not-allowed'),
    );
    expect(make({ kind: 'multiple', options, most: 3 })).toEqual(refusedFor('not-allowed'));
    expect(make({ kind: 'scale', most: 1 })).toEqual(refusedFor('not-allowed'));
    expect(make({ kind: 'quiz', options, right: 'o3' })).toEqual(refusedFor('not-allowed'));
    expect(make({ kind: 'quiz', options, right: 'o2' })).toMatchObject({ ok: true });
  });

  it('open with a countdown, get more time and close; the open one is what the room looks at', () => {
    const a = newPlan('a');
    const first = valueOf(a.plan.voting.makePoll({ ...freePoll, kind: 'agree' }));
    const second = valueOf(a.plan.voting.makePoll({ ...freePoll, kind: 'hum', seconds: 20 }));
    a.context.time = 10_000;
    a.plan.voting.openPoll(first);
    expect(voting(a)).toMatchObject({ currentPollId: first, polls: [{ closesAt: null }, {}] });
    expect(a.plan.voting.changePoll(first, { question: 'Other' })).toEqual(
      refusedFor('not-allowed'),
    );
    a.plan.voting.openPoll(second);
    a.plan.voting.extendPoll(second, 30);
    expect(voting(a)).toMatchObject({
      currentPollId: second,
      polls: [
        { state: 'closed', closedAt: 10_000 },
        { state: 'open', openedAt: 10_000, closesAt: 60_000 },
      ],
    });
    expect(a.plan.voting.deletePoll(second)).toEqual(refusedFor('not-allowed'));
    a.context.time = 20_000;
    a.plan.voting.closePoll(second);
    expect(voting(a).polls[1]).toMatchObject({ state: 'closed', closedAt: 20_000, closesAt: null });
    a.plan.history.undo();
    expect(voting(a).polls[1]).toMatchObject({ state: 'open', closesAt: 60_000 });
  });

  it('opened by mistake are closed by undo, never as if nobody had been asked', () => {
    const a = newPlan('a');
    const id = valueOf(a.plan.voting.makePoll({ ...freePoll, kind: 'agree' }));
    a.plan.voting.openPoll(id);
    a.plan.history.undo();
    expect(voting(a).polls[0]?.state).toBe('closed');
    a.plan.history.redo();
    expect(voting(a).polls[0]?.state).toBe('open');
  });

  it('closed by two moderators at once are closed once, and more time does not open them', () => {
    const a = newPlan('a');
    const id = valueOf(a.plan.voting.makePoll({ ...freePoll, kind: 'agree', seconds: 30 }));
    a.plan.voting.openPoll(id);
    const b = planOnAnotherLaptop('b', a.doc);
    const c = planOnAnotherLaptop('c', a.doc);
    [a.context.time, b.context.time] = [5_000, 6_000];
    a.plan.voting.closePoll(id);
    b.plan.voting.closePoll(id);
    c.plan.voting.extendPoll(id, 60);
    exchange(a.doc, b.doc);
    exchange(b.doc, c.doc);
    exchange(a.doc, c.doc);
    expect(voting(a)).toEqual(voting(b));
    expect(voting(a)).toEqual(voting(c));
    expect(voting(a).polls).toMatchObject([{ state: 'closed', closesAt: null }]);
    expect(a.plan.voting.closePoll(id)).toMatchObject({ ok: true });
  });

  it('have a second round with the proposal as it reads then', () => {
    const a = newPlan('a');
    const { proposalId, pollId } = closedPoll(a);
    a.plan.editProposal(proposalId, 'A register, from next year');
    const next = valueOf(a.plan.voting.secondRound(pollId));
    expect(valueOf(a.plan.voting.secondRound(pollId))).toBe(next);
    expect(voting(a).polls[1]).toMatchObject({
      id: next,
      previousId: pollId,
      round: 2,
      state: 'draft',
      question: 'A register, from next year',
    });
    expect(closedRounds(voting(a), proposalId).map(({ id }) => id)).toEqual([pollId]);
  });
});

describe('what a poll comes to', () => {
  it('C2: is judged by ballots and hands together, and goes to every laptop', () => {
    const a = newPlan('a');
    const { pollId } = closedPoll(a);
    const result = { tally: tallyOf(pollId, 4, 4), count: 8, checksum: 'c0ffee', at: 9 };
    valueOf(a.plan.voting.writeResult(pollId, result));
    valueOf(a.plan.voting.setHandCount(pollId, 'government', { agree: 8, pass: 0, disagree: 0 }));
    const b = planOnAnotherLaptop('b', a.doc);
    const [poll] = voting(b).polls;
    if (poll === undefined) throw new Error('No poll');
    expect(verdictOfPoll(voting(b), poll)).toMatchObject({
      status: 'to-confirm',
      figure: 13 / 18,
      lines: [{ part: 'government', votes: 16, fromHands: 8 }],
    });
    valueOf(a.plan.voting.setHandCount(pollId, 'government', null));
    expect(verdictOfPoll(voting(a), poll)).toMatchObject({ status: 'no-consensus', figure: 0.5 });
    expect(a.plan.voting.setHandCount(pollId, '', { agree: -1 })).toEqual(
      refusedFor('not-allowed'),
    );
  });

  it('C2: of two counts of the same hands both are there, and neither is taken before one is chosen', () => {
    const a = newPlan('a');
    const { pollId } = closedPoll(a);
    const b = planOnAnotherLaptop('b', a.doc);
    const count = ({ plan }: PlanLaptop, by: Readonly<Record<string, number>>, seen: number[]) =>
      valueOf(plan.voting.setHandCount(pollId, 'government', by, seen));
    count(a, { agree: 12 }, []);
    count(b, { agree: 14 }, []);
    // Who counts other hands of the same group is in nobody's way.
    count(b, { disagree: 3 }, []);
    exchange(a.doc, b.doc);
    expect(voting(a)).toEqual(voting(b));
    const [row] = voting(a).handCounts;
    if (row === undefined) throw new Error('No row');
    expect(row.by).toEqual({});
    expect(disputedIn(row)).toEqual([{ answer: 'agree', counts: [12, 14] }]);
    // A correction of what was seen is none, and a choice ends it.
    count(a, { agree: 13 }, [12]);
    exchange(a.doc, b.doc);
    expect(voting(b).handCounts.flatMap(disputedIn)).toMatchObject([{ counts: [13, 14] }]);
    valueOf(b.plan.voting.setHandCount(pollId, 'government', { agree: 13 }));
    exchange(a.doc, b.doc);
    expect(voting(a).handCounts).toMatchObject([{ by: { agree: 13, disagree: 3 } }]);
    b.plan.history.undo();
    expect(voting(b).handCounts.flatMap(disputedIn)).toHaveLength(1);
    exchange(a.doc, b.doc);
    // The same number from two laptops is one count.
    count(a, { agree: 14 }, [13]);
    exchange(a.doc, b.doc);
    expect(voting(b).handCounts).toMatchObject([{ by: { agree: 14, disagree: 3 } }]);
    valueOf(a.plan.voting.setHandCount(pollId, 'government', null));
    exchange(a.doc, b.doc);
    expect(voting(b).handCounts).toEqual([]);
  });

  it('C3: nothing is confirmed over an open objection, without a reason, or on another round', () => {
    const a = newPlan('a');
    const { proposalId, pollId } = closedPoll(a);
    const tally = tallyOf(pollId, 9, 0);
    a.plan.voting.writeResult(pollId, { tally, count: 9, checksum: '', at: 9 });
    const objection = valueOf(
      a.plan.voting.recordObjection({
        proposalId,
        pollId: null,
        text: 'Small makers cannot pay',
        stakeholderGroup: 's1',
      }),
    );
    const verdict = () => {
      const [poll] = voting(a).polls;
      return poll === undefined ? null : verdictOfPoll(voting(a), poll)?.status;
    };
    expect(verdict()).toBe('objections-open');
    const confirm = (reason = 'Heard and changed') =>
      a.plan.voting.confirmConsensus(proposalId, pollId, reason);
    expect(confirm()).toEqual(refusedFor('not-allowed'));
    a.plan.voting.resolveObjection(objection, 'addressed', 'From next year');
    const write = (agree: number, disagree: number): void => {
      const other = tallyOf(pollId, agree, disagree);
      a.plan.voting.writeResult(pollId, { tally: other, count: 9, checksum: '', at: 9 });
    };
    write(4, 5);
    expect([verdict(), confirm()]).toEqual(['no-consensus', refusedFor('not-allowed')]);
    write(3, 0);
    expect([verdict(), confirm()]).toEqual(['too-few', refusedFor('not-allowed')]);
    write(9, 0);
    expect(confirm(' ')).toEqual(refusedFor('empty'));
    expect(confirm()).toMatchObject({ ok: true });
    expect(verdict()).toBe('rough-consensus');
    const next = valueOf(a.plan.voting.secondRound(pollId));
    expect(a.plan.voting.confirmConsensus(proposalId, next, 'x')).toEqual(
      refusedFor('not-allowed'),
    );
    a.plan.voting.withdrawDecision(proposalId);
    expect(verdict()).toBe('to-confirm');
    a.plan.history.undo();
    expect(verdict()).toBe('rough-consensus');
    a.plan.voting.decideAgainst(proposalId, pollId, 'Not the time');
    expect(verdict()).toBe('decided-against');
  });

  it('C3: of an objection changed here and confirmed over there, both survive and it is open', () => {
    const a = newPlan('a');
    const { proposalId, pollId } = closedPoll(a);
    a.plan.voting.writeResult(pollId, {
      tally: tallyOf(pollId, 9, 0),
      count: 9,
      checksum: '',
      at: 9,
    });
    const b = planOnAnotherLaptop('b', a.doc);
    const received = { pollId, person: 'p', text: 'No', stakeholderGroup: 's1', at: 50 };
    valueOf(a.plan.voting.receiveObjection(received));
    valueOf(b.plan.voting.confirmConsensus(proposalId, pollId, 'All agree'));
    exchange(a.doc, b.doc);
    expect(voting(a)).toEqual(voting(b));
    const [poll] = voting(a).polls;
    expect(poll && verdictOfPoll(voting(a), poll)?.status).toBe('objections-open');
  });
});

describe('objections from phones', () => {
  it('C3: are there once however often they are given, and open again where they are said again', () => {
    const a = newPlan('a');
    const { proposalId, pollId } = closedPoll(a);
    const give = (text: string, at: number) =>
      a.plan.voting.receiveObjection({ pollId, person: 'p', text, stakeholderGroup: 's1', at });
    give('Too early', 100);
    give('Too early', 100);
    give('An older word', 50);
    expect(voting(a).objections).toMatchObject([{ proposalId, text: 'Too early', state: 'open' }]);
    const id = voting(a).objections[0]?.id;
    if (id === undefined) throw new Error('No objection');
    a.plan.voting.resolveObjection(id, 'dissent', '');
    give('Too early', 100);
    expect(voting(a).objections[0]?.state).toBe('dissent');
    give('Still too early', 200);
    expect(voting(a).objections).toMatchObject([{ text: 'Still too early', state: 'open' }]);
    give('', 300);
    // What was said stays readable.
    expect(voting(a).objections).toMatchObject([{ text: 'Still too early', state: 'withdrawn' }]);
    expect(a.plan.voting.withdrawObjection(id)).toEqual(refusedFor('not-allowed'));
    give('x'.repeat(9_000), 400);
    expect(voting(a).objections[0]?.text).toHaveLength(500);
    expect(a.plan.history.undo()).not.toBeNull();
  });
});

describe('objections that the moderator writes down', () => {
  it('R1: stay on record as taken back, which is undone, and stand in no verdict', () => {
    const a = newPlan('a');
    const { proposalId, pollId } = closedPoll(a);
    const tally = tallyOf(pollId, 9, 0);
    a.plan.voting.writeResult(pollId, { tally, count: 9, checksum: '', at: 9 });
    const input = { proposalId, pollId, text: 'Who pays?', stakeholderGroup: '' };
    const id = valueOf(a.plan.voting.recordObjection(input));
    valueOf(a.plan.voting.withdrawObjection(id));
    expect(voting(a).objections).toMatchObject([{ text: 'Who pays?', state: 'withdrawn' }]);
    const [poll] = voting(a).polls;
    expect(poll && verdictOfPoll(voting(a), poll)?.status).toBe('to-confirm');
    a.plan.history.undo();
    expect(voting(a).objections).toMatchObject([{ state: 'open' }]);
  });
});

describe('the quiz', () => {
  it('has its best in the plan, for every laptop, and Undo goes past them', () => {
    const a = newPlan('a');
    proposalOn(a);
    const leaders = [{ place: 1, name: 'Blue', points: 1_700 }];
    valueOf(a.plan.voting.writeLeaders(leaders));
    expect(voting(planOnAnotherLaptop('b', a.doc)).leaders).toEqual(leaders);
    a.plan.history.undo();
    expect(voting(a).leaders).toEqual(leaders);
    expect(a.plan.view.snapshot().proposals).toEqual([]);
  });
});

describe('the inbox and the list of speakers', () => {
  const hand = {
    kind: 'hand',
    person: 'p',
    text: '',
    stakeholderGroup: 's1',
    region: '',
    online: false,
  } as const;

  it('keeps an item once, and both moderators see who took it', () => {
    const a = newPlan('a');
    a.plan.voting.receiveItem({ ...hand, id: 'h1', at: 5 });
    const b = planOnAnotherLaptop('b', a.doc);
    const id = 'h1' as InboxItemId;
    valueOf(a.plan.voting.takeItem(id));
    a.plan.voting.receiveItem({ ...hand, id: 'h1', at: 5 });
    exchange(a.doc, b.doc);
    expect(voting(b).inbox).toMatchObject([{ id, takenBy: 'a' }]);
    expect(b.plan.voting.takeItem(id)).toEqual(refusedFor('not-allowed'));
    valueOf(b.plan.voting.leaveItem(id));
    valueOf(b.plan.voting.takeItem(id));
    valueOf(b.plan.voting.doneItem(id));
    exchange(a.doc, b.doc);
    expect(voting(a).inbox).toMatchObject([{ takenBy: 'b', doneAt: 1_000 }]);
  });

  it('a hand goes down with its person, and gives the floor once when two give it at once', () => {
    const a = newPlan('a');
    a.plan.voting.receiveItem({ ...hand, id: 'h1', at: 5 });
    a.plan.voting.receiveItem({ ...hand, id: 'h2', person: 'q', at: 6 });
    a.plan.voting.lowerHand('q', 8);
    expect(voting(a).inbox).toMatchObject([{ doneAt: null }, { id: 'h2', doneAt: 8 }]);
    const b = planOnAnotherLaptop('b', a.doc);
    const turn = { ...hand, inboxId: 'h1' as InboxItemId, label: '' };
    a.plan.voting.startSpeaker(turn);
    b.plan.voting.startSpeaker(turn);
    exchange(a.doc, b.doc);
    expect(voting(a).turns).toHaveLength(1);
    a.context.time = 9_000;
    a.plan.voting.endSpeaker();
    exchange(a.doc, b.doc);
    expect(voting(b).turns).toMatchObject([{ startedAt: 1_000, endedAt: 9_000 }]);
    a.plan.history.undo();
    expect(voting(a).turns[0]?.endedAt).toBeNull();
    a.plan.history.undo();
    expect(voting(a).inbox[0]?.doneAt).toBeNull();
  });
});

describe('the schema', () => {
  it('lets polls in from other laptops, with fields that only they know, and no other shapes', () => {
    const a = newPlan('a');
    const { pollId } = closedPoll(a);
    const entry = a.doc.getMap('polls').get(pollId) as Y.Map<unknown>;
    entry.set('newer', 'kept');
    const read = readForeignDocument(Y.encodeStateAsUpdate(a.doc), 'plan');
    expect(read?.getMap('polls').get(pollId)).toBeInstanceOf(Y.Map);
    expect(read?.getMap('polls').toJSON()).toMatchObject({ [pollId]: { newer: 'kept' } });
    entry.set('question', 7);
    expect(checkSchema(a.doc, 'plan')).toEqual({
      reason: 'field-type',
      root: 'polls',
      id: pollId,
      field: 'question',
    });
  });

  it('reads what is no result, no option and no decision as none', () => {
    const a = newPlan('a');
    const { proposalId, pollId } = closedPoll(a);
    (a.doc.getMap('polls').get(pollId) as Y.Map<unknown>).set('options', '[{"id":1}]');
    a.doc.getMap('pollResults').set(pollId, '{"tally":');
    a.doc.getMap('handCounts').set(`${pollId}/s1/agree/a`, -4);
    a.doc.getMap('handCounts').set(`${pollId}/s1/agree`, 4);
    a.doc.getMap('room').set('leaders', '[{"place":0.5}]');
    a.doc.getMap('decisions').set(proposalId, '7');
    expect(voting(a)).toMatchObject({ polls: [{ options: [] }], results: {}, handCounts: [] });
    expect(voting(a).leaders).toEqual([]);
    expect(voting(a).decisions).toEqual({});
  });
});
