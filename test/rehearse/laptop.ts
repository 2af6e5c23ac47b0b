import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, type OpenBrowser } from './laptop-browser.ts';
import { startCaucus, stopCaucus } from './laptop-caucus.ts';
import type { Seat, Venue } from './venue/venue.ts';

/** One person's laptop: its own Caucus, its own browser with its own storage, its own seat. */
export interface Laptop<S extends Seat = Seat> {
  readonly name: string;
  readonly seat: S;
  /** The page that is open now; another one after `openBrowser`. */
  readonly page: Page;
  /** What went wrong in the page, in its own words. */
  readonly pageErrors: readonly string[];
  /** Requests that went anywhere but to this machine or the venue. */
  readonly strayRequests: readonly string[];
  /** What its Caucus and its page have said so far: lines, errors, addresses asked for. */
  said(): string;
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Ends Caucus; `SIGKILL` as a crash does, without a word. The browser stays open. */
  stopCaucus(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  startCaucus(): Promise<void>;
  /** Closes the browser as a person does; its storage stays. */
  closeBrowser(): Promise<void>;
  /** Opens the browser again, at Caucus's first page, after it was closed or killed. */
  openBrowser(): Promise<void>;
  close(): Promise<void>;
}

export interface LaptopOptions<S extends Seat = Seat> {
  readonly venue: Venue<S>;
  readonly name: string;
  /** As in Electron: this laptop does not hide its addresses behind names that need multicast. */
  readonly plainAddresses: boolean;
  /** Told of every page before it loads anything, also after a restart. */
  readonly onPage?: (page: Page) => Promise<void>;
  /** What every program of this laptop has in its environment, beside the usual. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function openLaptop<S extends Seat>(options: LaptopOptions<S>): Promise<Laptop<S>> {
  const seat = await options.venue.seat(options.name);
  const folder = mkdtempSync(join(tmpdir(), 'caucus-laptop-'));
  // Its own second copy of its notes, beside its browser's profile.
  const env = { ...process.env, CAUCUS_DATA: join(folder, 'data'), ...options.env };
  let caucus = await startCaucus(seat, env);
  const pageErrors: string[] = [];
  const strayRequests: string[] = [];
  const pageSaid: string[] = [];
  const caucusSaid = [caucus.said];
  const oneMachine = options.venue.kind === 'one-machine';

  const open = (): Promise<OpenBrowser> =>
    launchBrowser({
      seat,
      folder,
      plainAddresses: options.plainAddresses,
      cuttable: oneMachine,
      address: caucus.address,
      pageErrors,
      strayRequests,
      said: pageSaid,
      onPage: options.onPage ?? (async () => undefined),
    });
  let browser = await open();

  async function cutDirect(cut: boolean): Promise<void> {
    if (!oneMachine) return;
    await browser.page.evaluate((value) => globalThis.caucusCutDirectWay(value), cut);
  }

  return {
    name: options.name,
    seat,
    get page() {
      return browser.page;
    },
    pageErrors,
    strayRequests,
    said: () => [...caucusSaid.flat(), ...pageSaid, ...pageErrors].join('\n'),
    async cut() {
      await seat.cut();
      await cutDirect(true);
    },
    async restore() {
      await cutDirect(false);
      await seat.restore();
    },
    stopCaucus: (signal) => stopCaucus(caucus.process, signal),
    async startCaucus() {
      caucus = await startCaucus(seat, env);
      caucusSaid.push(caucus.said);
    },
    closeBrowser: () => browser.context.close(),
    async openBrowser() {
      browser = await open();
    },
    async close() {
      await browser.context.close();
      await stopCaucus(caucus.process, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
