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

/** Tried on statements of public debates: below it pairs share words but seldom a meaning. */
const DEFAULT_THRESHOLD = 0.16;
/** A rationale says why; two groups may want the same for different reasons. */
const RATIONALE_WEIGHT = 0.3;
/** The same words under another question are likelier to mean another thing. */
const OTHER_QUESTION = 0.75;
const NO_QUESTION = 0.9;
/** One word in common is a coincidence, unless one of the two has hardly any. */
const ENOUGH_SHARED = 2;
const HARDLY_ANY = 3;
const MAX_SHARED_WORDS = 4;

interface Item extends GroupRecommendation {
  readonly ref: RecommendationRef;
  /** The place among the recommendations given. */
  readonly place: number;
  /** By stem: how much it weighs in this recommendation; the squares add up to 1. */
  readonly weights: ReadonlyMap<string, number>;
  /** By stem: the word as people read it. */
  readonly words: ReadonlyMap<string, string>;
}

/**
 * Which recommendations of different groups seem to say the same, best first. Only suggests: people
 * decide.
 *
 * Two recommendations are as alike as the cosine between the weights of their words, where a word
 * weighs n · ln((N + 1) / d): n times in the text, in d of the N recommendations (tf-idf: Manning,
 * Raghavan, Schütze, "Introduction to Information Retrieval", 2008, 6.2 and 6.3; one more than N, so
 * that in a small session no word weighs zero). Across questions it counts for less.
 * The same recommendations give the same suggestions in whatever order they come. Only pairs with
 * a word in common are looked at; 400 recommendations that all share words take part of a second.
 */
export function suggestMerges(
  recommendations: readonly GroupRecommendation[],
  options: MergeOptions = {},
): readonly MergeSuggestion[] {
  const { rules = englishWords, threshold = DEFAULT_THRESHOLD, isSettled = () => false } = options;
  const items = weighItems(recommendations, rules);
  const mayJoin = (a: number, b: number): boolean => {
    const [first, second] = [items[a], items[b]];
    if (first === undefined || second === undefined) return false;
    return first.groupId !== second.groupId && !isSettled(first.ref, second.ref);
  };
  const pairs = scorePairs(items).filter(({ a, b }) => mayJoin(a, b));
  return clusterPairs(pairs, threshold, mayJoin).map(({ members, score }) => {
    const found = members
      .map((index) => items[index])
      .filter((item) => item !== undefined)
      .toSorted((a, b) => a.place - b.place);
    return { members: found.map(({ ref }) => ref), score, sharedWords: sharedWords(found) };
  });
}

/** In the order of their keys, so that sums come out alike on every laptop to the last bit. */
function weighItems(
  recommendations: readonly GroupRecommendation[],
  rules: WordRules,
): readonly Item[] {
  const counted = recommendations
    .map(({ groupId, recommendation }, place) => {
      const ref = { groupId, recommendationId: recommendation.id };
      const counts = new Map<string, number>();
      const words = new Map<string, string>();
      const count = (text: string, weight: number): void => {
        for (const { stem, word } of significantWords(text, rules)) {
          counts.set(stem, (counts.get(stem) ?? 0) + weight);
          if (!words.has(stem)) words.set(stem, word);
        }
      };
      count(recommendation.text, 1);
      count(recommendation.rationale, RATIONALE_WEIGHT);
      return { groupId, recommendation, ref, place, counts, words, key: recommendationKey(ref) };
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const documents = new Map<string, number>();
  for (const { counts } of counted) {
    for (const stem of counts.keys()) documents.set(stem, (documents.get(stem) ?? 0) + 1);
  }
  return counted.map(({ counts, ...item }) => {
    const rarity = (stem: string): number =>
      Math.log((counted.length + 1) / (documents.get(stem) ?? 1));
    const weights = [...counts].map(([stem, count]) => [stem, count * rarity(stem)] as const);
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    return { ...item, weights: new Map(weights.map(([stem, weight]) => [stem, weight / length])) };
  });
}

/** Cosines by way of an index from words to recommendations. */
function scorePairs(items: readonly Item[]): readonly ScoredPair[] {
  const index = new Map<string, { item: number; weight: number }[]>();
  const pairs: ScoredPair[] = [];
  for (const [b, item] of items.entries()) {
    const found = new Map<number, { cosine: number; shared: number }>();
    for (const [stem, weight] of item.weights) {
      const entries = index.get(stem) ?? [];
      for (const other of entries) {
        const sum = found.get(other.item) ?? { cosine: 0, shared: 0 };
        sum.cosine += weight * other.weight;
        sum.shared += 1;
        found.set(other.item, sum);
      }
      entries.push({ item: b, weight });
      index.set(stem, entries);
    }
    for (const [a, { cosine, shared }] of found) {
      const other = items[a];
      if (other === undefined) continue;
      const fewest = Math.min(item.weights.size, other.weights.size);
      if (shared < ENOUGH_SHARED && fewest > HARDLY_ANY) continue;
      pairs.push({ a, b, score: Math.min(1, cosine) * questionFactor(item, other) });
    }
  }
  return pairs;
}

function questionFactor({ recommendation: a }: Item, { recommendation: b }: Item): number {
  if (a.questionId === null || b.questionId === null) return NO_QUESTION;
  return a.questionId === b.questionId ? 1 : OTHER_QUESTION;
}

/** Words of at least two members: those of most members first, then those that weigh most. */
function sharedWords(members: readonly Item[]): readonly string[] {
  const stems = new Map<string, { members: number; weight: number; words: string[] }>();
  for (const { weights, words } of members) {
    for (const [stem, weight] of weights) {
      const found = stems.get(stem) ?? { members: 0, weight: 0, words: [] };
      found.members += 1;
      found.weight += weight;
      found.words.push(words.get(stem) ?? stem);
      stems.set(stem, found);
    }
  }
  return [...stems]
    .filter(([, found]) => found.members > 1)
    .toSorted(
      ([stemA, a], [stemB, b]) =>
        b.members - a.members || b.weight - a.weight || (stemA < stemB ? -1 : 1),
    )
    .slice(0, MAX_SHARED_WORDS)
    .map(([, { words }]) => plainest(words));
}

/** The shortest form is the plainest: "register" rather than "registers". */
const plainest = (words: readonly string[]): string =>
  words.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? '';
