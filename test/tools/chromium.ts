import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchOptions } from 'playwright-core';

/** Where an installed Chromium, Chrome or Edge is looked for, by platform. */
const places: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/microsoft-edge',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder === undefined
      ? []
      : [
          join(folder, 'Google/Chrome/Application/chrome.exe'),
          join(folder, 'Chromium/Application/chrome.exe'),
          join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        ];
  }),
};

/** The browser that tests and rehearsals drive; CAUCUS_CHROMIUM names another one. */
export function findChromium(): string | null {
  const named = process.env['CAUCUS_CHROMIUM'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  return (places[process.platform] ?? []).find((path) => existsSync(path)) ?? null;
}

const isRoot = (): boolean => process.getuid?.() === 0;

function isDebian(): boolean {
  return (
    process.platform === 'linux' &&
    existsSync('/etc/debian_version') &&
    /debian|ubuntu/iu.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

export const noChromium =
  'No Chromium, Chrome or Edge was found on this machine. Install one of them, or set ' +
  'CAUCUS_CHROMIUM to its path, and run the command again.';

/**
 * The path of a Chromium; installs Debian's package where this is a Debian machine and we may.
 * Throws with a sentence that says what to do where none can be had.
 */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  if (isRoot() && isDebian() && process.env['CAUCUS_CHROMIUM'] === undefined) {
    console.log("Installing Debian's chromium package for the browser tests …");
    const options = {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    } as const;
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      options,
    );
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(noChromium);
}

/** Nothing that a browser does on its own reaches for the network. */
export const chromiumArguments: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Of a list on the command line the browser takes the last, so that this is Playwright's, as far as
 * it matters here, and ours: what the address bar keeps ready in a renderer of its own for every
 * window, and the renderer that waits for the next page. Both cost more than most pages of a test.
 */
const withoutFeatures: readonly string[] = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
  'SpareRendererForSitePerProcess',
];

/** @param without more of the browser's features that are switched off. */
export function chromiumLaunch(
  without: readonly string[] = [],
): LaunchOptions & { executablePath: string } {
  return {
    executablePath: findChromium() ?? 'no-chromium-found',
    chromiumSandbox: !isRoot(),
    args: [
      ...chromiumArguments,
      `--disable-features=${[...withoutFeatures, ...without].join(',')}`,
      ...(isRoot() ? ['--no-sandbox'] : []),
    ],
  };
}
