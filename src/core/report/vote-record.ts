import { isAgreementKind } from '../consensus/agreement.ts';
import type { ProposalId } from '../session/ids.ts';
import type { Plan } from '../session/model.ts';
import type { Decision, Objection, Poll } from '../session/voting-model.ts';
import type { Labelled } from './blocks.ts';

/** The session's polls, objections and decisions, put to the proposals that they belong to. */
export interface VoteRecord {
  /** All of them, the first first: O1, O2, … */
  readonly objections: readonly ObjectionRecord[];
  readonly byProposal: ReadonlyMap<ProposalId, ProposalVotes>;
  /** What belongs to no proposal that the plan knows. */
  readonly elsewhere: ProposalVotes;
  /** Polls that a person removed. */
  readonly removed: readonly Poll[];
}

export interface ObjectionRecord extends Labelled {
  readonly objection: Objection;
}

export interface ProposalVotes {
  /** Closed polls that ask for agreement, the first round first. */
  readonly rounds: readonly Poll[];
  /** Closed polls of another kind. */
  readonly others: readonly Poll[];
  /** Still open. */
  readonly open: readonly Poll[];
  readonly objections: readonly ObjectionRecord[];
  readonly decision: Decision | null;
}

/** Whether there is anything to tell of. */
export const hasVotes = (votes: ProposalVotes): boolean =>
  votes.rounds.length + votes.others.length + votes.open.length + votes.objections.length > 0 ||
  votes.decision !== null;

export function recordVotes({ voting, proposals, deletedProposals }: Plan): VoteRecord {
  const known = new Set<ProposalId>([...proposals, ...deletedProposals].map(({ id }) => id));
  const objections = voting.objections.map((objection, index) => ({
    label: `O${index + 1}`,
    anchor: `o${index + 1}`,
    objection,
  }));
  const votesOn = (id: ProposalId | null): ProposalVotes => {
    const belongs = (other: ProposalId | null): boolean =>
      id === null ? other === null || !known.has(other) : other === id;
    const polls = voting.polls.filter((poll) => belongs(poll.proposalId));
    const closed = polls.filter(({ state }) => state === 'closed');
    return {
      rounds: closed
        .filter(({ kind }) => isAgreementKind(kind))
        .toSorted((a, b) => a.round - b.round || a.createdAt - b.createdAt),
      others: closed.filter(({ kind }) => !isAgreementKind(kind)),
      open: polls.filter(({ state }) => state === 'open'),
      objections: objections.filter(({ objection }) => belongs(objection.proposalId)),
      decision: (id === null ? undefined : voting.decisions[id]) ?? null,
    };
  };
  return {
    objections,
    byProposal: new Map([...known].map((id) => [id, votesOn(id)])),
    elsewhere: votesOn(null),
    removed: voting.deletedPolls.filter(({ state }) => state !== 'draft'),
  };
}
