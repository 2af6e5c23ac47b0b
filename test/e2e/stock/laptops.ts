import type { Page } from 'playwright-core';
import { openPage, type Venue } from '../harness/venue.ts';
import { keyOfRoom } from './key-of-room.ts';
import { type Faults, installProbes } from './probes.ts';
import type { RoomOptions, StockPage } from './stock-page.ts';

declare global {
  var stockPage: StockPage;
}

/** Opens a laptop of its own, with what goes wrong on it, and the room on it. */
export async function laptop(
  venue: Venue,
  options: RoomOptions,
  faults: Partial<Faults> = {},
): Promise<Page> {
  if (options.kind !== 'stock') await venue.bring(keyOfRoom(options.room));
  const context = await venue.browser.newContext();
  await context.addInitScript(installProbes, {
    lostOffers: 0,
    unresolvable: 0,
    lostSignals: 0,
    ...faults,
  });
  const page = await openPage(context, venue.pageUrl('stock.html'), 'stockPage');
  await page.evaluate((how) => stockPage.open(how), options);
  return page;
}

/** So many laptops, opened one after the other: opening is what takes the machine's time. */
export async function laptops(
  venue: Venue,
  options: RoomOptions,
  count: number,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  while (pages.length < count) pages.push(await laptop(venue, options));
  return pages;
}

export const closeAll = (pages: readonly Page[]): Promise<unknown> =>
  Promise.all(pages.map((page) => page.context().close()));

export const write = (page: Page, room: string, words: string): Promise<void> =>
  page.evaluate(([where, text]) => stockPage.write(where, text), [room, words] as const);

export const textOf = (page: Page, room: string): Promise<string> =>
  page.evaluate((where) => stockPage.text(where), room);

export const waitForEnd = (page: Page, room: string, words: string) =>
  page.waitForFunction(
    ([where, end]) => stockPage.text(where).endsWith(end),
    [room, words] as const,
    { polling: 20, timeout: 30_000 },
  );

/** Resolves once so many connections are up, as this laptop says. */
export const waitForPeers = (page: Page, room: string, count = 1) =>
  page.waitForFunction(
    ([where, wanted]) => stockPage.peers(where) === wanted,
    [room, count] as const,
    { polling: 20, timeout: 30_000 },
  );

export const peersOf = (page: Page, room: string): Promise<number> =>
  page.evaluate((where) => stockPage.peers(where), room);

/**
 * Resolves once `to` has heard a new word from `from` over the connection. Connections keep their
 * order, so all that `from` sent before has arrived by then if it ever will.
 */
export async function afterAll(from: Page, to: Page, room: string): Promise<void> {
  const word = crypto.randomUUID();
  await from.evaluate(([where, said]) => stockPage.say(where, said), [room, word] as const);
  await to.waitForFunction(
    ([where, said]) => stockPage.words(where).includes(said),
    [room, word] as const,
    { polling: 20 },
  );
}

/**
 * For "nothing comes, ever": what comes at all on this machine comes within milliseconds, so this
 * is a thousand times as long. Returns the last value, or throws as soon as it is another.
 */
export async function staysFor<T>(ms: number, read: () => Promise<T>): Promise<T> {
  const first = await read();
  const end = performance.now() + ms;
  for (;;) {
    const value = await read();
    if (JSON.stringify(value) !== JSON.stringify(first)) {
      throw new Error(`It became ${JSON.stringify(value)} from ${JSON.stringify(first)}`);
    }
    if (performance.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
