import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isStale } from '../../../src/shell/is-stale.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

/** Makes a file that was changed `minute` minutes after some point of time. */
async function touch(name: string, minute: number): Promise<void> {
  await writeFile(at(name), '');
  await utimes(at(name), minute * 60, minute * 60);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caucus-stale-'));
  await mkdir(at('src/deep'), { recursive: true });
  await touch('src/deep/a.ts', 1);
  await touch('lock.json', 2);
  for (const directory of ['src/deep', 'src']) await utimes(at(directory), 60, 60);
});
afterEach(() => rm(folder, { recursive: true }));

const stale = (): Promise<boolean> =>
  isStale(at('index.html'), [at('src'), at('lock.json'), at('none')]);

it('is stale when it was never built', async () => {
  expect(await stale()).toBe(true);
});

it('is fresh when it is newer than everything it was built from', async () => {
  await touch('index.html', 3);
  expect(await stale()).toBe(false);
});

it('is stale when a file deep inside is newer', async () => {
  await touch('index.html', 3);
  await touch('src/deep/a.ts', 4);
  expect(await stale()).toBe(true);
});

it('is stale when a single file is newer', async () => {
  await touch('index.html', 3);
  await touch('lock.json', 4);
  expect(await stale()).toBe(true);
});
