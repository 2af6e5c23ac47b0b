import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumLaunch } from '../tools/chromium.ts';
import type { Seat, Venue } from './venue/venue.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One person's laptop: its own Caucus, its own browser with its own storage, its own seat. */
export interface Laptop {
  readonly name: string;
  readonly seat: Seat;
  readonly page: Page;
  /** What went wrong in the page, in its own words. */
  readonly pageErrors: readonly string[];
  /** Requests that went anywhere but to this machine or the venue. */
  readonly strayRequests: readonly string[];
  cut(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

declare global {
  var caucusCutDirectWay: (cut: boolean) => void;
}

/**
 * Runs in the page, before the app: where laptops share one machine there is no cable to pull
 * between their browsers. While cut, connections are closed and new ones may only use a relay
 * server, of which there is none, so that none comes up.
 */
function makeDirectWayCuttable(): void {
  const Original = globalThis.RTCPeerConnection;
  const open = new Set<RTCPeerConnection>();
  let isCut = false;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(isCut ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
      open.add(this);
    }
  };
  globalThis.caucusCutDirectWay = (cut) => {
    isCut = cut;
    for (const connection of open) connection.close();
    open.clear();
  };
}

const START_LIMIT_MS = 120_000;

/** Starts this laptop's Caucus as `npm start` does, and resolves with its address. */
function startCaucus(seat: Seat): Promise<{ address: string; process: ChildProcess }> {
  const [program, parameters] = seat.command(process.execPath, [
    join(root, 'src/shell/start.ts'),
    '--browser',
    '--no-open',
    '--port',
    String(seat.appPort),
  ]);
  const child = spawn(program, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (why: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`Caucus did not open on ${seat.name}: ${why}\n${said.join('\n')}`));
    };
    const timer = setTimeout(() => fail('no answer'), START_LIMIT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with ${code}`));
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString()));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const address = /^Caucus is open at (?<address>http:\S+)$/u.exec(line)?.groups?.['address'];
      if (address === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve({ address, process: child });
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill('SIGTERM');
  await gone;
}

/** Playwright starts a browser by a path, so the seat's command becomes a small script. */
function browserAt(seat: Seat, folder: string, executable: string): string {
  const [program, parameters] = seat.command(executable, []);
  if (parameters.length === 0) return program;
  const script = join(folder, 'browser.sh');
  const words = [program, ...parameters].map((word) => `'${word}'`).join(' ');
  writeFileSync(script, `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

export interface LaptopOptions {
  readonly venue: Venue;
  readonly name: string;
  /** As in Electron: this laptop does not hide its addresses behind names that need multicast. */
  readonly plainAddresses: boolean;
}

export async function openLaptop(options: LaptopOptions): Promise<Laptop> {
  const seat = await options.venue.seat(options.name);
  const { address, process: caucus } = await startCaucus(seat);
  const folder = mkdtempSync(join(tmpdir(), 'caucus-laptop-'));
  const launch = chromiumLaunch();
  const context: BrowserContext = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...launch,
    executablePath: browserAt(seat, folder, launch.executablePath),
    args: [
      ...(launch.args ?? []),
      ...(options.plainAddresses ? ['--disable-features=WebRtcHideLocalIpsWithMdns'] : []),
    ],
    viewport: { width: 1280, height: 720 },
    acceptDownloads: true,
    // A picker would wait for a hand; without it the app downloads, which a rehearsal can read.
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  });
  if (options.venue.kind === 'one-machine') await context.addInitScript(makeDirectWayCuttable);
  const page = context.pages()[0] ?? (await context.newPage());
  const pageErrors: string[] = [];
  const strayRequests: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const local = ['localhost', '127.0.0.1'].includes(url.hostname);
    if (!local && !['data:', 'blob:'].includes(url.protocol)) strayRequests.push(request.url());
  });
  await page.goto(address);

  async function cutDirect(cut: boolean): Promise<void> {
    if (options.venue.kind !== 'one-machine') return;
    await page.evaluate((value) => globalThis.caucusCutDirectWay(value), cut);
  }

  return {
    name: options.name,
    seat,
    page,
    pageErrors,
    strayRequests,
    async cut() {
      await seat.cut();
      await cutDirect(true);
    },
    async restore() {
      await cutDirect(false);
      await seat.restore();
    },
    async close() {
      await context.close();
      await stop(caucus);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
