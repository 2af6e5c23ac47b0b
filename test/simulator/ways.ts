import { type DocumentName, PLENARY, people } from './cast.ts';
import type { World } from './world.ts';

/** What stands between a laptop and the plenary laptop, as the world itself knows it. */
export interface Way {
  /**
   * Since when nothing at all can get to the plenary laptop by a relay, since when nothing can get
   * back, and since when nothing by the direct way; null while it can. A ping may have been answered
   * that went there before the one was cut and came back after the other was mended; and what a
   * laptop has said before it fell asleep may still arrive.
   */
  readonly noRelayUpSince: number | null;
  readonly noRelayDownSince: number | null;
  readonly noDirectSince: number | null;
  /** Since when nothing has stood in the way of the relay; null while something does. */
  readonly sureSince: number | null;
}

export interface Ways {
  /** Looks again; to be called after everything that may have changed one. */
  look(): void;
  of(index: number): Way;
}

export function watchWays(world: World): Ways {
  const ways: Way[] = people.map(() => ({
    noRelayUpSince: 0,
    noRelayDownSince: 0,
    noDirectSince: 0,
    sureSince: null,
  }));
  const knows = (index: number, host: number): boolean =>
    world.laptop(index).places.some(({ address }) => world.network.addresses.get(address) === host);
  const listens = (host: number): boolean =>
    world.hubs.has(host) && !world.network.silent.has(host);
  const isUp = (index: number): boolean => world.laptop(index).active !== null;
  const bothUp = (index: number): boolean => isUp(index) && isUp(PLENARY);
  const byRelay = (index: number, from: number, to: number): boolean =>
    [...world.hubs.keys()].some(
      (host) =>
        knows(index, host) &&
        knows(PLENARY, host) &&
        world.network.passes(from, host) &&
        world.network.passes(host, to),
    );
  const hearsUp = (index: number): boolean =>
    bothUp(index) && [...world.hubs.keys()].some(listens) && byRelay(index, index, PLENARY);
  const byDirect = (index: number): boolean => bothUp(index) && world.air.passes(index, PLENARY);
  const isSure = (index: number): boolean =>
    bothUp(index) &&
    listens(PLENARY) &&
    knows(index, PLENARY) &&
    world.network.passes(index, PLENARY) &&
    world.network.passes(PLENARY, index);
  const since = (before: number | null, holds: boolean): number | null =>
    holds ? (before ?? world.time.now()) : null;

  return {
    look() {
      for (const { index } of world.laptops) {
        const before = ways[index];
        if (before === undefined) continue;
        const sure = since(before.sureSince, isSure(index));
        ways[index] = {
          noRelayUpSince: since(before.noRelayUpSince, !hearsUp(index)),
          noRelayDownSince: since(before.noRelayDownSince, !byRelay(index, PLENARY, index)),
          noDirectSince: since(before.noDirectSince, !byDirect(index)),
          sureSince: sure === null ? null : Math.max(sure, world.disturbedUntil[index] ?? 0),
        };
      }
    },
    of(index) {
      const way = ways[index];
      if (way === undefined) throw new Error(`There is no laptop ${index}`);
      return way;
    },
  };
}

/** Since when no answered ping can have come by the relay; null while one can. */
export function noRelaySince({ noRelayUpSince, noRelayDownSince }: Way): number | null {
  if (noRelayUpSince === null || noRelayDownSince === null) {
    return noRelayUpSince ?? noRelayDownSince;
  }
  return Math.min(noRelayUpSince, noRelayDownSince);
}

/** Which documents a laptop confirms or asks to be confirmed: the status is about these. */
export const asksAbout = (index: number, name: DocumentName): boolean =>
  people[index]?.access[name] === 'writes';
