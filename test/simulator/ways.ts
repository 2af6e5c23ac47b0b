import { type DocumentName, PLENARY, people } from './cast.ts';
import type { World } from './world.ts';

/** What stands between a laptop and the plenary laptop, as the world itself knows it. */
export interface Way {
  /** Since when nothing at all can get through by the relay, by the direct way; null while it can. */
  readonly noRelaySince: number | null;
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
    noRelaySince: 0,
    noDirectSince: 0,
    sureSince: null,
  }));
  const knows = (index: number, host: number): boolean =>
    world.laptop(index).places.some(({ address }) => world.network.addresses.get(address) === host);
  const talks = (index: number, host: number): boolean => {
    const { network, hubs } = world;
    return (
      hubs.has(host) &&
      !network.silent.has(host) &&
      network.passes(index, host) &&
      network.passes(host, index) &&
      knows(index, host)
    );
  };
  const isUp = (index: number): boolean => world.laptop(index).active !== null;
  const bothUp = (index: number): boolean => isUp(index) && isUp(PLENARY);
  const byRelay = (index: number): boolean =>
    bothUp(index) &&
    [...world.hubs.keys()].some((host) => talks(index, host) && talks(PLENARY, host));
  const byDirect = (index: number): boolean => bothUp(index) && world.air.passes(index, PLENARY);
  const isSure = (index: number): boolean => bothUp(index) && talks(index, PLENARY);
  const since = (before: number | null, holds: boolean): number | null =>
    holds ? (before ?? world.time.now()) : null;

  return {
    look() {
      for (const { index } of world.laptops) {
        const before = ways[index];
        if (before === undefined) continue;
        const sure = since(before.sureSince, isSure(index));
        ways[index] = {
          noRelaySince: since(before.noRelaySince, !byRelay(index)),
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

/** Which documents a laptop confirms or asks to be confirmed: the status is about these. */
export const asksAbout = (index: number, name: DocumentName): boolean =>
  people[index]?.access[name] === 'writes';
