import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ELECTRON = path.resolve(import.meta.dirname, '../../node_modules/electron');

export type Runtime =
  | { readonly isThere: true; readonly executable: string }
  | { readonly isThere: false; readonly reason: string };

/**
 * Electron's program, if it is on this machine. Looked for as the `electron` package does, but without
 * asking the package, which would try to download what is missing.
 */
export function findRuntime(): Runtime {
  const pathFile = path.join(ELECTRON, 'path.txt');
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(ELECTRON, 'dist');
  const executable = path.join(folder, program);
  if (!existsSync(executable)) {
    return { isThere: false, reason: 'Electron’s runtime is not on this machine' };
  }
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return { isThere: false, reason: 'This machine has no screen for Electron to draw on' };
  }
  return { isThere: true, executable };
}
