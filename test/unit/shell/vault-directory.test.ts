import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Place, vaultDirectory } from '../../../src/shell/vault-directory.ts';

const home = join('/home', 'somebody');
const place = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}): Place => ({
  platform,
  env,
  home,
});

describe('where the second copy is kept', () => {
  it.for([
    ['linux', {}, join(home, '.local', 'share', 'caucus', 'vault')],
    ['linux', { XDG_DATA_HOME: '/data' }, join('/data', 'caucus', 'vault')],
    ['darwin', {}, join(home, 'Library', 'Application Support', 'Caucus', 'vault')],
    ['win32', { LOCALAPPDATA: '/local' }, join('/local', 'Caucus', 'vault')],
    ['win32', {}, join(home, 'AppData', 'Local', 'Caucus', 'vault')],
  ] as [NodeJS.Platform, NodeJS.ProcessEnv, string][])(
    'is each system’s own place: %s',
    ([platform, env, expected]) => {
      expect(vaultDirectory(place(platform, env), 4710)).toBe(expected);
    },
  );

  it('is another one for each port, as the browser’s notes are', () => {
    expect(vaultDirectory(place('linux'), 4740)).toBe(
      join(home, '.local', 'share', 'caucus', 'port-4740', 'vault'),
    );
  });

  it('can be named', () => {
    const named = place('linux', { CAUCUS_DATA: '/stick', XDG_DATA_HOME: '/data' });
    expect(vaultDirectory(named, 4710)).toBe(join('/stick', 'vault'));
    expect(vaultDirectory(named, 4740)).toBe(join('/stick', 'vault'));
  });
});
