import type { ElectronRuntime } from './electron-runtime.ts';

export interface Surroundings {
  /** Whether the browser shell was asked for. */
  readonly browser: boolean;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** The Unix user id; null on Windows. */
  readonly userId: number | null;
  /** Asked only when everything else speaks for Electron, for it may take a minute. */
  readonly findElectron: () => Promise<ElectronRuntime>;
}

export type ShellDecision = { readonly line: string } & (
  { readonly shell: 'browser' } | { readonly shell: 'electron'; readonly executable: string }
);

const missing = {
  'no-package': "Electron's package is not installed",
  'not-fetched': "Electron's runtime is not here and could not be fetched",
  'too-slow': "Electron's runtime could not be fetched within a minute",
};

const inBrowser = (because: string): ShellDecision => ({
  shell: 'browser',
  line: `Caucus runs in the browser: ${because}.`,
});

/** Which shell runs, and the line that says so and why. */
export async function decideShell(around: Surroundings): Promise<ShellDecision> {
  const { browser, platform, env, userId, findElectron } = around;
  if (browser) return inBrowser('as asked');
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return inBrowser('there is no screen here for a window of its own');
  }
  // Chromium's sandbox, which we do not give up, does not start for root on Linux.
  if (platform === 'linux' && userId === 0) {
    return inBrowser('Electron does not start for the root user');
  }
  const runtime = await findElectron();
  if (runtime.kind !== 'ready') return inBrowser(missing[runtime.kind]);
  return {
    shell: 'electron',
    executable: runtime.executable,
    line: 'Caucus runs in a window of its own (Electron).',
  };
}
