import type { GroupId, NoteId, RecommendationId } from '../session/ids.ts';
import {
  type Group,
  type GroupNotes,
  type Note,
  omissionKey,
  type Plan,
  type Proposal,
  type Recommendation,
  type RecommendationRef,
  type ReportBack,
  type ReportDraft,
} from '../session/model.ts';
import { compareOrder } from '../session/order.ts';
import { proposalsByRecommendation, recommendationKey } from '../session/provenance.ts';
import { identifyGroups } from './identify-groups.ts';
import type { Labelled } from './blocks.ts';
import { recordVotes, type VoteRecord } from './vote-record.ts';

/**
 * The session with a label on everything and every reference followed (M1): what the sections of
 * the report are written from.
 *
 * Labels: notes and recommendations of a group are numbered through in their order, unfinished and
 * withdrawn ones too, so that withdrawing one renames no other. Proposals are numbered as the
 * board shows them; withdrawn ones come after. Objections are numbered as they came.
 */
export interface SessionRecord {
  readonly plan: Plan;
  readonly draft: ReportDraft;
  readonly groups: readonly GroupRecord[];
  readonly proposals: readonly ProposalRecord[];
  readonly votes: VoteRecord;
  /** Keys of left-out notes that are not on this laptop. */
  readonly unknownOmissions: readonly string[];
  /** From the first to the last note that was not withdrawn; null where no note has a time. */
  readonly notesTaken: { readonly from: number; readonly to: number } | null;
}

export interface GroupIdentity {
  readonly groupId: GroupId;
  /** What stands for the group in labels: its number; "2b" where two groups got the same number. */
  readonly tag: string;
  /** Null for a group whose notes are here but which the plan does not list any more. */
  readonly group: Group | null;
  /** Whether its notes have reached this laptop. */
  readonly here: boolean;
}

export interface GroupRecord extends GroupIdentity {
  /** Whether a newer Caucus wrote its notes, so that this one may not know all of them. */
  readonly newer: boolean;
  readonly reportBack: ReportBack;
  /** All of them, in order; see `state` and `withdrawn`. */
  readonly notes: readonly NoteRecord[];
  readonly recommendations: readonly RecommendationRecord[];
}

/** Where a note stands. Left out by choice comes before all else: its text is not to be shown. */
export type NoteState = 'kept' | 'left-out' | 'unfinished' | 'withdrawn';

export interface NoteRecord extends Labelled {
  readonly note: Note;
  readonly state: NoteState;
  readonly usedIn: readonly NoteUse[];
}

/** A recommendation that a note went into. */
export interface NoteUse extends Labelled {
  readonly withdrawn: boolean;
}

export interface RecommendationRecord extends Labelled {
  readonly recommendation: Recommendation;
  readonly group: GroupIdentity;
  readonly withdrawn: boolean;
  /** In the order of their labels. */
  readonly sources: readonly NoteRecord[];
  readonly missingSources: readonly NoteId[];
  /** Proposals that stand, not withdrawn ones. */
  readonly mergedInto: readonly Labelled[];
}

export interface ProposalRecord extends Labelled {
  readonly proposal: Proposal;
  readonly withdrawn: boolean;
  /** In the order of their labels. */
  readonly sources: readonly RecommendationRecord[];
  readonly missingSources: readonly MissingRecommendation[];
}

export interface MissingRecommendation {
  readonly ref: RecommendationRef;
  /** Null where the group itself is unknown. */
  readonly group: GroupIdentity | null;
}

const labelled = (letter: string, tag: string, index: number): Labelled => ({
  label: `${letter}${tag}.${index + 1}`,
  anchor: `${letter}${tag}-${index + 1}`.toLowerCase(),
});

/** Follows every reference of the session; costs time in proportion to its size. */
export function recordSession(
  plan: Plan,
  draft: ReportDraft,
  groups: ReadonlyMap<GroupId, GroupNotes>,
): SessionRecord {
  const proposalLabels = new Map(
    [...plan.proposals, ...plan.deletedProposals].map((proposal, index) => [
      proposal,
      { label: `P${index + 1}`, anchor: `p${index + 1}` },
    ]),
  );
  const labelOf = (proposal: Proposal): Labelled[] => {
    const label = proposalLabels.get(proposal);
    return label === undefined ? [] : [label];
  };
  const proposalsOf = proposalsByRecommendation(plan.proposals);
  const mergedInto = (ref: RecommendationRef): readonly Labelled[] =>
    (proposalsOf.get(recommendationKey(ref)) ?? []).flatMap(labelOf);

  const records = identifyGroups(plan, groups).map((identity) =>
    recordGroup(identity, groups.get(identity.groupId), draft.omissions, mergedInto),
  );
  const recommendations = new Map(
    records
      .flatMap((record) => record.recommendations)
      .map((record) => [
        recommendationKey({
          groupId: record.group.groupId,
          recommendationId: record.recommendation.id,
        }),
        record,
      ]),
  );
  const identities = new Map<GroupId, GroupIdentity>(
    records.map((record) => [record.groupId, record]),
  );

  const recordProposal = (proposal: Proposal, label: Labelled): ProposalRecord => {
    const wanted = new Set(proposal.sources.map(recommendationKey));
    return {
      ...label,
      proposal,
      withdrawn: proposal.deleted,
      sources: [...recommendations].filter(([key]) => wanted.has(key)).map(([, record]) => record),
      missingSources: proposal.sources
        .filter((ref) => !recommendations.has(recommendationKey(ref)))
        .map((ref) => ({ ref, group: identities.get(ref.groupId) ?? null })),
    };
  };
  const known = new Set(
    records.flatMap(({ groupId, notes }) =>
      notes.map(({ note }) => omissionKey({ kind: 'note', groupId, id: note.id })),
    ),
  );
  return {
    plan,
    draft,
    groups: records,
    proposals: [...proposalLabels].map(([proposal, label]) => recordProposal(proposal, label)),
    votes: recordVotes(plan),
    unknownOmissions: [...draft.omissions].filter((key) => !known.has(key)).toSorted(),
    notesTaken: spanOf(records),
  };
}

function recordGroup(
  identity: GroupIdentity,
  content: GroupNotes | undefined,
  omissions: ReadonlySet<string>,
  mergedInto: (ref: RecommendationRef) => readonly Labelled[],
): GroupRecord {
  const { groupId, tag } = identity;
  const numbered = <T extends { readonly id: string; readonly order: string }>(
    letter: string,
    items: readonly T[],
  ): (readonly [T, Labelled])[] =>
    items
      .toSorted(compareOrder)
      .map((item, index) => [item, labelled(letter, tag, index)] as const);

  const recommendations = numbered('R', [
    ...(content?.recommendations ?? []),
    ...(content?.deletedRecommendations ?? []),
  ]);
  const usedIn = new Map<NoteId, NoteUse[]>();
  for (const [{ noteIds, deleted: withdrawn }, label] of recommendations) {
    for (const noteId of noteIds) {
      usedIn.set(noteId, [...(usedIn.get(noteId) ?? []), { ...label, withdrawn }]);
    }
  }
  const notes = numbered('N', [
    ...(content?.notes ?? []),
    ...(content?.drafts ?? []),
    ...(content?.deletedNotes ?? []),
  ]).map(([note, label]): NoteRecord => {
    const leftOut = omissions.has(omissionKey({ kind: 'note', groupId, id: note.id }));
    return {
      ...label,
      note,
      state: leftOut ? 'left-out' : standing(note),
      usedIn: usedIn.get(note.id) ?? [],
    };
  });
  const noteById = new Map(notes.map((record, index) => [record.note.id, { record, index }]));

  const recordRecommendation = (
    recommendation: Recommendation,
    label: Labelled,
  ): RecommendationRecord => {
    const found = recommendation.noteIds
      .map((noteId) => noteById.get(noteId))
      .filter((entry) => entry !== undefined);
    const recommendationId: RecommendationId = recommendation.id;
    return {
      ...label,
      recommendation,
      group: identity,
      withdrawn: recommendation.deleted,
      sources: found.toSorted((a, b) => a.index - b.index).map(({ record }) => record),
      missingSources: recommendation.noteIds.filter((noteId) => !noteById.has(noteId)),
      mergedInto: mergedInto({ groupId, recommendationId }),
    };
  };
  return {
    ...identity,
    newer: content?.readOnly ?? false,
    reportBack: content?.reportBack ?? { text: '', readyAt: null },
    notes,
    recommendations: recommendations.map(([recommendation, label]) =>
      recordRecommendation(recommendation, label),
    ),
  };
}

function standing(note: Note): NoteState {
  if (note.deleted) return 'withdrawn';
  return note.draft ? 'unfinished' : 'kept';
}

function spanOf(groups: readonly GroupRecord[]): SessionRecord['notesTaken'] {
  let span: { from: number; to: number } | null = null;
  for (const { note } of groups.flatMap(({ notes }) => notes)) {
    const at = note.createdAt;
    if (note.deleted || !isMoment(at)) continue;
    span =
      span === null
        ? { from: at, to: at }
        : { from: Math.min(span.from, at), to: Math.max(span.to, at) };
  }
  return span;
}

/** Milliseconds that a calendar has a day for; 0 is what a missing time reads as. */
export const isMoment = (at: number): boolean => at > 0 && at <= 8.64e15;
