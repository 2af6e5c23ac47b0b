import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../tools/chromium.ts';
import { openBenchVenue, type BenchVenue } from './bench-venue.ts';
import { benchKeystroke } from './keystroke.ts';
import type { BenchResult } from './measure.ts';
import { benchOpenSession } from './open-session.ts';
import { benchStorage } from './storage.ts';

/**
 * `npm run bench [-- NAME] [--json FILE]`: compares Caucus with a peer in the same run and prints
 * ratios of medians, because absolute times say little on a shared machine. Exits with 1 where a
 * number does not hold.
 */
const benches: Readonly<Record<string, (venue: BenchVenue) => Promise<BenchResult>>> = {
  keystroke: benchKeystroke,
  open: benchOpenSession,
  storage: benchStorage,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No benchmark "${unknown[0]}". There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}

ensureChromium();
const venue = await openBenchVenue();
const results: BenchResult[] = [];
try {
  for (const name of names) {
    console.log(`\n${name}`);
    const result = await benches[name]?.(venue);
    if (result === undefined) continue;
    results.push(result);
    for (const [number, value] of Object.entries(result.numbers)) {
      const limit = result.limits.find((entry) => entry.number === number);
      const verdict =
        limit === undefined
          ? ''
          : value <= limit.atMost
            ? `  (at most ${limit.atMost}: holds)`
            : `  (at most ${limit.atMost}: DOES NOT HOLD)`;
      console.log(`  ${number.padEnd(28)} ${value}${verdict}`);
      if (limit !== undefined && value > limit.atMost) process.exitCode = 1;
    }
  }
} finally {
  await venue.close();
}
if (values.json !== undefined) {
  const byName = Object.fromEntries(results.map(({ name, numbers }) => [name, numbers]));
  writeFileSync(values.json, `${JSON.stringify(byName, null, 2)}\n`);
}
