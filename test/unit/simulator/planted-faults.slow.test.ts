// Before anything that loads Yjs.
import '../../simulator/steer-clock.ts';
import { afterEach, expect, it, vi } from 'vitest';
import type { Simulation } from '../../simulator/simulate.ts';
import { plantedFaults, unplant } from './planted-faults.ts';

/**
 * A fault has to show within so many seeds, from 1 on; the product itself passes them all
 * (`simulator.slow.test.ts`).
 */
const WITHIN_SEEDS = 40;

afterEach(unplant);

for (const { name, plant, beneath } of plantedFaults) {
  it(`is caught within ${WITHIN_SEEDS} seeds: ${name}`, async () => {
    vi.resetModules();
    plant?.();
    const { simulate } = await import('../../simulator/simulate.ts');
    let caught: Simulation | null = null;
    for (let seed = 1; seed <= WITHIN_SEEDS && caught === null; seed += 1) {
      const run = await simulate({ seed, ...(beneath !== undefined && { faults: beneath }) });
      if (run.violations.length > 0) caught = run;
    }
    const checks = [...new Set(caught?.violations.map(({ check }) => check))];
    console.log(`Seed ${caught?.seed ?? 'none'}: ${checks.join(', ')}: ${name}`);
    expect(checks).not.toEqual([]);
  });
}
