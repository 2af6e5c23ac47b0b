import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from '../tools/chromium.ts';
import { readArguments } from './read-arguments.ts';
import { readScript } from './script.ts';
import { summaryTable } from './summary.ts';
import { canUseNamespaces, openNamespaces } from './venue/namespaces.ts';
import { openOneMachine } from './venue/one-machine.ts';
import { playWorkshop } from './workshop.ts';

/** `npm run rehearse`: a whole workshop without a person. Exits with 1 where something was lost or a
 * screen said what was not true, and where the cut was none. */
const read = readArguments(process.argv.slice(2), Math.floor(Math.random() * 2 ** 32));
if (!read.ok) {
  console.error(read.text);
  process.exit(read.exitCode);
}
const options = { ...read.arguments, out: resolve(read.arguments.out) };
const begun = performance.now();
function say(what: string): void {
  const seconds = Math.floor((performance.now() - begun) / 1000);
  const clock = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  // With --json, standard output is the summary's alone.
  (options.json ? console.error : console.log)(`${clock}  ${what}`);
}

const sample = fileURLToPath(new URL('../../assets/sample/notes.json', import.meta.url));
const script = readScript(options.notes ?? sample, {
  groups: options.laptops - 2,
  perGroup: options.perGroup,
  seed: options.seed,
});
ensureChromium();
const inNamespaces = !options.oneMachine && (await canUseNamespaces());
const venue = await (inNamespaces ? openNamespaces() : openOneMachine());
say(`Seed ${options.seed}; ${venue.words}.`);
try {
  const summary = await playWorkshop(venue, script, options, say);
  const json = `${JSON.stringify(summary, null, 2)}\n`;
  writeFileSync(join(options.out, 'summary.json'), json);
  if (options.json) process.stdout.write(json);
  else
    console.log(
      `\n${summaryTable(summary)}\n\nReport, screenshots and summary.json: ${options.out}`,
    );
  const wrong =
    summary.lost +
    summary.statusLies +
    summary.notesThroughTheCut +
    summary.secretsTold +
    summary.wrongResultLines +
    (summary.ballotsAcknowledged - summary.ballotsCounted) +
    (summary.objections - summary.objectionsInReport);
  if (wrong > 0) process.exitCode = 1;
} finally {
  await venue.close();
}
