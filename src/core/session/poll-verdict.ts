import { isAgreementKind, toAgreement } from '../consensus/agreement.ts';
import type { HandCount as CountedHands } from '../consensus/support-lines.ts';
import type { Tally } from '../consensus/tally.ts';
import { type Objection as HeardObjection, type Verdict, verdictOf } from '../consensus/verdict.ts';
import type { PollId, ProposalId } from './ids.ts';
import type { Objection, Poll, Voting } from './voting-model.ts';

/** The plan's polls and objections in the terms of the rule of rough consensus (C2, C3). */

const nothing: Pick<Tally, 'byStakeholderGroup'> = { byStakeholderGroup: {} };

/**
 * The shows of hands beside a poll. Nobody counts hands in eight steps: beside a gradient too they are
 * agree, pass and disagree.
 */
export function handsOf(voting: Voting, poll: Poll): readonly CountedHands[] {
  if (!isAgreementKind(poll.kind)) return [];
  return voting.handCounts
    .filter(({ pollId }) => pollId === poll.id)
    .map(({ stakeholderGroup, by }) => ({
      stakeholderGroup,
      ...toAgreement('agree', { ballots: 0, by }),
    }));
}

const allObjectionsTo = (voting: Voting, poll: Poll): readonly Objection[] =>
  voting.objections.filter((one) =>
    poll.proposalId === null ? one.pollId === poll.id : one.proposalId === poll.proposalId,
  );

/** Those to a proposal from all its rounds; of another poll, its own. Not those taken back. */
export const objectionsTo = (voting: Voting, poll: Poll): readonly Objection[] =>
  allObjectionsTo(voting, poll).filter(({ state }) => state !== 'withdrawn');

/** Those taken back: no part of a verdict, and on record all the same. */
export const withdrawnObjectionsTo = (voting: Voting, poll: Poll): readonly Objection[] =>
  allObjectionsTo(voting, poll).filter(({ state }) => state === 'withdrawn');

/**
 * What a poll comes to: by `tally` where it is given (while it is open, on the plenary laptop), and
 * otherwise by what was written down; null for a kind that asks for no agreement.
 */
export function verdictOfPoll(voting: Voting, poll: Poll, tally?: Tally): Verdict | null {
  const decision = poll.proposalId === null ? undefined : voting.decisions[poll.proposalId];
  const heard = objectionsTo(voting, poll).flatMap((one): readonly HeardObjection[] =>
    one.state === 'withdrawn' ? [] : [{ ...one, state: one.state }],
  );
  return verdictOf(
    poll.kind,
    tally ?? voting.results[poll.id]?.tally ?? nothing,
    handsOf(voting, poll),
    heard,
    // What was decided on an earlier round says nothing of this one.
    decision?.pollId === poll.id ? decision : null,
  );
}

/** The rounds on a proposal that have an end, the first first. */
export const closedRounds = (voting: Voting, proposalId: ProposalId): readonly Poll[] =>
  voting.polls
    .filter((poll) => poll.proposalId === proposalId && poll.state === 'closed')
    .toSorted((a, b) => a.round - b.round || a.createdAt - b.createdAt);

/** The poll before this one on the same matter that has an end; null for a first round. */
export function roundBefore(voting: Voting, poll: Poll): Poll | null {
  const previous = (id: PollId | null): Poll | null =>
    voting.polls.find((one) => one.id === id && one.state === 'closed') ?? null;
  return previous(poll.previousId);
}
