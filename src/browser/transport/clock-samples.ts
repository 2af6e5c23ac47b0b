/** The hub's clock, as seen from this laptop. */
export interface HubClock {
  /** To be added to this laptop's clock to get the hub's, in milliseconds. */
  readonly offsetMs: number;
  /** How far that may be wrong: half the time that the answer took, in milliseconds. */
  readonly errorMs: number;
}

const REMEMBERED = 10;

/**
 * Estimates a hub's clock from answered pings as NTP does (RFC 5905, section 8): the hub's time
 * belongs to the middle of the way there and back, and the quickest of the last answers is the
 * best. This laptop's own clock may jump; answers that are older than the jump then are wrong, and
 * are forgotten.
 */
export function createClockSamples(): {
  asked(number: number): void;
  /** Null for a number that was not asked, or too long ago. */
  answered(number: number, hubTime: number): HubClock | null;
} {
  const asked = new Map<number, number>();
  let samples: HubClock[] = [];
  /** What stays the same while the clock does not jump. */
  let base = Date.now() - performance.now();

  return {
    asked(number) {
      asked.set(number, performance.now());
      asked.delete(number - REMEMBERED);
    },
    answered(number, hubTime) {
      const at = asked.get(number);
      if (at === undefined) return null;
      asked.delete(number);
      const errorMs = (performance.now() - at) / 2;
      const newBase = Date.now() - performance.now();
      if (Math.abs(newBase - base) > 500) samples = [];
      base = newBase;
      const sample = { offsetMs: hubTime + errorMs - Date.now(), errorMs };
      samples = [...samples.slice(1 - REMEMBERED), sample];
      return samples.reduce((best, next) => (next.errorMs < best.errorMs ? next : best));
    },
  };
}
