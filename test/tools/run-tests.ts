import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { ensureChromium, noChromium } from './chromium.ts';
import { layers } from './layers.ts';

/**
 * `npm test`: everything that can fail, the fast things first, and one line at the end that says
 * how it went. `npm run test:unit` runs the first part of the tests alone.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const reports = join(root, 'out', 'test-reports');
const windows = process.platform === 'win32';

/** @param quietly says nothing until it has ended, where something else runs beside it. */
function run(
  { title, quietly }: { readonly title: string; readonly quietly: boolean },
  command: string,
  ...parameters: string[]
): Promise<boolean> {
  const begun = performance.now();
  if (!quietly) console.log(`\n── ${title}`);
  const child = spawn(join(bin, windows ? `${command}.cmd` : command), parameters, {
    cwd: root,
    stdio: quietly ? 'pipe' : 'inherit',
    shell: windows,
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  }
  return new Promise((resolve) => {
    const end = (passed: boolean): void => {
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      if (said.length > 0) console.log(`\n── ${title}\n${said.join('')}`);
      console.log(`── ${title}: ${passed ? 'passed' : 'FAILED'} in ${seconds} s`);
      resolve(passed);
    };
    child.once('error', (error) => {
      said.push(error.message);
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });
}

const reportSchema = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
});
const counted = { passed: 0, failed: 0, skipped: 0 };

async function vitest(...projects: string[]): Promise<boolean> {
  const name = projects.join(' and ');
  const report = join(reports, `${projects.join('-')}.json`);
  const passed = await run(
    { title: `tests: ${name}`, quietly: false },
    'vitest',
    'run',
    '--config=test/vitest.config.ts',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  );
  if (!existsSync(report)) {
    // A run that could not even begin has failed as much as a test has.
    counted.failed += 1;
    return false;
  }
  const read = v.parse(reportSchema, JSON.parse(readFileSync(report, 'utf8')));
  counted.passed += read.numPassedTests;
  counted.failed += read.numFailedTests;
  counted.skipped += read.numPendingTests;
  if (!passed && read.numFailedTests === 0) counted.failed += 1;
  return passed;
}

function chromium(): boolean {
  try {
    console.log(`\n── browser: ${ensureChromium()}`);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : noChromium);
    return false;
  }
}

/** A check that is not a vitest test counts as one. */
async function check(title: string, command: string, ...parameters: string[]): Promise<boolean> {
  const passed = await run({ title, quietly: true }, command, ...parameters);
  counted[passed ? 'passed' : 'failed'] += 1;
  return passed;
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

type Step = () => boolean | Promise<boolean>;
async function inTurn(steps: readonly Step[]): Promise<boolean> {
  let passed = true;
  for (const step of steps) passed = (await step()) && passed;
  return passed;
}

const steps: readonly Step[] = [
  async () => {
    // Each by itself uses one core only, most of the time.
    const both = await Promise.all([
      check('formatting', 'prettier', '--check', '--log-level=warn', '.'),
      inTurn([
        () => check('lint', 'oxlint'),
        ...layers.map((layer) => () => check(`types of ${layer}`, 'tsc', '-p', layer)),
      ]),
    ]);
    return both.every(Boolean);
  },
  () => vitest('unit', 'unit-electron'),
  () => check('build', 'vite', 'build', '--config', 'renderer/vite.config.ts'),
  () =>
    check(
      'build of the phones’ page',
      'vite',
      'build',
      '--config',
      'renderer/audience/vite.config.ts',
    ),
  () => {
    if (chromium()) return true;
    counted.failed += 1;
    return false;
  },
  () => vitest('browser'),
  () => vitest('slow'),
  () => vitest('e2e'),
  () => vitest('alone'),
];

const passed = await inTurn(steps);
console.log(`\n${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
process.exitCode = passed ? 0 : 1;
