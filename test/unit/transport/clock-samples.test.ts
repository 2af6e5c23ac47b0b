import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClockSamples } from '../../../src/browser/transport/clock-samples.ts';

const HOUR = 3_600_000;
beforeEach(() => void vi.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => void vi.useRealTimers());

/** Asks, waits that long, and is answered by a hub that is `ahead` of this laptop, half-way. */
function ask(
  samples: ReturnType<typeof createClockSamples>,
  number: number,
  ms: number,
  ahead: number,
) {
  samples.asked(number);
  vi.advanceTimersByTime(ms / 2);
  const hubTime = Date.now() + ahead;
  vi.advanceTimersByTime(ms / 2);
  return samples.answered(number, hubTime);
}

it('finds how far the hub is ahead, and how sure that is', () => {
  const samples = createClockSamples();
  expect(ask(samples, 1, 40, 5 * HOUR)).toEqual({ offsetMs: 5 * HOUR, errorMs: 20 });
  expect(ask(samples, 2, 10, 5 * HOUR)).toEqual({ offsetMs: 5 * HOUR, errorMs: 5 });
});

it('goes by the quickest of the last answers, for a slow one may have waited one way only', () => {
  const samples = createClockSamples();
  ask(samples, 1, 10, -HOUR);
  samples.asked(2);
  const hubTime = Date.now() - HOUR;
  vi.advanceTimersByTime(2_000);
  // All of the time went by on the way back: halving it is a second off.
  expect(samples.answered(2, hubTime)).toEqual({ offsetMs: -HOUR, errorMs: 5 });
});

it('forgets what it measured when this laptop’s own clock jumps', () => {
  const samples = createClockSamples();
  ask(samples, 1, 10, 0);
  vi.setSystemTime(Date.now() - 26 * HOUR);
  expect(ask(samples, 2, 600, 26 * HOUR)).toEqual({ offsetMs: 26 * HOUR, errorMs: 300 });
});

it('is not misled by a number that it never asked, by one answered twice, or by one of long ago', () => {
  const samples = createClockSamples();
  expect(samples.answered(7, 0)).toBeNull();
  expect(ask(samples, 1, 10, 0)).not.toBeNull();
  expect(samples.answered(1, 8.64e15)).toBeNull();
  for (let number = 2; number <= 12; number += 1) samples.asked(number);
  expect(samples.answered(2, 0)).toBeNull();
  expect(samples.answered(3, Date.now())).toEqual({ offsetMs: 0, errorMs: 0 });
});

it('lets an old answer go after ten newer ones', () => {
  const samples = createClockSamples();
  ask(samples, 0, 2, 0);
  let last: ReturnType<typeof samples.answered> = null;
  for (let number = 1; number <= 10; number += 1) last = ask(samples, number, 100, 200);
  expect(last).toEqual({ offsetMs: 200, errorMs: 50 });
});
