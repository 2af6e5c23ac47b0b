import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import {
  canUseNamespaces,
  type NamespaceSeat,
  openNamespaces,
} from '../rehearse/venue/namespaces.ts';
import { chromiumLaunch, ensureChromium } from '../tools/chromium.ts';
import { dropPercent } from '../venue/air.ts';
import { startChild } from './child.ts';
import { type BenchResult, median, round } from './measure.ts';
import type { LatencyPage, Which } from './pages/latency-page.ts';

declare global {
  var latencyPage: LatencyPage;
}

const WARM_UP = 20;
const CLEAN_LETTERS = 200;
const LOSSY_LETTERS = 900;
const EVERY_MS = 200;
const LOSS_PERCENT = 20;
/** At most this long for what was lost to be sent again. */
const LAST_LETTER_MS = 60_000;
const SIGNALING_PORT = 4444;

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The page in one folder, for there is no way from a namespace to a server outside of it. */
async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: file('pages'),
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: file('pages/latency.html') },
    },
  });
}

interface Laptop {
  readonly browser: Browser;
  readonly page: Page;
}

/** A browser in the seat's namespace, on the page as if its own Caucus served it at `origin`. */
async function openLaptop(seat: NamespaceSeat, folder: string, origin: string): Promise<Laptop> {
  const launch = chromiumLaunch();
  const [program, parameters] = seat.command(launch.executablePath, []);
  const script = join(folder, `${seat.name}.sh`);
  writeFileSync(script, `#!/bin/sh\nexec ${[program, ...parameters].join(' ')} "$@"\n`);
  chmodSync(script, 0o755);
  const browser = await chromium.launch({
    ...launch,
    executablePath: script,
    // Plain addresses, as in Electron: finding out names is not what is measured. And the page may
    // reach the network, as one may that really came from loopback.
    args: [
      ...(launch.args ?? []),
      '--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets',
    ],
  });
  const page = await browser.newPage();
  await page.route(`${origin}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    const contentType = path.endsWith('.js') ? 'text/javascript' : 'text/html';
    return route.fulfill({ body: readFileSync(join(folder, 'page', path)), contentType });
  });
  await page.goto(`${origin}/latency.html`);
  await page.waitForFunction(() => 'latencyPage' in globalThis);
  return { browser, page };
}

interface Measured {
  readonly ours: number[];
  readonly stock: number[];
}

/** Milliseconds from typing to arrival of each letter, typed in turn into both documents. */
async function measure(from: Page, to: Page, letters: number): Promise<Measured> {
  const timesOf = (page: Page, which: Which) =>
    page.evaluate((name) => latencyPage.times(name), which);
  const before = (await timesOf(from, 'ours')).length;
  await from.evaluate(([count, ms]) => latencyPage.type(count, ms), [letters, EVERY_MS] as const);
  await to.waitForFunction(
    (count) =>
      latencyPage.times('ours').length === count && latencyPage.times('stock').length === count,
    before + letters,
    { timeout: LAST_LETTER_MS },
  );
  const waits = async (which: Which): Promise<number[]> => {
    const [typed, arrived] = [await timesOf(from, which), await timesOf(to, which)];
    return arrived.slice(before).map((at, index) => at - (typed[before + index] ?? at));
  };
  return { ours: await waits('ours'), stock: await waits('stock') };
}

const slowest = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)] ?? Number.NaN;

/**
 * From an edit on a group's laptop to the plenary laptop, which the hub runs on: all our ways at
 * once, as the app runs them, against stock y-webrtc; each laptop in a network namespace of its own.
 */
export async function benchLatency(): Promise<BenchResult> {
  ensureChromium();
  if (!(await canUseNamespaces())) {
    throw new Error('The latency benchmark needs network namespaces: root on Linux.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'caucus-latency-'));
  const venue = await openNamespaces();
  const children: ChildProcess[] = [];
  const browsers: Browser[] = [];
  try {
    await buildPage(join(folder, 'page'));
    const plenary = await venue.seat('plenary');
    const group = await venue.seat('group');
    const start = async (program: string, env: NodeJS.ProcessEnv = {}): Promise<string> => {
      const child = await startChild(...plenary.command(process.execPath, [file(program)]), env);
      children.push(child.process);
      return child.line;
    };
    const hub = JSON.parse(await start('latency-hub.ts')) as {
      readonly localPort: number;
      readonly addresses: readonly string[];
    };
    await start('../../node_modules/y-webrtc/bin/server.js', { PORT: String(SIGNALING_PORT) });
    const signaling = `ws://${plenary.address}:${SIGNALING_PORT}`;

    const own = `localhost:${hub.localPort}`;
    const to = await openLaptop(plenary, folder, `http://${own}`);
    browsers.push(to.browser);
    const from = await openLaptop(group, folder, `http://localhost:${group.appPort}`);
    browsers.push(from.browser);
    await to.page.evaluate(([address, server]) => latencyPage.open(address, true, server), [
      `ws://${own}`,
      signaling,
    ] as const);
    await from.page.evaluate(([address, server]) => latencyPage.open(address, false, server), [
      hub.addresses[0] ?? '',
      signaling,
    ] as const);
    for (const { page } of [from, to]) await page.waitForFunction(() => latencyPage.isConnected());

    await measure(from.page, to.page, WARM_UP);
    const clean = await measure(from.page, to.page, CLEAN_LETTERS);
    await dropPercent(venue, LOSS_PERCENT);
    const lossy = await measure(from.page, to.page, LOSSY_LETTERS);
    return {
      name: 'latency',
      numbers: {
        stockMs: round(median(clean.stock)),
        caucusMs: round(median(clean.ours)),
        ratio: round(median(clean.ours) / median(clean.stock)),
        stockLossyMs: round(median(lossy.stock)),
        caucusLossyMs: round(median(lossy.ours)),
        lossyRatio: round(median(lossy.ours) / median(lossy.stock)),
        stockLossySlowestTenthMs: round(slowest(lossy.stock)),
        caucusLossySlowestTenthMs: round(slowest(lossy.ours)),
      },
      limits: [
        { number: 'ratio', atMost: 1.2 },
        { number: 'lossyRatio', atMost: 1 },
      ],
    };
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    for (const child of children) child.kill('SIGKILL');
    await venue.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
