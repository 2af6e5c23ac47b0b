import type { PollOption } from './poll.ts';
import type { Counts } from './tally.ts';

export interface RankedOption {
  readonly option: string;
  /** 1, 2, …; options with the same points share a place, and the next place is left out. */
  readonly place: number;
  /** Borda's points: one for every option that a voter put behind this one. */
  readonly points: number;
  /** The points, of those it could have at most: 1 where everybody put it first. 0 without ballots. */
  readonly share: number;
  /** How many put it first. */
  readonly firsts: number;
}

/**
 * The result of a ranking after Borda ("Mémoire sur les élections au scrutin", 1781): of n options the
 * first on a ballot gets n - 1 points, the second n - 2, the last none. Chosen over Schulze's method
 * because a room can follow it ("a point for each option that you put it above"), because it looks for
 * what suits most people rather than for a majority's favourite, and because it needs no more than how
 * often an option got which place, which is all that leaves the ballot box.
 */
export function rankingResult(
  options: readonly PollOption[],
  counts: Counts,
): readonly RankedOption[] {
  const most = counts.ballots * (options.length - 1);
  const sums = options.map(({ id }) => ({
    option: id,
    points: options.reduce(
      (points, _, index) =>
        points + (options.length - 1 - index) * (counts.by[`${id}/${index + 1}`] ?? 0),
      0,
    ),
    firsts: counts.by[`${id}/1`] ?? 0,
  }));
  return sums
    .map(({ option, points, firsts }) => ({
      option,
      place: 1 + sums.filter((other) => other.points > points).length,
      points,
      share: most === 0 ? 0 : points / most,
      firsts,
    }))
    .toSorted((a, b) => a.place - b.place);
}
