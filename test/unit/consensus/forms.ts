import type { PollForm, PollKind } from '../../../src/core/consensus/poll.ts';
import type { Counts } from '../../../src/core/consensus/tally.ts';

const withOptions: readonly PollKind[] = ['single', 'multiple', 'ranking', 'quiz'];

/** A poll with four options where its kind has any, and a scale to ten. */
export const form = (kind: PollKind): PollForm => ({
  id: 'p1',
  kind,
  question: 'Should makers answer within ninety days?',
  options: withOptions.includes(kind)
    ? ['o1', 'o2', 'o3', 'o4'].map((id) => ({ id, text: `Option ${id}` }))
    : [],
  most: kind === 'scale' ? 10 : kind === 'multiple' ? 2 : 0,
  objections: false,
});

/** Counts of an agreement. */
export const agreeing = (agree: number, pass: number, disagree: number): Counts => ({
  ballots: agree + pass + disagree,
  by: { agree, pass, disagree },
});
