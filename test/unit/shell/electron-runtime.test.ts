import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installedExecutable, runWithin } from '../../../src/shell/electron-runtime.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caucus-electron-'));
  await writeFile(join(folder, 'package.json'), '{"version":"45.4.1"}');
});
afterEach(() => rm(folder, { recursive: true }));

async function install(version: string): Promise<string> {
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist', 'version'), `${version}\n`);
  await writeFile(join(folder, 'path.txt'), 'electron');
  await writeFile(join(folder, 'dist', 'electron'), '');
  return join(folder, 'dist', 'electron');
}

it('finds the runtime where it is whole and of the right version', async () => {
  expect(installedExecutable(folder, {})).toBeNull();
  const executable = await install('45.4.1');
  expect(installedExecutable(folder, {})).toBe(executable);
  await rm(executable);
  expect(installedExecutable(folder, {})).toBeNull();
});

it('does not take the runtime of another version', async () => {
  await install('44.0.0');
  expect(installedExecutable(folder, {})).toBeNull();
});

it("takes a runtime of the developer's own", async () => {
  expect(installedExecutable(folder, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBeNull();
  await writeFile(join(folder, 'electron'), '');
  expect(installedExecutable(folder, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(
    join(folder, 'electron'),
  );
});

it.for([
  ['', 'done'],
  ['process.exitCode = 1;', 'failed'],
  ['setInterval(() => undefined, 1000);', 'too-slow'],
] as const)('runs a script within its time: %s', async ([script, outcome]) => {
  const path = join(folder, 'script.mjs');
  await writeFile(path, script);
  expect(await runWithin(path, outcome === 'too-slow' ? 50 : 10_000)).toBe(outcome);
});
