import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { WebSocketServer } from 'ws';
import { openPage } from '../e2e/harness/venue.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import type { BenchVenue } from './bench-venue.ts';
import { type BenchResult, median, round } from './measure.ts';
import type { StoragePage } from './pages/storage-page.ts';

declare global {
  var storagePage: StoragePage;
}

const RUNS = 5;
const LETTERS = 600;
const WRITE_MS = 2;

/** Kills every process of the browser that uses this profile, as a battery would. */
function killBrowser(profile: string): void {
  spawnSync('pkill', ['-KILL', '-f', profile]);
}

interface Killed {
  /** Letters that were typed and are gone. */
  readonly lost: number;
  /** Letters that had been called stored and are gone: must be none. */
  readonly lostStored: number;
}

/** A browser killed with SIGKILL while a letter is typed every 2 ms: ours against y-dexie. */
export async function benchStorage(venue: BenchVenue): Promise<BenchResult> {
  const reports = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => reports.once('listening', resolve));
  const reportTo = `ws://127.0.0.1:${(reports.address() as AddressInfo).port}`;

  async function withBrowser<T>(profile: string, act: (page: Page) => Promise<T>): Promise<T> {
    const context = await chromium.launchPersistentContext(profile, chromiumLaunch());
    try {
      const page = await openPage(context, venue.pageUrl('storage.html'), 'storagePage');
      return await act(page);
    } finally {
      await context.close();
    }
  }

  async function kill(kind: 'ours' | 'y-dexie'): Promise<Killed> {
    const profile = mkdtempSync(join(tmpdir(), 'caucus-bench-'));
    let typed = 0;
    let stored = 0;
    const enough = new Promise<void>((resolve) => {
      reports.once('connection', (socket) => {
        socket.on('message', (data: Buffer) => {
          const [what, number] = [data.toString()[0], Number(data.toString().slice(1))];
          if (what === 't') typed = number;
          else stored = number;
          if (typed >= LETTERS) resolve();
        });
      });
    });
    const context = await chromium.launchPersistentContext(profile, chromiumLaunch());
    const page = await openPage(context, venue.pageUrl('storage.html'), 'storagePage');
    await page.evaluate(([how, to]) => storagePage.type(how, to), [kind, reportTo] as const);
    await enough;
    killBrowser(profile);
    await context.close();
    const found = await withBrowser(profile, (reopened) =>
      reopened.evaluate((how) => storagePage.count(how), kind),
    );
    rmSync(profile, { recursive: true, force: true });
    return { lost: Math.max(0, typed - found), lostStored: Math.max(0, stored - found) };
  }

  const ours: Killed[] = [];
  const peer: Killed[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(await kill('ours'));
    peer.push(await kill('y-dexie'));
  }
  reports.close();
  return {
    name: 'storage',
    numbers: {
      oursLostStored: Math.max(...ours.map(({ lostStored }) => lostStored)),
      oursBehindMs: round(median(ours.map(({ lost }) => lost * WRITE_MS))),
      yDexieBehindMs: round(median(peer.map(({ lost }) => lost * WRITE_MS))),
    },
    limits: [{ number: 'oursLostStored', atMost: 0 }],
  };
}
