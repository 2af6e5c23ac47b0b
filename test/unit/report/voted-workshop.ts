import type { PollKind } from '../../../src/core/consensus/poll.ts';
import type { Counts, Tally } from '../../../src/core/consensus/tally.ts';
import type { DeviceId, ObjectionId, PollId, ProposalId } from '../../../src/core/session/ids.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import {
  noVoting,
  type Objection,
  type Poll,
  type PollResult,
  type Voting,
} from '../../../src/core/session/voting-model.ts';
import { minute } from '../../fixtures/read-model.ts';
import { workshopPlan } from './workshop.ts';

export const proposalId = (id: string): ProposalId => id as ProposalId;
export const pollId = (id: string): PollId => id as PollId;

export const poll = (id: string, kind: PollKind, over: Partial<Poll> = {}): Poll => ({
  id: pollId(id),
  proposalId: null,
  previousId: null,
  round: 1,
  kind,
  question: `Question of ${id}`,
  options: [],
  most: 0,
  seconds: null,
  right: null,
  state: 'closed',
  openedAt: minute(60),
  closesAt: null,
  closedAt: minute(62),
  shown: false,
  deviceId: 'plenary' as DeviceId,
  createdAt: minute(59),
  order: id,
  deleted: false,
  ...over,
});

export const counted = (by: Readonly<Record<string, number>>, ballots?: number): Counts => ({
  ballots: ballots ?? Object.values(by).reduce((sum, count) => sum + count, 0),
  by,
});

export function result(
  id: string,
  byStakeholderGroup: Readonly<Record<string, Counts>>,
  over: Partial<Tally> = {},
): PollResult {
  const by: Record<string, number> = {};
  let ballots = 0;
  for (const part of Object.values(byStakeholderGroup)) {
    ballots += part.ballots;
    for (const [key, count] of Object.entries(part.by)) by[key] = (by[key] ?? 0) + count;
  }
  const tally: Tally = {
    poll: id,
    version: 1,
    all: { ballots, by },
    byStakeholderGroup,
    byRegion: {},
    byBreakoutGroup: {},
    texts: [],
    ...over,
  };
  return { tally, count: ballots, checksum: `${id}-checksum`, at: minute(63) };
}

export const objection = (id: string, text: string, over: Partial<Objection> = {}): Objection => ({
  id: id as ObjectionId,
  pollId: null,
  proposalId: null,
  person: '',
  text,
  stakeholderGroup: '',
  at: minute(61),
  state: 'open',
  how: '',
  deleted: false,
  ...over,
});

export const withVoting = (voting: Partial<Voting>): Plan => ({
  ...workshopPlan,
  voting: { ...noVoting, ...voting },
});

const options = ['A public register', 'A shared desk', 'A seal on the box'].map((text, index) => ({
  id: `o${index + 1}`,
  text,
}));
const p1 = proposalId('p1');
const p2 = proposalId('p2');

/** P1 in two rounds with objections, P2 refused by one group, and a poll of each other kind. */
export const votedPlan: Plan = withVoting({
  polls: [
    poll('first', 'agree', { proposalId: p1, question: 'A public register?' }),
    poll('second', 'gradient-4', {
      proposalId: p1,
      previousId: pollId('first'),
      round: 2,
      question: 'A public register, with a year’s grace?',
      closedAt: minute(70),
    }),
    poll('desks', 'agree', { proposalId: p2, question: 'Link the desks?' }),
    poll('next', 'single', { question: 'What first?', options }),
    poll('value', 'scale', { question: 'How valuable?', most: 5 }),
    poll('order', 'ranking', { question: 'In which order?', options }),
    poll('hum', 'hum', { question: 'Shall we go on?' }),
    poll('words', 'text', { question: 'In a word?' }),
    poll('quiz', 'quiz', { question: 'Which share?', options, right: 'o2' }),
    poll('late', 'agree', { question: 'Still asking?', state: 'open' }),
    poll('draft', 'agree', { question: 'Never asked', state: 'draft' }),
  ],
  deletedPolls: [poll('gone', 'single', { question: 'Asked by mistake', deleted: true })],
  results: {
    [pollId('first')]: result('first', {
      private: counted({ agree: 1, disagree: 5 }),
      tech: counted({ agree: 9, pass: 1 }),
      '~': counted({ agree: 5, disagree: 1 }),
    }),
    [pollId('second')]: result(
      'second',
      {
        private: counted({ 1: 1, 2: 4, 3: 1 }),
        tech: counted({ 1: 10 }),
        '~': counted({ 1: 5, 4: 1 }),
      },
      {
        byRegion: { weog: counted({ 1: 10, 2: 4 }), '~': counted({ 1: 6, 3: 1, 4: 1 }) },
        byBreakoutGroup: { makers: counted({ 1: 16, 2: 4, 3: 1, 4: 1 }) },
      },
    ),
    [pollId('desks')]: result('desks', {
      gov: counted({ agree: 0, disagree: 8 }),
      tech: counted({ agree: 9, pass: 1 }),
    }),
    [pollId('next')]: result('next', { '': counted({ o1: 6, o3: 2 }) }),
    [pollId('value')]: result('value', { '': counted({ 2: 1, 4: 3, 5: 1 }) }),
    [pollId('order')]: result('order', {
      '': counted({ 'o1/1': 5, 'o2/2': 5, 'o3/3': 5 }, 5),
    }),
    [pollId('hum')]: result('hum', { '': counted({ 4: 3, 5: 4 }) }),
    [pollId('words')]: result(
      'words',
      { '': counted({}, 3) },
      {
        texts: [
          { ballot: '1', text: 'Onwards <b>now</b>', shown: true },
          { ballot: '2', text: 'Something rude', shown: false },
        ],
      },
    ),
    [pollId('quiz')]: result('quiz', { '': counted({ o1: 1, o2: 7 }) }),
  },
  shownTexts: ['words/1'],
  handCounts: [
    { pollId: pollId('second'), stakeholderGroup: 'private', by: { agree: 2 }, entered: {} },
    { pollId: pollId('next'), stakeholderGroup: '', by: { o3: 2 }, entered: {} },
  ],
  objections: [
    objection('x1', 'Small makers cannot staff a desk.', {
      proposalId: p1,
      pollId: pollId('first'),
      stakeholderGroup: 'private',
      state: 'addressed',
      how: 'They get a year.',
    }),
    objection('x2', 'A register names and shames.', {
      proposalId: p1,
      pollId: pollId('second'),
      stakeholderGroup: 'igo',
      state: 'dissent',
      how: 'Stands beside the proposal.',
    }),
    objection('x3', 'Not in our mandate.', { proposalId: p2, stakeholderGroup: 'gov' }),
    objection('x4', 'I had misread it.', { proposalId: p1, state: 'withdrawn', person: 'p4' }),
    objection('x5', 'The hum was too early.', { pollId: pollId('hum'), state: 'addressed' }),
    objection('x6', 'No seals, please.', { proposalId: proposalId('p4'), state: 'dissent' }),
  ],
  decisions: {
    [p1]: {
      proposalId: p1,
      confirmed: true,
      reason: 'Nobody spoke against the new wording.',
      at: minute(72),
      pollId: pollId('second'),
    },
  },
});
