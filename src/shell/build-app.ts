import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isStale } from './is-stale.ts';

const RENDERER = {
  configFile: 'renderer/vite.config.ts',
  built: 'dist/renderer/index.html',
  sources: ['renderer', 'src/core', 'src/browser', 'assets', 'package-lock.json'],
};
const AUDIENCE = {
  configFile: 'renderer/audience/vite.config.ts',
  built: 'dist/audience/index.html',
  sources: ['renderer/audience', 'src/core/consensus', 'src/core/protocol', 'package-lock.json'],
};
const ELECTRON = {
  configFile: 'electron/vite.config.ts',
  // The last that is built.
  built: 'dist/electron/voting-worker.js',
  sources: ['electron', 'src/core', 'src/hub', 'package-lock.json'],
};

export type BuildResult = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** What `vite build -c FILE` does; nothing is printed but errors. */
async function viteBuild(configFile: string): Promise<BuildResult> {
  try {
    // Loaded only when there is something to build: it takes longer to load than the hub to start.
    const { createBuilder } = await import('vite');
    const options = { configFile: resolve(configFile), logLevel: 'error' } as const;
    const builder = await createBuilder(options, null);
    await builder.buildApp();
    return { ok: true };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : '' };
  }
}

async function buildIfStale(
  { configFile, built, sources }: typeof RENDERER,
  print: (line: string) => void,
): Promise<BuildResult> {
  if (!(await isStale(built, sources))) return { ok: true };
  print(
    existsSync(built)
      ? 'Preparing Caucus, as files have changed …'
      : 'Preparing Caucus for its first start …',
  );
  return viteBuild(configFile);
}

/**
 * Builds the app's pages into dist/renderer, and the phones' beside them into dist/audience, if need
 * be. To be called in the project's folder.
 */
export async function buildRenderer(print: (line: string) => void): Promise<BuildResult> {
  let isSaid = false;
  const printOnce = (line: string): void => {
    if (!isSaid) print(line);
    isSaid = true;
  };
  const built = await buildIfStale(RENDERER, printOnce);
  return built.ok ? buildIfStale(AUDIENCE, printOnce) : built;
}

/** Builds Electron's side into dist/electron if need be. To be called in the project's folder. */
export const buildElectron = (print: (line: string) => void): Promise<BuildResult> =>
  buildIfStale(ELECTRON, print);
