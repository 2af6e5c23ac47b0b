/** Randomness that a seed repeats: what a test does next, and on which of several things. */
export interface Random {
  /** 0 up to and without 1. */
  next(): number;
  /** A whole number from 0 up to and without `end`. */
  below(end: number): number;
  chance(probability: number): boolean;
  /** Null where there is nothing to choose from. */
  pick<T>(items: readonly T[]): T | null;
  shuffled<T>(items: readonly T[]): T[];
}

/** Mulberry32 (public domain): 32 bits of state, evenly spread, good enough to choose with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? null,
    shuffled(items) {
      const rest = [...items];
      return items.flatMap(() => rest.splice(below(rest.length), 1));
    },
  };
}

/** Where the seeds start: 1, so that every run is the same, unless CAUCUS_SEED says otherwise. */
export const firstSeed = Number(process.env['CAUCUS_SEED'] ?? 1);

/**
 * Calls `body` with `runs` seeds in a row from `firstSeed` on. A failure names its seed;
 * `CAUCUS_SEED=<seed>` then runs that one first.
 */
export function forSeeds(runs: number, body: (random: Random, seed: number) => void): void {
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    try {
      body(randomFrom(seed), seed);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`With CAUCUS_SEED=${seed}: ${cause}`, { cause: error });
    }
  }
}
