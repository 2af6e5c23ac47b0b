import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layers } from './layers.ts';

/** `npm run typecheck`: all layers, one after the other; the first breach does not hide the next. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';
const tsc = join(root, 'node_modules', '.bin', windows ? 'tsc.cmd' : 'tsc');

for (const layer of layers) {
  const { status } = spawnSync(tsc, ['-p', layer], { cwd: root, stdio: 'inherit', shell: windows });
  if (status !== 0) {
    console.error(`Types of ${layer}: failed`);
    process.exitCode = 1;
  }
}
