import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../tools/chromium.ts';
import { openBenchVenue, type BenchVenue } from './bench-venue.ts';
import { benchBulk, benchBulkOnLine } from './bulk.ts';
import { benchIdle } from './idle.ts';
import { benchKeystroke } from './keystroke.ts';
import { benchLatency } from './latency.ts';
import type { BenchResult } from './measure.ts';
import { benchOpenSession } from './open-session.ts';
import { benchRelayCpu } from './relay-cpu.ts';
import { benchSimulator } from './simulator.ts';
import { benchStorage } from './storage.ts';
import { benchTicket } from './ticket.ts';
import { benchVoting } from './voting.ts';

/**
 * `npm run bench [-- NAME] [--json FILE]`: compares Caucus with a peer in the same run and prints
 * ratios of medians, because absolute times say little on a shared machine. Exits with 1 where a
 * number does not hold.
 */
const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  bulk: inVenue(benchBulk),
  'bulk-line': () => benchBulkOnLine(openBenchVenue),
  idle: inVenue(benchIdle),
  keystroke: inVenue(benchKeystroke),
  latency: benchLatency,
  open: inVenue(benchOpenSession),
  'relay-cpu': benchRelayCpu,
  simulator: benchSimulator,
  storage: inVenue(benchStorage),
  ticket: benchTicket,
  voting: benchVoting,
};

/** For what runs in pages. The others have the machine to themselves, without a browser beside. */
function inVenue(bench: (venue: BenchVenue) => Promise<BenchResult>): () => Promise<BenchResult> {
  return async () => {
    ensureChromium();
    const venue = await openBenchVenue();
    try {
      return await bench(venue);
    } finally {
      await venue.close();
    }
  };
}

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

const results: BenchResult[] = [];
for (const name of names) {
  console.log(`\n${name}`);
  const result = await benches[name]?.();
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
if (values.json !== undefined) {
  const byName = Object.fromEntries(results.map(({ name, numbers }) => [name, numbers]));
  writeFileSync(values.json, `${JSON.stringify(byName, null, 2)}\n`);
}
