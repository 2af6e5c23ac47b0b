/** Often enough to look live; not so often that a fast group's typing keeps the laptop busy. */
const LEAST_PAUSE_MS = 250;
/** At most this part of the time goes into making the report anew. */
const SHARE = 1 / 10;
/** Shorter than this nobody feels while typing. */
const UNFELT_MS = 30;
/** A break in typing, in which the screen may stand still for a moment. */
const BREAK_MS = 600;
/** The report is never older than this because somebody types on and on. */
const LONGEST_WAIT_MS = 5000;

/** Moments in milliseconds, all by the same clock. */
export interface BuildTimes {
  /** Since when the report is out of date. */
  readonly changedAt: number;
  /** When it was last made. */
  readonly builtAt: number;
  /** How long that took. */
  readonly cost: number;
  /** When the person last typed. */
  readonly typedAt: number;
}

/**
 * When to make the report anew: soon, but the more rarely the longer it takes, and where it takes
 * so long that it would be felt, not between two keys.
 */
export function whenToBuild({ changedAt, builtAt, cost, typedAt }: BuildTimes): number {
  const rested = builtAt + Math.max(LEAST_PAUSE_MS, cost / SHARE);
  if (cost <= UNFELT_MS) return rested;
  return Math.max(rested, Math.min(typedAt + BREAK_MS, changedAt + LONGEST_WAIT_MS));
}
