import { type MergeSuggestion, suggestMerges } from '../../../src/core/merge/suggest-merges.ts';
import type { Plan, Proposal, RecommendationRef } from '../../../src/core/session/model.ts';
import { recommendationKey, recommendationsOf } from '../../../src/core/session/provenance.ts';
import type { QuestionChoice } from '../board/board-rows.ts';
import type { Findings } from '../findings.ts';
import { findRecommendation } from '../merge-decisions.ts';

/** More would be a second board. */
export const MOST_SUGGESTIONS = 3;

/** Two recommendations as one string, whichever comes first. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`);

export const pairsOf = (members: readonly RecommendationRef[]): readonly string[] => {
  const keys = members.map(recommendationKey);
  return keys.flatMap((a, index) => keys.slice(index + 1).map((b) => pairKey(a, b)));
};

/** The pairs that stand in one proposal together: nobody needs to be asked about them. */
export const mergedPairs = (proposals: readonly Proposal[]): ReadonlySet<string> =>
  new Set(proposals.flatMap(({ sources }) => pairsOf(sources)));

/**
 * Suggests what might be the same. Remembers its last answer, because a proposal's text changes
 * with every key while the suggestions depend on its sources only.
 */
export function createSuggester(): (
  plan: Plan,
  findings: Findings,
  notTheSame: ReadonlySet<string>,
) => readonly MergeSuggestion[] {
  let known: {
    readonly groups: Plan['groups'];
    readonly findings: Findings;
    readonly notTheSame: ReadonlySet<string>;
    readonly merged: string;
    readonly answer: readonly MergeSuggestion[];
  } | null = null;
  return (plan, findings, notTheSame) => {
    const mergedSet = mergedPairs(plan.proposals);
    const merged = [...mergedSet].join(' ');
    if (
      known === null ||
      known.groups !== plan.groups ||
      known.findings !== findings ||
      known.notTheSame !== notTheSame ||
      known.merged !== merged
    ) {
      const answer = suggestMerges(recommendationsOf(plan, findings), {
        isSettled(a, b) {
          const key = pairKey(recommendationKey(a), recommendationKey(b));
          return mergedSet.has(key) || notTheSame.has(key);
        },
      });
      known = { groups: plan.groups, findings, notTheSame, merged, answer };
    }
    return known.answer;
  };
}

/** The best few of those that are about the question shown. */
export function suggestionsFor(
  all: readonly MergeSuggestion[],
  choice: QuestionChoice,
  findings: Findings,
): readonly MergeSuggestion[] {
  const about = ({ members }: MergeSuggestion): boolean =>
    choice === 'all' ||
    members.every((member) => findRecommendation(findings, member)?.questionId === choice);
  return all.filter(about).slice(0, MOST_SUGGESTIONS);
}
