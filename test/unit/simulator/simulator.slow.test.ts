// Before anything that loads Yjs.
import '../../simulator/steer-clock.ts';
import { expect, it } from 'vitest';
import { simulate } from '../../simulator/simulate.ts';
import { firstSeed } from '../../tools/seeded-random.ts';

const SEEDS = Number(process.env['CAUCUS_SEEDS'] ?? 200);

it(`S1, S2, S3, A1, A2: five laptops on a bad network agree in the end, lose nothing and tell the truth (${SEEDS} seeds from ${firstSeed})`, async () => {
  const failures: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + SEEDS; seed += 1) {
    const { violations } = await simulate({ seed });
    const [first] = violations;
    if (first === undefined) continue;
    failures.push(
      `CAUCUS_SEED=${seed}: ${first.check}: ${first.detail} at ${Math.round(first.at)} ms`,
    );
  }
  expect(failures).toEqual([]);
}, 600_000);

it('runs the same seed the same way, to the last byte on the network', async () => {
  const digests = new Set<string>();
  for (const seed of [firstSeed, firstSeed + 1]) {
    const one = await simulate({ seed, withDigest: true });
    const other = await simulate({ seed, withDigest: true });
    expect(one.frames).toBeGreaterThan(1_000);
    expect(other).toEqual(one);
    digests.add(one.digest);
  }
  expect(digests.size).toBe(2);
});

/** Seeds of which something was once not so, and what it was. */
it.each([
  [
    6981,
    'a long change that came by the group’s own hub was told to the other hub ten seconds later',
  ],
  [
    25_410,
    'a socket that opened and on which no word came was waited for as long as one that opens slowly',
  ],
])('S3, S4: seed %i holds (%s)', async (seed) => {
  expect((await simulate({ seed })).violations).toEqual([]);
});
