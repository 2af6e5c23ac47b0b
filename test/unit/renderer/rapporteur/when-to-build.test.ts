import { describe, expect, it } from 'vitest';
import { whenToBuild } from '../../../../renderer/rapporteur/when-to-build.ts';

const times = { changedAt: 10_000, builtAt: 0, cost: 5, typedAt: -Infinity };

describe('when the report is made anew', () => {
  it('is at once after a quiet time', () => {
    expect(whenToBuild(times)).toBeLessThanOrEqual(times.changedAt);
  });

  it('is not more often than four times a second', () => {
    expect(whenToBuild({ ...times, builtAt: 9_900 })).toBe(10_150);
  });

  it('is the more rarely the longer it takes', () => {
    expect(whenToBuild({ ...times, builtAt: 9_900, cost: 200 })).toBe(11_900);
  });

  it('is in a break in typing where it would be felt, and only there', () => {
    expect(whenToBuild({ ...times, cost: 200, typedAt: 11_000 })).toBe(11_600);
    expect(whenToBuild({ ...times, cost: 5, typedAt: 11_000 })).toBe(250);
  });

  it('is in the end also while somebody types on and on', () => {
    expect(whenToBuild({ ...times, cost: 200, typedAt: 60_000 })).toBe(15_000);
  });
});
