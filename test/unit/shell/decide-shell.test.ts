import { expect, it, vi } from 'vitest';
import { decideShell } from '../../../src/shell/decide-shell.ts';
import type { Surroundings } from '../../../src/shell/decide-shell.ts';
import type { ElectronRuntime } from '../../../src/shell/electron-runtime.ts';

const laptop: Surroundings = {
  browser: false,
  platform: 'linux',
  env: { DISPLAY: ':0' },
  userId: 1000,
  findElectron: () => Promise.resolve({ kind: 'ready', executable: '/electron' }),
};
const finds = (kind: Exclude<ElectronRuntime['kind'], 'ready'>): Partial<Surroundings> => ({
  findElectron: () => Promise.resolve({ kind }),
});

it('takes a window of its own where Electron is there', async () => {
  for (const around of [
    {},
    { env: { WAYLAND_DISPLAY: 'wayland-0' } },
    { platform: 'win32' as const, env: {}, userId: null },
    { platform: 'darwin' as const, env: {}, userId: 0 },
  ]) {
    expect(await decideShell({ ...laptop, ...around })).toEqual({
      shell: 'electron',
      executable: '/electron',
      line: 'Caucus runs in a window of its own (Electron).',
    });
  }
});

it.for<[Partial<Surroundings>, string]>([
  [{ browser: true }, 'Caucus runs in the browser: as asked.'],
  [{ env: {} }, 'Caucus runs in the browser: there is no screen here for a window of its own.'],
  [{ userId: 0 }, 'Caucus runs in the browser: Electron does not start for the root user.'],
  [finds('no-package'), "Caucus runs in the browser: Electron's package is not installed."],
  [
    finds('not-fetched'),
    "Caucus runs in the browser: Electron's runtime is not here and could not be fetched.",
  ],
  [
    finds('too-slow'),
    "Caucus runs in the browser: Electron's runtime could not be fetched within a minute.",
  ],
])('takes the browser and says why: %#', async ([around, line]) => {
  expect(await decideShell({ ...laptop, ...around })).toEqual({ shell: 'browser', line });
});

it('does not try to fetch Electron when it is of no use', async () => {
  const findElectron = vi.fn<Surroundings['findElectron']>();
  for (const around of [{ browser: true }, { env: {} }, { userId: 0 }]) {
    await decideShell({ ...laptop, ...around, findElectron });
  }
  expect(findElectron).not.toHaveBeenCalled();
});
