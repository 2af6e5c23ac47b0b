import type { Group, Proposal, RecommendationRef } from '../../../src/core/session/model.ts';
import type { Findings } from '../findings.ts';
import { findRecommendation } from '../merge-decisions.ts';

/** How many different notes a proposal rests on, as far as this laptop knows. M1. */
export function countNotes(proposal: Proposal, findings: Findings): number {
  const notes = new Set<string>();
  for (const source of proposal.sources) {
    const recommendation = findRecommendation(findings, source);
    for (const id of recommendation?.noteIds ?? []) notes.add(`${source.groupId}/${id}`);
  }
  return notes.size;
}

/** The sources by the number of their group, as the board has its columns; unknown groups last. */
export function sortedSources(
  sources: readonly RecommendationRef[],
  groups: readonly Group[],
): readonly RecommendationRef[] {
  const place = ({ groupId }: RecommendationRef): number => {
    const found = groups.findIndex(({ id }) => id === groupId);
    return found === -1 ? groups.length : found;
  };
  return sources.toSorted((a, b) => place(a) - place(b));
}
