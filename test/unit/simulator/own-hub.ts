import { keys, PLENARY } from '../../simulator/cast.ts';
import { clocksOf, covers } from '../../simulator/clocks.ts';
import { HEAL_MS } from '../../simulator/truth.ts';
import { inVirtualTime, type VirtualTime } from '../../simulator/virtual-time.ts';
import { World } from '../../simulator/world.ts';

const FELLOW = 2;
/** Laptops compare all that they have every ten seconds: so many tries, so far apart, meet any phase of it. */
const TRIES = 8;
const APART_MS = 2_700;
const STEP_MS = 50;
const STARTED_MS = 8_000;
/** When all has gone wrong. */
const PATIENCE_MS = 4 * HEAL_MS;

/**
 * A facilitator's laptop reaches only the hub that the other one of its group has, which alone reaches
 * the plenary laptop. Returns how long a change of so many bytes took at most until it was on that
 * one's disk, in milliseconds.
 */
export async function slowestByOwnHub(bytes: number): Promise<number> {
  return inVirtualTime(
    {
      onFault: (error) => {
        throw error;
      },
    },
    async (time) => {
      const world = worldWithOwnHub(time);
      const plenary = world.laptop(PLENARY);
      plenary.places = plenary.places.filter(({ own }) => own);
      world.network.block(FELLOW, PLENARY);
      world.network.block(PLENARY, FELLOW);
      world.startAll();
      await time.runUntil(STARTED_MS);
      const running = world.laptop(FELLOW).running;
      const doc = running?.documents.get('g1')?.doc;
      if (running === null || doc === undefined) throw new Error('The laptop has not started');
      let slowest = 0;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const text = String(tries).repeat(bytes);
        world.act(running.process, () => doc.getMap('meta').set('pasted', text));
        const begun = time.now();
        await time.runUntil(begun + STEP_MS);
        const there = (): boolean => covers(plenary.disk.clocks(keys.g1.documentId), clocksOf(doc));
        while (!there() && time.now() - begun < PATIENCE_MS) {
          await time.runUntil(time.now() + STEP_MS);
        }
        slowest = Math.max(slowest, time.now() - begun);
        await time.runUntil(time.now() + APART_MS);
      }
      return slowest;
    },
  );
}

/** One in which the group has a hub, and nothing goes from laptop to laptop. */
function worldWithOwnHub(time: VirtualTime): World {
  for (let seed = 1; ; seed += 1) {
    const world = new World(time, seed, {});
    if (world.secondHub && world.air.kind === 'none') return world;
  }
}
