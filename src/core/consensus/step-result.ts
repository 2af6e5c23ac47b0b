import { HUM_STEPS } from './poll.ts';
import type { Counts } from './tally.ts';

/** Where the answers to a scale lie; in steps. */
export interface StepResult {
  readonly ballots: number;
  /** The middle answer, or half-way between the two in the middle; null without ballots. */
  readonly median: number | null;
  readonly mean: number | null;
  /** Standard deviation of these answers (of all, not estimated from a sample); null without ballots. */
  readonly spread: number | null;
  /** How many for step 1, 2, …, `steps`. */
  readonly bySteps: readonly number[];
}

/** Median, mean and spread of a poll that is answered by a step from 1 to `steps`. */
export function stepResult(steps: number, counts: Counts): StepResult {
  const bySteps = Array.from({ length: steps }, (_, index) => counts.by[String(index + 1)] ?? 0);
  const ballots = bySteps.reduce((sum, count) => sum + count, 0);
  if (ballots === 0) return { ballots, median: null, mean: null, spread: null, bySteps };

  /** The answer at `place` (0, 1, …) when all answers stand in a row by size. */
  const answerAt = (place: number): number => {
    let passed = 0;
    return 1 + bySteps.findIndex((count) => (passed += count) > place);
  };
  const median = (answerAt(Math.floor((ballots - 1) / 2)) + answerAt(Math.floor(ballots / 2))) / 2;
  const mean = bySteps.reduce((sum, count, index) => sum + count * (index + 1), 0) / ballots;
  const variance =
    bySteps.reduce((sum, count, index) => sum + count * (index + 1 - mean) ** 2, 0) / ballots;
  return { ballots, median, mean, spread: Math.sqrt(variance), bySteps };
}

/**
 * How loud a hum was, from 0 (nobody hums, or nobody is there) to 1 (everybody hums as loud as can
 * be): the mean of the answers with step 1, silence, as 0. That is all that may be shown of a hum. It
 * tells whether there is a question left to talk about; it is no vote, and counts would make it one
 * (RFC 7282, section 4).
 */
export function loudness(counts: Counts): number {
  const { mean } = stepResult(HUM_STEPS, counts);
  return mean === null ? 0 : (mean - 1) / (HUM_STEPS - 1);
}
