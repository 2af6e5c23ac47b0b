import type { RecommendationRef } from '../session/model.ts';
import { type GroupRecommendation, recommendationKey } from '../session/provenance.ts';
import { clusterPairs, type ScoredPair } from './cluster-pairs.ts';
import { significantWords } from './significant-words.ts';
import { englishWords, type WordRules } from './word-rules.ts';

export interface MergeOptions {
  /** Stop words and endings; English where absent. */
  readonly rules?: WordRules;
  /** Pairs that score less are not suggested; from 0 to 1. */
  readonly threshold?: number;
  /** Pairs that a person has decided on already: merged, or "not the same". */
  readonly isSettled?: (a: RecommendationRef, b: RecommendationRef) => boolean;
}

export interface MergeSuggestion {
  /** Two or more, each of another group, in the order given. */
  readonly members: readonly RecommendationRef[];
  /** How alike they are on average, from 0 to 1. */
  readonly score: number;
  /** Words that at least two of them name, the most telling first: the reason that people read. */
  readonly sharedWords: readonly string[];
}

const DEFAULT_THRESHOLD = 0.24;
/** A rationale says why; two groups may want the same for different reasons. */
const RATIONALE_WEIGHT = 0.3;
/** The same words under another question are likelier to mean another thing. */
const OTHER_QUESTION = 0.75;
const NO_QUESTION = 0.9;
const MAX_SHARED_WORDS = 4;

interface Item extends GroupRecommendation {
  readonly ref: RecommendationRef;
  /** By stem: how much it weighs in this recommendation; the squares add up to 1. */
  readonly weights: ReadonlyMap<string, number>;
  /** By stem: the word as it stands in the text. */
  readonly words: ReadonlyMap<string, string>;
}

/**
 * Which recommendations of different groups seem to say the same. Suggests only; people decide.
 *
 * Two recommendations are as alike as the cosine between their words' weights, where a word weighs
 * (1 + ln n) · (1 + ln((N + 1) / (d + 1))): n times in the text, in d of the N recommendations
 * (Manning, Raghavan, Schütze, "Introduction to Information Retrieval", 2008, 6.2 and 6.4; smoothed
 * so that nothing weighs zero in a small session). Pairs are joined into clusters by average
 * linkage (17.3 there). The same input gives the same suggestions, whatever its order, apart from
 * the order of members. Only pairs that share a word are looked at.
 */
export function suggestMerges(
  recommendations: readonly GroupRecommendation[],
  options: MergeOptions = {},
): readonly MergeSuggestion[] {
  const { rules = englishWords, threshold = DEFAULT_THRESHOLD, isSettled } = options;
  const items = weighItems(recommendations, rules);
  const pairs = scorePairs(items)
    .map((pair) => ({ ...pair, score: pair.score * questionFactor(items, pair) }))
    .filter(({ a, b, score }) => {
      const [first, second] = [items[a], items[b]];
      if (score < threshold || first === undefined || second === undefined) return false;
      return isSettled === undefined || !isSettled(first.ref, second.ref);
    });
  const keys = items.map(({ ref }) => recommendationKey(ref));
  const mayJoin = (a: number, b: number): boolean =>
    items[a]?.groupId !== items[b]?.groupId &&
    (isSettled === undefined || !bothRefs(items, a, b).some(([x, y]) => isSettled(x, y)));
  return clusterPairs(pairs, { keys, threshold, mayJoin }).map(({ members, score }) => {
    const found = members.map((index) => items[index]).filter((item) => item !== undefined);
    return { members: found.map(({ ref }) => ref), score, sharedWords: sharedWords(found) };
  });
}

const bothRefs = (
  items: readonly Item[],
  a: number,
  b: number,
): (readonly [RecommendationRef, RecommendationRef])[] => {
  const [first, second] = [items[a], items[b]];
  return first === undefined || second === undefined ? [] : [[first.ref, second.ref]];
};
