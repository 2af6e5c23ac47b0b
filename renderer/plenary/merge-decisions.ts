import type { GroupId, ProposalId, RecommendationId } from '../../src/core/session/ids.ts';
import type { Proposal, Recommendation, RecommendationRef } from '../../src/core/session/model.ts';
import type { ProposalInput } from '../../src/core/session/plan-document.ts';
import { recommendationKey } from '../../src/core/session/provenance.ts';
import type { Findings } from './findings.ts';

/** The recommendation that a key names; ids never hold a slash. */
export function refOf(key: string): RecommendationRef {
  const slash = key.indexOf('/');
  return {
    groupId: key.slice(0, slash) as GroupId,
    recommendationId: key.slice(slash + 1) as RecommendationId,
  };
}

/** The recommendation itself, withdrawn or not; undefined where this laptop does not have it. */
export function findRecommendation(
  findings: Findings,
  { groupId, recommendationId }: RecommendationRef,
): Recommendation | undefined {
  const group = findings.get(groupId);
  return (
    group?.recommendations.find(({ id }) => id === recommendationId) ??
    group?.deletedRecommendations.find(({ id }) => id === recommendationId)
  );
}

/**
 * The proposal that merges these recommendations: it starts with the words and the question of the
 * first. Null where none of them is there.
 */
export function proposalFrom(keys: readonly string[], findings: Findings): ProposalInput | null {
  const found = keys.flatMap((key) => {
    const source = refOf(key);
    const recommendation = findRecommendation(findings, source);
    return recommendation === undefined ? [] : [{ source, recommendation }];
  });
  const [first] = found;
  if (first === undefined) return null;
  return {
    text: first.recommendation.text,
    questionId: first.recommendation.questionId,
    sources: found.map(({ source }) => source),
  };
}

export type JoinDecision =
  | { readonly kind: 'merge'; readonly keys: readonly string[] }
  | { readonly kind: 'add'; readonly proposalId: ProposalId; readonly keys: readonly string[] }
  | { readonly kind: 'nothing' };

/**
 * What it means that recommendations are the same: a new proposal of all of them, which starts with
 * the first one's words; but where exactly one proposal has some of them already, the rest joins it.
 */
export function joinTogether(
  keys: readonly string[],
  proposals: readonly Proposal[],
): JoinDecision {
  const wanted = new Set(keys);
  if (wanted.size < 2) return { kind: 'nothing' };
  const holding = proposals.filter(({ sources }) =>
    sources.some((source) => wanted.has(recommendationKey(source))),
  );
  const [only] = holding;
  if (holding.length !== 1 || only === undefined) return { kind: 'merge', keys: [...wanted] };
  const joining = missingFrom(only, [...wanted]);
  return joining.length === 0
    ? { kind: 'nothing' }
    : { kind: 'add', proposalId: only.id, keys: joining };
}

/**
 * What it means to drop recommendations onto another one. Only the one that was there counts: in a
 * proposal already, it takes the others in; else all of them make a new one with its words.
 */
export function dropOnto(
  dragged: readonly string[],
  onto: string,
  proposals: readonly Proposal[],
): JoinDecision {
  const holding = proposals.filter(({ sources }) =>
    sources.some((source) => recommendationKey(source) === onto),
  );
  const keys = [onto, ...dragged.filter((key) => key !== onto)];
  if (keys.length < 2) return { kind: 'nothing' };
  return holding.length === 1 ? joinTogether(keys, holding) : { kind: 'merge', keys };
}

/** Those that the proposal does not have yet. */
export function missingFrom(proposal: Proposal, keys: readonly string[]): readonly string[] {
  const has = new Set(proposal.sources.map(recommendationKey));
  return keys.filter((key) => !has.has(key));
}
