import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type ElectronRuntime =
  | { readonly kind: 'ready'; readonly executable: string }
  /** The package is not there: an installation without developer dependencies. */
  | { readonly kind: 'no-package' }
  /** The package is there without its runtime, and that could not be fetched. */
  | { readonly kind: 'not-fetched' }
  | { readonly kind: 'too-slow' };

const FETCH_LIMIT_MS = 60_000;

function packageDirectory(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

const readIfThere = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8').trim() : null;

/**
 * Where the runtime is, by the same signs as the `electron` package's own install.js (45): its
 * version, the path in path.txt, and the file itself. Loading the package instead would start to
 * download, with no limit of time.
 */
export function installedExecutable(directory: string, env: NodeJS.ProcessEnv): string | null {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const path = readIfThere(join(directory, 'path.txt'));
  if (override !== undefined) {
    const executable = join(override, path ?? 'electron');
    return existsSync(executable) ? executable : null;
  }
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
    version: string;
  };
  const installed = readIfThere(join(directory, 'dist', 'version'))?.replace(/^v/, '');
  if (path === null || installed !== version) return null;
  const executable = join(directory, 'dist', path);
  return existsSync(executable) ? executable : null;
}

/** Runs a script of Node's for at most `limitMs`; whether it came to a good end in time. */
export function runWithin(
  script: string,
  limitMs: number,
): Promise<'done' | 'failed' | 'too-slow'> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: 'ignore' });
    let outOfTime = false;
    const timer = setTimeout(() => {
      outOfTime = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.on('error', () => resolve('failed'));
    child.on('exit', (code) => {
      clearTimeout(timer);
      if (outOfTime) resolve('too-slow');
      else resolve(code === 0 ? 'done' : 'failed');
    });
  });
}

/**
 * Electron's runtime on this machine, fetched first where it is missing: without the internet that
 * fails at once, and on a slow line it is given up after a minute.
 */
export async function findElectron(print: (line: string) => void): Promise<ElectronRuntime> {
  const directory = packageDirectory();
  if (directory === null) return { kind: 'no-package' };
  const installed = installedExecutable(directory, process.env);
  if (installed !== null) return { kind: 'ready', executable: installed };
  print("Fetching Electron's runtime, this once and for a minute at most …");
  const fetched = await runWithin(join(directory, 'install.js'), FETCH_LIMIT_MS);
  if (fetched === 'too-slow') return { kind: 'too-slow' };
  const executable = installedExecutable(directory, process.env);
  return executable === null ? { kind: 'not-fetched' } : { kind: 'ready', executable };
}
