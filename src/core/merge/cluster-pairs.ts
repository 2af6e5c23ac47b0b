export interface ScoredPair {
  readonly a: number;
  readonly b: number;
  /** From 0 to 1. */
  readonly score: number;
}

export interface Cluster {
  readonly members: readonly number[];
  /** The average over all pairs in it. */
  readonly score: number;
}

/**
 * Joins items into clusters, the most alike pair first: two clusters become one where every pair
 * across may be joined and the average across is at least `threshold`. An item that is left alone
 * though it is like another is given with that other, so that no good pair goes unseen. Best first;
 * pairs that score alike keep the order in which they come.
 */
export function clusterPairs(
  pairs: readonly ScoredPair[],
  threshold: number,
  mayJoin: (a: number, b: number) => boolean,
): readonly Cluster[] {
  const scores = new Map(pairs.map(({ a, b, score }) => [pairKey(a, b), score]));
  const scoreOf = (a: number, b: number): number => scores.get(pairKey(a, b)) ?? 0;
  const strong = pairs
    .filter(({ score }) => score >= threshold)
    .toSorted((one, other) => other.score - one.score);

  const clusterOf = new Map<number, readonly number[]>();
  /** A cluster is a new list whenever it grows, so that a refusal holds for as long as both stay. */
  const refused = new Map<readonly number[], Set<readonly number[]>>();
  for (const { a, b } of strong) {
    const [left, right] = [clusterOf.get(a) ?? [a], clusterOf.get(b) ?? [b]];
    if (left === right || refused.get(left)?.has(right) === true) continue;
    const across = left.flatMap((x) => right.map((y) => [x, y] as const));
    const average = across.reduce((sum, [x, y]) => sum + scoreOf(x, y), 0) / across.length;
    if (average < threshold || !across.every(([x, y]) => mayJoin(x, y))) {
      refused.set(left, (refused.get(left) ?? new Set()).add(right));
      continue;
    }
    const joined = [...left, ...right];
    for (const member of joined) clusterOf.set(member, joined);
  }

  const alone = new Set<number>();
  const leftOver = strong.filter(({ a, b }) => {
    const single = [a, b].find((item) => !clusterOf.has(item) && !alone.has(item));
    if (single === undefined) return false;
    alone.add(single);
    return true;
  });
  return [...new Set(clusterOf.values())]
    .map((members) => ({ members, score: averageWithin(members, scoreOf) }))
    .concat(leftOver.map(({ a, b, score }) => ({ members: [a, b], score })))
    .toSorted((one, other) => other.score - one.score);
}

const pairKey = (a: number, b: number): number => Math.min(a, b) * 2 ** 20 + Math.max(a, b);

function averageWithin(
  members: readonly number[],
  scoreOf: (a: number, b: number) => number,
): number {
  const within = members.flatMap((a, index) => members.slice(index + 1).map((b) => scoreOf(a, b)));
  return within.reduce((sum, score) => sum + score, 0) / within.length;
}
