import { expect, it } from 'vitest';
import { readArguments } from '../../../src/shell/read-arguments.ts';

const read = (argv: string[], env: NodeJS.ProcessEnv = { DISPLAY: ':0' }): unknown => {
  const result = readArguments(argv, env, 'linux');
  return result.ok ? result.arguments : result.exitCode;
};
const usual = { browser: false, port: 4710, open: true, appDirectory: null };

it.for<[string[], NodeJS.ProcessEnv | undefined, unknown]>([
  [[], undefined, usual],
  [['--browser', '--no-open'], undefined, { ...usual, browser: true, open: false }],
  [['--port', '5000'], undefined, { ...usual, port: 5000 }],
  [['--port=5000'], { DISPLAY: ':0', CAUCUS_PORT: '6000' }, { ...usual, port: 5000 }],
  [[], { DISPLAY: ':0', CAUCUS_PORT: '6000' }, { ...usual, port: 6000 }],
  [[], { DISPLAY: ':0', CAUCUS_SHELL: 'browser' }, { ...usual, browser: true }],
  [[], { DISPLAY: ':0', CI: 'true' }, { ...usual, open: false }],
  [[], { WAYLAND_DISPLAY: 'wayland-0' }, usual],
  [[], {}, { ...usual, open: false }],
  [['--port', 'any'], undefined, 1],
  [['--port', '70000'], undefined, 1],
  [['--prot', '5000'], undefined, 1],
  [['--help'], undefined, 0],
])('%j with %j', ([argv, env, expected]) => {
  expect(read(argv, env)).toEqual(expected);
});

it('opens a browser without a display variable on Windows and macOS', () => {
  for (const platform of ['win32', 'darwin'] as const) {
    expect(readArguments([], {}, platform)).toMatchObject({ ok: true, arguments: { open: true } });
  }
});
