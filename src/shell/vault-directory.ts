import { join } from 'node:path';
import { APP_PORT } from '../core/protocol/machine.ts';

export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** The user's own folder. */
  readonly home: string;
}

/** Where programs keep what belongs to one user of one machine, by each system's own custom. */
function dataFolder({ platform, env, home }: Place): string {
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'Caucus');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Caucus');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'caucus');
}

/**
 * The folder of the second copy of this laptop's notes. The browser keeps notes per port, and so is
 * their copy: on another port than the usual one it has another folder. `CAUCUS_DATA` names a folder
 * to be used for whatever port.
 */
export function vaultDirectory(place: Place, port: number): string {
  const named = place.env['CAUCUS_DATA'];
  if (named) return join(named, 'vault');
  const folder = dataFolder(place);
  return join(port === APP_PORT ? folder : join(folder, `port-${port}`), 'vault');
}
