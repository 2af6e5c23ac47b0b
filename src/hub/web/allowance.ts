/** So much at once, and so much more every second: a token bucket. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

/** One taker's own. */
export interface Purse {
  /** False where so much is not there; then nothing is taken. */
  take(amount: number): boolean;
  /** Whether everything is there. */
  isFull(): boolean;
}

/** @param now a clock that never jumps, in milliseconds. */
export function createPurse({ burst, perSecond }: Allowance, now: () => number): Purse {
  let left = burst;
  let at = now();
  function refill(): void {
    const time = now();
    left = Math.min(burst, left + ((time - at) / 1_000) * perSecond);
    at = time;
  }
  return {
    take(amount) {
      refill();
      if (left < amount) return false;
      left -= amount;
      return true;
    },
    isFull() {
      refill();
      return left >= burst;
    },
  };
}

/** From here on it is worth looking whose purse is full again and need not be remembered. */
const MANY = 1_000;

/** A purse for each address. */
export function createPurses(allowance: Allowance, now: () => number): (key: string) => Purse {
  const purses = new Map<string, Purse>();
  let many = MANY;
  return (key) => {
    let purse = purses.get(key);
    if (purse === undefined) {
      if (purses.size >= many) {
        for (const [other, known] of purses) if (known.isFull()) purses.delete(other);
        // Not again for each of thousands whose purses are not full yet.
        many = Math.max(MANY, 2 * purses.size);
      }
      purse = createPurse(allowance, now);
      purses.set(key, purse);
    }
    return purse;
  };
}
