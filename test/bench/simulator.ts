import { Worker } from 'node:worker_threads';
import { LAPTOPS, OPERATIONS } from '../simulator/simulate.ts';
import { firstSeed } from '../tools/seeded-random.ts';
import { type BenchResult, round } from './measure.ts';
import type { SeedReport } from './simulator-worker.ts';

const SEEDS = Number(process.env['CAUCUS_SEEDS'] ?? 10_000);
const WORKERS = 2;
/** Failures are printed as they come, but not more than this many. */
const MOST_PRINTED = 50;
const PROGRESS_SEEDS = 1_000;

async function playAll(): Promise<readonly SeedReport[]> {
  const reports: SeedReport[] = [];
  let next = firstSeed;
  let printed = 0;
  const play = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('simulator-worker.ts', import.meta.url));
      const giveNext = (): void => {
        if (next >= firstSeed + SEEDS) {
          worker.terminate().then(() => resolve(), reject);
          return;
        }
        worker.postMessage(next);
        next += 1;
      };
      worker.on('error', reject);
      worker.on('message', (report: SeedReport) => {
        reports.push(report);
        if (reports.length % PROGRESS_SEEDS === 0) console.log(`  ${reports.length} seeds`);
        if (report.checks.length > 0 && printed < MOST_PRINTED) {
          printed += 1;
          console.log(
            `  CAUCUS_SEED=${report.seed}: ${report.checks.join(', ')}: ${report.detail}`,
          );
        }
        giveNext();
      });
      giveNext();
    });
  await Promise.all(Array.from({ length: WORKERS }, play));
  return reports;
}

/**
 * Plays the workshop of the simulator (`test/simulator`) with many seeds, `CAUCUS_SEEDS` of them
 * from `CAUCUS_SEED` on. Healing times are the simulated world's own.
 */
export async function benchSimulator(): Promise<BenchResult> {
  console.log(`  ${SEEDS} seeds from ${firstSeed}, ${OPERATIONS} operations, ${LAPTOPS} laptops`);
  const begun = performance.now();
  const reports = await playAll();
  const seconds = (performance.now() - begun) / 1_000;
  const failing = (begins: string): number =>
    reports.filter(({ checks }) => checks.some((check) => check.startsWith(begins))).length;
  const heals = reports.map(({ healMs }) => healMs ?? Infinity).toSorted((a, b) => a - b);
  const healed = (share: number): number =>
    heals[Math.min(heals.length - 1, Math.floor(share * heals.length))] ?? Infinity;
  return {
    name: 'simulator',
    numbers: {
      seeds: reports.length,
      divergences: failing('diverged') + failing('heal') + failing('pending'),
      losses: failing('S2') + failing('S1'),
      lies: failing('S3'),
      'any check failed': reports.filter(({ checks }) => checks.length > 0).length,
      'seeds per second': round(reports.length / seconds),
      'heal median ms': healed(0.5),
      'heal p99 ms': healed(0.99),
      'heal longest ms': healed(1),
    },
    limits: ['divergences', 'losses', 'lies', 'any check failed'].map((number) => ({
      number,
      atMost: 0,
    })),
  };
}
