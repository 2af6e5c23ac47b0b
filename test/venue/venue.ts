import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildRenderer } from '../../src/shell/build-app.ts';
import { canUseNamespaces } from '../rehearse/venue/namespaces.ts';
import { ensureChromium } from '../tools/chromium.ts';
import { playScenario } from './play.ts';
import { readArguments } from './read-arguments.ts';
import { resultTable, type ScenarioResult, statusLines } from './result.ts';
import type { Stage } from './stage.ts';
import { FULL_ABSENCE_MS, QUICK_ABSENCE_MS, scenarios, SHORT_ABSENCE_MS } from './scenarios.ts';

/**
 * `npm run venue`: real laptops on the worst networks that a venue has. Exits with 1 where a note
 * was lost, where a screen said for more than three seconds what was not true, or where a scenario
 * could not be played to its end. How long healing took is printed against its limit.
 */
const read = readArguments(
  process.argv.slice(2),
  scenarios.map(({ name }) => name),
);
if (!read.ok) {
  console.error(read.text);
  process.exit(read.exitCode);
}
const { only, json, quick, full, verbose } = read.arguments;
if (!(await canUseNamespaces())) {
  console.error(
    'The venue needs Linux, root and network namespaces (the commands ip, nft and tc): run it there with sudo. `npm run rehearse` plays a workshop on any machine.',
  );
  process.exit(1);
}
ensureChromium();
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const built = await buildRenderer(console.log);
if (!built.ok) {
  console.error(`Caucus could not be built: ${built.why}`);
  process.exit(1);
}

const absenceMs = full ? FULL_ABSENCE_MS : quick ? QUICK_ABSENCE_MS : SHORT_ABSENCE_MS;
console.log(
  `Wi-Fi is gone for ${absenceMs / 1000} s in "wifi-gone"${full ? '' : ' (with --full: 600 s)'}.`,
);
let stage: Stage | null = null;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    // Laptops and their namespaces would stay.
    void (stage?.close() ?? Promise.resolve()).finally(() => process.exit(130));
  });
}
const results: ScenarioResult[] = [];
for (const scenario of scenarios) {
  if (only.length > 0 && !only.includes(scenario.name)) continue;
  if (quick && !scenario.quick) continue;
  const options = { absenceMs, idle: !quick };
  const result = await playScenario(scenario, options, console.log, (opened) => {
    stage = opened;
  });
  stage = null;
  results.push(result);
  if (verbose) console.log(`  What the screens said:\n${statusLines(result.status)}`);
  for (const how of result.how) console.log(`  ${how}`);
  for (const text of result.lostTexts) console.log(`  LOST: ${text}`);
  if (json !== null) writeFileSync(json, `${JSON.stringify({ scenarios: results }, null, 2)}\n`);
}
console.log(`\n${resultTable(results)}`);
const wrong = results.filter(
  ({ lost, statusTrue, error }) => lost > 0 || !statusTrue || error !== undefined,
);
if (wrong.length > 0) process.exitCode = 1;
