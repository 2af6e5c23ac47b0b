/** What a right answer is worth at most. */
const FULL_POINTS = 1000;
/** So fast nobody is by skill: up to here everybody right gets all points. */
const FULL_POINTS_MS = 500;

/**
 * Points for a quiz answer, by the formula that Kahoot publishes in its help ("How points work"): a
 * right answer gets (1 - response time / question's time / 2) × 1000, rounded to a whole number, and
 * all of it within half a second; a wrong one gets none. From 1000 for at once to 500 at the bell.
 *
 * Both times in milliseconds by the hub's clock, from the opening to the ballot that counts, so that
 * a phone's wrong clock gains nothing. An answer that comes after the time, while it was prolonged,
 * gets the 500 of the last moment; where no time was set, everybody right gets all.
 */
export function quizPoints(right: boolean, responseMs: number, questionMs: number | null): number {
  if (!right) return 0;
  if (questionMs === null || questionMs <= 0 || responseMs < FULL_POINTS_MS) return FULL_POINTS;
  return Math.round((1 - Math.min(1, responseMs / questionMs) / 2) * FULL_POINTS);
}
