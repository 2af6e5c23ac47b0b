import { parentPort } from 'node:worker_threads';
import { simulate } from '../simulator/simulate.ts';

/** What a worker says of one seed. */
export interface SeedReport {
  readonly seed: number;
  readonly healMs: number | null;
  /** The checks that did not hold, each once, and what the first one said. */
  readonly checks: readonly string[];
  readonly detail: string;
}

/** Plays one seed after another, as they come; answers each with a `SeedReport`. */
parentPort?.on('message', (seed: number) => {
  simulate({ seed })
    .then(({ violations, healMs }) => {
      const [first] = violations;
      const report: SeedReport = {
        seed,
        healMs,
        checks: [...new Set(violations.map(({ check }) => check))],
        detail: first === undefined ? '' : `${first.detail} at ${Math.round(first.at)} ms`,
      };
      parentPort?.postMessage(report);
    })
    .catch((error: unknown) => {
      throw error;
    });
});
