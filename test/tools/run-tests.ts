import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
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
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      assertionResults: v.array(v.object({ status: v.string(), fullName: v.string() })),
    }),
  ),
});
type Report = v.InferOutput<typeof reportSchema>;
const counted = { passed: 0, failed: 0, skipped: 0 };
/** What failed, to be said again at the end, where whoever looks at a long output looks first. */
const failures: string[] = [];
/** What passed only when it ran by itself. */
const passedAlone: string[] = [];

function failuresIn({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that could not even be read has no tests.
    if (failed.length === 0) return status === 'failed' ? [file] : [];
    return failed.map(({ fullName }) => `${file}: ${fullName}`);
  });
}

/** Null where it did not even begin. */
async function runVitest(
  title: string,
  report: string,
  parameters: readonly string[],
): Promise<{ readonly passed: boolean; readonly read: Report } | null> {
  const passed = await run(
    { title, quietly: false },
    'vitest',
    'run',
    '--config=test/vitest.config.ts',
    ...parameters,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  );
  if (!existsSync(report)) return null;
  return { passed, read: v.parse(reportSchema, JSON.parse(readFileSync(report, 'utf8'))) };
}

/**
 * Where two files run side by side (`vitest.config.ts`), one can take from the other the time that it
 * has. What fails there is run once more by itself, and said to have been; what then fails has failed.
 */
async function failuresAlone(
  name: string,
  projects: readonly string[],
  failed: readonly string[],
): Promise<readonly string[]> {
  const files = [...new Set(failed.map((failure) => failure.split(': ')[0] ?? failure))];
  const again = await runVitest(
    `tests: ${name}, once more by themselves: ${files.join(', ')}`,
    join(reports, `${name.replaceAll(' ', '-')}-again.json`),
    [...projects, '--no-file-parallelism', ...files],
  );
  if (again === null || (!again.passed && again.read.numFailedTests === 0)) return failed;
  const still = failuresIn(again.read);
  for (const failure of failed) {
    if (!still.includes(failure)) passedAlone.push(failure);
  }
  return still;
}

async function vitest(
  names: readonly string[],
  { sideBySide }: { readonly sideBySide: boolean },
): Promise<boolean> {
  const name = names.join(' and ');
  const projects = names.flatMap((project) => ['--project', project]);
  const first = await runVitest(
    `tests: ${name}`,
    join(reports, `${names.join('-')}.json`),
    projects,
  );
  if (first === null) {
    // A run that could not even begin has failed as much as a test has.
    counted.failed += 1;
    failures.push(`${name}: did not run`);
    return false;
  }
  const { read, passed } = first;
  let failed: readonly string[] = failuresIn(read);
  if (!passed && failed.length === 0) failed = [`${name}: failed beside its tests`];
  else if (!passed && sideBySide) failed = await failuresAlone(name, projects, failed);
  counted.passed += read.numPassedTests + Math.max(0, read.numFailedTests - failed.length);
  counted.failed += failed.length;
  counted.skipped += read.numPendingTests;
  failures.push(...failed);
  return failed.length === 0;
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
  if (!passed) failures.push(title);
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
  () => vitest(['unit', 'unit-electron'], { sideBySide: true }),
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
    failures.push('no browser');
    return false;
  },
  () => vitest(['browser'], { sideBySide: true }),
  () => vitest(['slow'], { sideBySide: true }),
  () => vitest(['e2e'], { sideBySide: true }),
  () => vitest(['alone'], { sideBySide: false }),
];

const passed = await inTurn(steps);
for (const one of passedAlone) console.log(`PASSED ONLY BY ITSELF ${one}`);
for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`\n${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
process.exitCode = passed ? 0 : 1;
