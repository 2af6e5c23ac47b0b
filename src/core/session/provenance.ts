import type { GroupId, NoteId } from './ids.ts';
import type {
  GroupNotes,
  Note,
  Plan,
  Proposal,
  Recommendation,
  RecommendationRef,
} from './model.ts';

/**
 * The way back from what the plenary agreed to what was said: proposal → recommendation → note
 * (M1). Withdrawn recommendations and notes are followed too, because a source stays a source;
 * what is not on this laptop is named, never dropped.
 */

/** One string for a recommendation of one group; ids never hold a slash. */
export const recommendationKey = (ref: RecommendationRef): string =>
  `${ref.groupId}/${ref.recommendationId}`;

/** In which of `proposals` each recommendation is merged, by `recommendationKey`; in their order. */
export function proposalsByRecommendation(
  proposals: readonly Proposal[],
): ReadonlyMap<string, readonly Proposal[]> {
  const merged = new Map<string, Proposal[]>();
  for (const proposal of proposals) {
    for (const key of new Set(proposal.sources.map(recommendationKey))) {
      const into = merged.get(key);
      if (into === undefined) merged.set(key, [proposal]);
      else into.push(proposal);
    }
  }
  return merged;
}

export interface GroupRecommendation {
  readonly groupId: GroupId;
  readonly recommendation: Recommendation;
}

/** Every recommendation, by the plan's order of groups and then the group's own order. */
export function recommendationsOf(
  plan: Plan,
  groups: ReadonlyMap<GroupId, GroupNotes>,
): readonly GroupRecommendation[] {
  return plan.groups.flatMap(({ id: groupId }) =>
    (groups.get(groupId)?.recommendations ?? []).map((recommendation) => ({
      groupId,
      recommendation,
    })),
  );
}

/** The recommendations that no proposal has merged yet. */
export function unmergedRecommendations(
  plan: Plan,
  groups: ReadonlyMap<GroupId, GroupNotes>,
): readonly GroupRecommendation[] {
  const merged = proposalsByRecommendation(plan.proposals);
  return recommendationsOf(plan, groups).filter(
    ({ groupId, recommendation }) =>
      !merged.has(recommendationKey({ groupId, recommendationId: recommendation.id })),
  );
}

export interface NotesBehind {
  /** Each note once, in the order in which the sources name them. */
  readonly notes: readonly { readonly groupId: GroupId; readonly note: Note }[];
  readonly missingRecommendations: readonly RecommendationRef[];
  readonly missingNotes: readonly { readonly groupId: GroupId; readonly noteId: NoteId }[];
}

/** The notes that `proposal` rests on, through the recommendations that it merges. */
export function notesBehind(
  proposal: Proposal,
  groups: ReadonlyMap<GroupId, GroupNotes>,
): NotesBehind {
  const notes = new Map<string, { groupId: GroupId; note: Note }>();
  const missingNotes = new Map<string, { groupId: GroupId; noteId: NoteId }>();
  const missingRecommendations: RecommendationRef[] = [];
  for (const source of proposal.sources) {
    const { groupId } = source;
    const group = groups.get(groupId);
    const recommendation = group && findRecommendation(group, source);
    if (group === undefined || recommendation === undefined) {
      missingRecommendations.push(source);
      continue;
    }
    for (const noteId of recommendation.noteIds) {
      const key = `${groupId}/${noteId}`;
      const note = findNote(group, noteId);
      if (note === undefined) missingNotes.set(key, { groupId, noteId });
      else notes.set(key, { groupId, note });
    }
  }
  return {
    notes: [...notes.values()],
    missingRecommendations,
    missingNotes: [...missingNotes.values()],
  };
}

const findRecommendation = (
  group: GroupNotes,
  { recommendationId }: RecommendationRef,
): Recommendation | undefined =>
  group.recommendations.find(({ id }) => id === recommendationId) ??
  group.deletedRecommendations.find(({ id }) => id === recommendationId);

const findNote = (group: GroupNotes, noteId: NoteId): Note | undefined =>
  group.notes.find(({ id }) => id === noteId) ??
  group.drafts.find(({ id }) => id === noteId) ??
  group.deletedNotes.find(({ id }) => id === noteId);
