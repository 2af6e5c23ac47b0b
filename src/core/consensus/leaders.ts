import type { Leader } from './tally.ts';

/**
 * The first `most` of a quiz by points; who has as many shares the place, and the next place is left
 * out. Those without points are not on it. Where the last place is shared by more than fit, those who
 * stand earlier in `players` are shown.
 */
export function leadersOf(
  players: readonly { readonly name: string; readonly points: number }[],
  most: number,
): readonly Leader[] {
  const sorted = players
    .filter((player) => player.points > 0)
    .toSorted((a, b) => b.points - a.points);
  let place = 0;
  let points = Number.POSITIVE_INFINITY;
  return sorted.slice(0, most).map((player, index) => {
    if (player.points < points) place = index + 1;
    points = player.points;
    return { place, name: player.name, points };
  });
}
