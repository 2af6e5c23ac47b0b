import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type LiveVoting,
  nothingLive,
  type VotingDesk,
} from '../../../../src/browser/app/voting-desk.ts';
import type { Counts, Tally } from '../../../../src/core/consensus/tally.ts';
import type { PollId, ProposalId } from '../../../../src/core/session/ids.ts';
import type { PlanDocument } from '../../../../src/core/session/plan-document.ts';

export interface FakeDesk extends VotingDesk {
  readonly live: StoreApi<LiveVoting>;
  /** The hub has counted. */
  count(tally: Tally): void;
}

/** What phones do is up to the test; nothing goes over a network. */
export function createFakeDesk(): FakeDesk {
  const live = createStore<LiveVoting>(() => ({
    ...nothingLive,
    connected: true,
    voters: { type: 'voters', connected: 52, voters: 55, byStakeholderGroup: {} },
  }));
  return {
    live,
    count: (tally) =>
      live.setState(({ tallies }) => ({ tallies: { ...tallies, [tally.poll]: tally } })),
    exportBox: async (poll) => ({ poll, count: 3, text: 'choice,group\n', checksum: 'c0ffee00' }),
    makeCodes(count) {
      const codes = Array.from({ length: count }, (_, index) => `K7Q-${100 + index}`);
      live.setState({ codes });
    },
    close: () => undefined,
  };
}

const agreement = (agree: number, pass: number, disagree: number): Counts => ({
  ballots: agree + pass + disagree,
  by: { agree, pass, disagree },
});

/** By the declared lists' order: so many agree, pass and disagree. */
export function tallyOf(
  plan: PlanDocument,
  poll: PollId,
  groups: readonly (readonly [number, number, number])[],
): Tally {
  const { stakeholderGroups, regions } = plan.view.snapshot();
  const counts = groups.map(([agree, pass, disagree]) => agreement(agree, pass, disagree));
  const sum = (key: string): number => counts.reduce((all, { by }) => all + (by[key] ?? 0), 0);
  const all = agreement(sum('agree'), sum('pass'), sum('disagree'));
  const [region] = regions;
  return {
    poll,
    version: 1,
    all,
    byStakeholderGroup: Object.fromEntries(
      counts.map((count, index) => [stakeholderGroups[index]?.id ?? '', count]),
    ),
    byRegion: { [region?.id ?? '']: all },
    byBreakoutGroup: { '': all },
    texts: [],
  };
}

/** A closed poll on a new proposal, with its result in the plan. */
export function votedProposal(
  plan: PlanDocument,
  text: string,
  groups: readonly (readonly [number, number, number])[],
): { readonly proposalId: ProposalId; readonly pollId: PollId } {
  const added = plan.addProposal({ text, questionId: null, sources: [] });
  if (!added.ok) throw new Error('The proposal was refused');
  const made = plan.voting.makePollFromProposal(added.value);
  if (!made.ok) throw new Error('The poll was refused');
  closeWith(plan, made.value, groups);
  return { proposalId: added.value, pollId: made.value };
}

/** Opens and closes a poll, with a result. */
export function closeWith(
  plan: PlanDocument,
  poll: PollId,
  groups: readonly (readonly [number, number, number])[],
): void {
  plan.voting.openPoll(poll);
  plan.voting.closePoll(poll);
  const tally = tallyOf(plan, poll, groups);
  const checksum = '9f2c4e6b8d0a1c3e5f7a9b0c2d4e6f8a';
  plan.voting.writeResult(poll, { tally, count: tally.all.ballots, checksum, at: Date.now() });
}

/** Somebody's hand or question, as a phone sends it. */
export function receive(
  plan: PlanDocument,
  kind: 'hand' | 'question' | 'read-out',
  group: number,
  text = '',
): void {
  const { stakeholderGroups, voting } = plan.view.snapshot();
  plan.voting.receiveItem({
    id: `${kind}-${voting.inbox.length}`,
    kind,
    person: `p${voting.inbox.length}`,
    text,
    stakeholderGroup: stakeholderGroups[group]?.id ?? '',
    region: '',
    online: group === 1,
    at: Date.now() - 60_000,
  });
}

/** A closed ranking of two answers, by two stakeholder groups that see it differently. */
export function ranked(plan: PlanDocument): void {
  const made = plan.voting.makePoll({
    proposalId: null,
    kind: 'ranking',
    question: 'What first?',
    options: [
      { id: 'a', text: 'A register' },
      { id: 'b', text: 'A desk' },
    ],
    most: 0,
    seconds: null,
    right: null,
  });
  if (!made.ok) throw new Error('The poll was refused');
  plan.voting.openPoll(made.value);
  plan.voting.closePoll(made.value);
  const [first, second] = plan.view.snapshot().stakeholderGroups;
  const counts = (ab: number, ba: number): Counts => ({
    ballots: ab + ba,
    by: { 'a/1': ab, 'a/2': ba, 'b/1': ba, 'b/2': ab },
  });
  const tally: Tally = {
    ...tallyOf(plan, made.value, []),
    all: counts(9, 5),
    byStakeholderGroup: { [first?.id ?? '']: counts(7, 1), [second?.id ?? '']: counts(2, 4) },
    byRegion: {},
    byBreakoutGroup: {},
  };
  plan.voting.writeResult(made.value, { tally, count: 14, checksum: 'c0ffee', at: Date.now() });
}
