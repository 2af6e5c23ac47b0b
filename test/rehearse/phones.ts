import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumLaunch } from '../tools/chromium.ts';
import { browserAt } from './laptop-browser.ts';
import type { Venue } from './venue/venue.ts';

/** Phones in the room, all behind one address, each with its own storage. */
export interface Phones {
  readonly pages: readonly Page[];
  readonly errors: readonly string[];
  /** Requests to anywhere but the plenary laptop. */
  readonly strayRequests: readonly string[];
  close(): Promise<void>;
}

const PHONE = {
  viewport: { width: 360, height: 640 },
  isMobile: true,
  hasTouch: true,
} as const;

/**
 * Opens the page for phones so many times.
 *
 * @param address the plenary laptop's, e.g. "ws://10.40.0.1:4711".
 */
export async function openPhones(venue: Venue, address: string, count: number): Promise<Phones> {
  const url = `${address.replace(/^ws/u, 'http')}/`;
  const folder = mkdtempSync(join(tmpdir(), 'caucus-phones-'));
  const seat = await venue.seat('Phones');
  const launch = chromiumLaunch();
  const browser = await chromium.launch({
    ...launch,
    executablePath: browserAt(seat, folder, launch.executablePath),
    // Sixty processes would be sixty small computers.
    args: [...(launch.args ?? []), '--renderer-process-limit=4'],
  });
  const errors: string[] = [];
  const strayRequests: string[] = [];
  const pages: Page[] = [];
  for (let phone = 0; phone < count; phone += 1) {
    const page = await (await browser.newContext(PHONE)).newPage();
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) strayRequests.push(request.url());
    });
    await page.goto(url);
    pages.push(page);
  }
  return {
    pages,
    errors,
    strayRequests,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
