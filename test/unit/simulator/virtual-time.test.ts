// Before anything that loads Yjs.
import '../../simulator/steer-clock.ts';
import { expect, it } from 'vitest';
import { inVirtualTime, type Process } from '../../simulator/virtual-time.ts';

/** Longer than any chain of promises in the product. */
const LINKS = 500;

it('a process stays itself through any chain of promises, and dies with nobody else', async () => {
  const woken: Process[] = [];
  await inVirtualTime({ onFault: () => undefined }, async (time) => {
    const one = time.process('one');
    const other = time.process('other');
    time.later(one, 10, () => {
      async function walk(): Promise<void> {
        for (let link = 0; link < LINKS; link += 1) await Promise.resolve();
        setTimeout(() => woken.push(time.current()), 5);
      }
      void walk();
    });
    // Happens while the chain has still to run, where it is not waited for.
    time.later(other, 10, () => {
      other.dead = true;
    });
    await time.runUntil(100);
    expect(woken).toEqual([one]);
  });
});
