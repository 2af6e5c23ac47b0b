import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runElectron } from '../../../src/shell/run-electron.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caucus-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A stand-in for Electron's executable; nothing here opens a window. */
async function standIn(script: string): Promise<string> {
  const path = join(folder, 'electron');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('Electron', () => {
  it('that ends at once with an error is told from one that was closed', async () => {
    const broken = await standIn('echo "" >&2; echo "libnss3.so: not found" >&2; exit 127');
    expect(await runElectron(broken, folder)).toEqual({
      kind: 'died-at-once',
      why: 'libnss3.so: not found',
    });
    expect(await runElectron(broken, folder, 0)).toEqual({ kind: 'closed', code: 127 });
    expect(await runElectron(await standIn('exit 0'), folder)).toEqual({ kind: 'closed', code: 0 });
  });

  it('that cannot be started at all counts as ended at once', async () => {
    expect(await runElectron(join(folder, 'missing'), folder)).toMatchObject({
      kind: 'died-at-once',
      why: expect.stringContaining('ENOENT') as string,
    });
  });

  it('gets the folder of the app, and is Electron even inside a terminal that says otherwise', async () => {
    process.env['ELECTRON_RUN_AS_NODE'] = '1';
    const curious = await standIn('echo "$1 ${ELECTRON_RUN_AS_NODE:-as itself}" >&2; exit 1');
    const end = await runElectron(curious, '/the/app');
    delete process.env['ELECTRON_RUN_AS_NODE'];
    expect(end).toEqual({ kind: 'died-at-once', why: '/the/app as itself' });
  });
});
