/** `npm run attack`: who is let in, and what one attacker can do to those who are. See `usage`. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { tryAdmission } from './admission.ts';
import { attackKinds } from './attack-kinds.ts';
import { flood, floodHeading, floodRow } from './flood.ts';
import type { FloodOptions, FloodResult } from './flood.ts';
import { isAsExpected, tallyTable } from './tally.ts';

const usage = `npm run attack -- [--quick] [--only KIND] [--json FILE]
  --quick      one attack with fewer connections, for the tests
  --only KIND  this kind of attack alone, as "slow headers"
  --json FILE  everything that was measured, as JSON`;

const OTHER_ADDRESS = '127.0.0.2';
/** Behind one address with the honest laptops, as everyone is at a conference. */
const SAME_ADDRESS = '127.0.0.1';

const FULL = { connections: 5_000, repeats: 3, ms: 6_000 } as const;
const QUICK = { connections: 2_000, repeats: 3, ms: 4_000 } as const;

function floodsOf(quick: boolean): FloodOptions[] {
  const everything = 'all of them';
  if (quick) return [{ kind: everything, from: SAME_ADDRESS, ...QUICK }];
  return [
    ...attackKinds.map((kind) => ({ kind, from: OTHER_ADDRESS, ...FULL })),
    { kind: everything, from: SAME_ADDRESS, ...FULL },
  ];
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const { tallies, unlisted } = await tryAdmission();
const admissionLines = tallyTable(tallies);
admissionLines.forEach((line) => console.log(line));
for (const route of unlisted) console.log(`NOT SO: ${route} is not asked by this suite`);

console.log(`\n${floodHeading}`);
const floods: FloodResult[] = [];
for (const options of floodsOf(values.quick).filter(
  ({ kind }) => values.only === undefined || kind === values.only,
)) {
  const result = await flood(options);
  floods.push(result);
  console.log(floodRow(result));
}

const held = floods.filter(({ broken }) => broken.length === 0).length;
const passed = unlisted.length === 0 && tallies.every(isAsExpected) && held === floods.length;
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ passed, tallies, unlisted, floods }, null, 2)}\n`);
}
console.log(
  `\n${passed ? 'held' : 'NOT HELD'}: ${admissionLines.at(-1)}; ${held} of ${floods.length} floods withstood`,
);
process.exit(passed ? 0 : 1);
