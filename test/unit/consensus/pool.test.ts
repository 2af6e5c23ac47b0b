import { describe, expect, it } from 'vitest';
import { poolParts, poolSmallParts } from '../../../src/core/consensus/pool-small-parts.ts';
import type { Counts, Tally } from '../../../src/core/consensus/tally.ts';
import { agreeing } from './forms.ts';
import { below, seeded } from './random.ts';

const seed = 72_82;

const total = (parts: Readonly<Record<string, Counts>>) => {
  const sum = { ballots: 0, by: new Map<string, number>() };
  for (const part of Object.values(parts)) {
    sum.ballots += part.ballots;
    for (const [key, count] of Object.entries(part.by)) {
      if (count > 0) sum.by.set(key, (sum.by.get(key) ?? 0) + count);
    }
  }
  return { ballots: sum.ballots, by: Object.fromEntries(sum.by) };
};

/** What everybody can work out of what is shown: each part, and the total minus any of them. */
function derivable(parts: Readonly<Record<string, Counts>>): readonly number[] {
  const sizes = Object.values(parts).map(({ ballots }) => ballots);
  const sums = new Set<number>();
  for (let subset = 0; subset < 2 ** sizes.length; subset += 1) {
    sums.add(sizes.reduce((sum, size, index) => sum + ((subset >> index) % 2 ? size : 0), 0));
  }
  return [...sums];
}

describe('C2: nobody’s vote can be read off', () => {
  it('shows parts that are large enough as they are', () => {
    const parts = { gov: agreeing(5, 0, 0), tech: agreeing(3, 1, 2) };
    expect(poolParts(parts)).toEqual(parts);
  });

  it('takes small parts together', () => {
    const pooled = poolParts({
      gov: agreeing(2, 0, 0),
      igo: agreeing(1, 0, 2),
      tech: agreeing(9, 1, 2),
    });
    expect(pooled).toEqual({ tech: agreeing(9, 1, 2), '~': agreeing(3, 0, 2) });
  });

  it('takes the largest part in where the small ones are too few even together', () => {
    const pooled = poolParts({
      '': agreeing(2, 0, 0),
      gov: agreeing(2, 0, 3),
      tech: agreeing(30, 0, 2),
      civil: agreeing(10, 0, 2),
    });
    expect(pooled).toEqual({
      gov: agreeing(2, 0, 3),
      civil: agreeing(10, 0, 2),
      '~': agreeing(32, 0, 2),
    });
  });

  it('does not let two who declared nothing stand up for a small group that refuses', () => {
    const pooled = poolParts({
      '': agreeing(4, 0, 0),
      gov: agreeing(2, 0, 3),
      tech: agreeing(30, 0, 2),
    });
    expect(pooled['gov']).toEqual(agreeing(2, 0, 3));
  });

  it('shows one part, the same as the total, where there are too few in all', () => {
    expect(poolParts({ gov: agreeing(1, 0, 0), tech: agreeing(0, 0, 2) })).toEqual({
      '~': agreeing(1, 0, 2),
    });
  });

  it('leaves out who did not vote, and makes no pool of nobody', () => {
    expect(poolParts({ gov: agreeing(0, 0, 0), tech: agreeing(5, 0, 0) })).toEqual({
      tech: agreeing(5, 0, 0),
    });
    expect(poolParts({})).toEqual({});
  });

  it('pools stakeholder groups, regions and breakout groups of a tally, and nothing else', () => {
    const small = { a: agreeing(1, 0, 0), b: agreeing(9, 0, 0) };
    const one = { '~': agreeing(10, 0, 0) };
    const tally: Tally = {
      poll: 'p1',
      version: 7,
      all: agreeing(10, 0, 0),
      byStakeholderGroup: small,
      byRegion: small,
      byBreakoutGroup: small,
      texts: [{ ballot: '1', text: 'A register', shown: true }],
    };
    const pooled = poolSmallParts(tally);
    for (const parts of [pooled.byStakeholderGroup, pooled.byRegion, pooled.byBreakoutGroup]) {
      expect(Object.keys(parts)).toEqual(['~']);
      expect(parts['~']).toMatchObject({ ballots: 10, by: { agree: 10 } });
      expect(parts['~']?.ballots).toBe(one['~'].ballots);
    }
    expect({ ...pooled, byStakeholderGroup: 0, byRegion: 0, byBreakoutGroup: 0 }).toEqual({
      ...tally,
      byStakeholderGroup: 0,
      byRegion: 0,
      byBreakoutGroup: 0,
    });
  });

  it(`withstands “total minus the rest”, loses no ballot, and does nothing twice (seed ${seed})`, () => {
    const random = seeded(seed);
    let attacked = 0;
    for (let round = 0; round < 3000; round += 1) {
      const enough = 2 + below(random, 6);
      const parts: Record<string, Counts> = {};
      for (const name of ['', 'a', 'b', 'c', 'd', 'e', 'f'].slice(0, 1 + below(random, 7))) {
        const most = random() < 0.5 ? enough : 30;
        parts[name] = agreeing(below(random, most), below(random, 3), below(random, most));
      }
      const pooled = poolParts(parts, enough);
      const all = total(parts);
      expect(total(pooled)).toEqual(all);
      expect(poolParts(pooled, enough)).toEqual(pooled);
      if (all.ballots < enough) {
        expect(Object.keys(pooled).length).toBeLessThanOrEqual(1);
        continue;
      }
      attacked += 1;
      for (const size of derivable(pooled)) expect(size === 0 || size >= enough).toBe(true);
    }
    expect(attacked).toBeGreaterThan(2000);
  });

  it(`decides by sizes only, never by what was voted (seed ${seed})`, () => {
    const random = seeded(seed);
    for (let round = 0; round < 500; round += 1) {
      const sizes = Array.from({ length: 5 }, () => below(random, 12));
      const vote = (): Record<string, Counts> =>
        Object.fromEntries(
          sizes.map((size, index) => {
            const agree = below(random, size + 1);
            return [`part${index}`, agreeing(agree, 0, size - agree)];
          }),
        );
      expect(Object.keys(poolParts(vote()))).toEqual(Object.keys(poolParts(vote())));
    }
  });
});
