import type { Counts, Tally } from './tally.ts';

/** The key of those parts that are too small to be shown one by one. No declared id is this. */
export const POOL = '~';

/** How many it takes to judge a part of the room by its votes, and to show them (C2). */
export const ENOUGH = 5;

export type CountsByPart = Readonly<Record<string, Counts>>;

const sum = (counts: readonly Counts[]): Counts => {
  const by = new Map<string, number>();
  for (const each of counts) {
    for (const [key, count] of Object.entries(each.by)) by.set(key, (by.get(key) ?? 0) + count);
  }
  return {
    ballots: counts.reduce((ballots, each) => ballots + each.ballots, 0),
    by: Object.fromEntries(by),
  };
};

/**
 * The parts as they may be shown: those with fewer than `enough` ballots are taken together under
 * `POOL`, and those with none left out (C2: nobody's vote can be read off).
 *
 * Where the small ones together are still fewer than `enough`, leaving them out would not hide them:
 * everybody can take the parts shown from the total, which is shown as well. So one more part goes
 * into the pool, the largest one. Not the smallest: its voice is the one that a few votes of others
 * would change most, and a group that refuses must not look as if it agreed because two who declared
 * nothing were counted with it. The choice depends on sizes only, never on what was voted.
 *
 * So every part of the result has at least `enough` ballots, and with it every sum or difference of
 * parts and total; but for a poll that has fewer in all, where there is one part, the same as the
 * total. Doing it twice changes nothing.
 *
 * What this cannot hide: a part in which all answered the same; and, from somebody who knows who sits
 * where, the one person by whom a stakeholder group and a region differ. A tally shown while people
 * still vote tells by its steps what was voted last, which is why results stay hidden by default (C4).
 */
export function poolParts(parts: CountsByPart, enough: number = ENOUGH): CountsByPart {
  const voted = Object.entries(parts)
    .filter(([, counts]) => counts.ballots > 0)
    .toSorted(([a, x], [b, y]) => x.ballots - y.ballots || (a < b ? -1 : 1));
  const isSmall = ([part, counts]: readonly [string, Counts]): boolean =>
    part === POOL || counts.ballots < enough;
  const small = voted.filter(isSmall);
  const shown = voted.filter((entry) => !isSmall(entry));
  if (small.length === 0) return Object.fromEntries(shown);

  let pool = sum(small.map(([, counts]) => counts));
  const largest = shown.at(-1);
  if (pool.ballots < enough && largest) {
    shown.pop();
    pool = sum([pool, largest[1]]);
  }
  return Object.fromEntries([...shown, [POOL, pool]]);
}

/** A tally as it may be shown or written into the plan: see `poolParts`. */
export const poolSmallParts = (tally: Tally, enough: number = ENOUGH): Tally => ({
  ...tally,
  byStakeholderGroup: poolParts(tally.byStakeholderGroup, enough),
  byRegion: poolParts(tally.byRegion, enough),
  byBreakoutGroup: poolParts(tally.byBreakoutGroup, enough),
});
