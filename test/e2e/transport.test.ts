import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeTransport, type TransportLaptop } from '../contract/transport.contract.ts';
import { ask } from '../unit/hub/ask.ts';
import type { TransportPage } from './harness/transport-page.ts';
import { openPage, openVenue, type Venue } from './harness/venue.ts';

/** The real transports between real browsers over the real hub. Contexts share nothing. */
let venue: Venue;
beforeAll(async () => {
  venue = await openVenue();
});
afterAll(() => venue?.close());

declare global {
  var transportPage: TransportPage;
}

async function openLaptop(
  kind: 'relay' | 'direct',
  secret: 'ours' | 'theirs',
  venueNumber: number,
  own: boolean,
): Promise<TransportLaptop & { readonly page: Page }> {
  const context = await venue.browser.newContext();
  const page = await openPage(context, venue.pageUrl('transport.html'), 'transportPage');
  // Every venue has documents of its own, so that no test meets another's.
  const secretByte = venueNumber * 2 + (secret === 'ours' ? 0 : 1);
  await page.evaluate(([how, where, mine, byte]) => transportPage.open(how, where, mine, byte), [
    kind,
    own ? venue.ownAddress : venue.address,
    own,
    secretByte,
  ] as const);
  return {
    page,
    write: (words) => page.evaluate((text) => transportPage.write(text), words),
    length: () => page.evaluate(() => transportPage.length()),
    async waitForLength(length) {
      await page.waitForFunction((wanted) => transportPage.length() === wanted, length, {
        polling: 20,
        timeout: 30_000,
      });
    },
    async waitForEnd(words) {
      await page.waitForFunction((end) => transportPage.end(end.length) === end, words, {
        polling: 20,
        timeout: 30_000,
      });
    },
    say: (word) => page.evaluate((said) => transportPage.say(said), word),
    async waitForWord(word) {
      await page.waitForFunction((said) => transportPage.words().includes(said), word, {
        timeout: 30_000,
      });
    },
    reconnect: () => page.evaluate(() => transportPage.reconnect()),
    leave: () => page.evaluate(() => transportPage.leave()),
    comeBack: () => page.evaluate(() => transportPage.comeBack()),
  };
}

let venues = 0;
for (const kind of ['relay', 'direct'] as const) {
  describeTransport(`${kind} between real browsers`, async () => {
    venues += 1;
    const venueNumber = venues;
    const pages: Page[] = [];
    return {
      async laptop(secret) {
        const laptop = await openLaptop(kind, secret, venueNumber, pages.length === 0);
        pages.push(laptop.page);
        return laptop;
      },
      async close() {
        await Promise.all(pages.map((page) => page.context().close()));
      },
    };
  });
}

it('a laptop with a ticket gets in at once, however much is asked from its address', async () => {
  venues += 1;
  const own = await openLaptop('relay', 'ours', venues, true);
  const newcomer = await openLaptop('relay', 'ours', venues, false);
  const { page } = newcomer;
  await own.write('x');
  await newcomer.waitForLength(1);
  let isOver = false;
  let refused = 0;
  const port = Number(new URL(venue.address).port);
  async function flood(): Promise<void> {
    while (!isOver) {
      const { status } = await ask(port, '/hub', { host: '127.0.0.1' });
      if (status === 429) refused += 1;
    }
  }
  const floods = Array.from({ length: 30 }, flood);
  await vi.waitFor(() => expect(refused).toBeGreaterThan(100), { timeout: 20_000 });
  let sockets = 0;
  let refusedHere = 0;
  page.on('websocket', () => (sockets += 1));
  page.on('response', (response) => {
    if (response.status() === 429) refusedHere += 1;
  });
  const TIMES = 6;
  for (let time = 1; time <= TIMES; time += 1) {
    await newcomer.leave();
    await own.write('x');
    await newcomer.comeBack();
    await newcomer.waitForLength(time + 1);
  }
  isOver = true;
  await Promise.all(floods);
  expect(refusedHere).toBeGreaterThan(0);
  // A busy machine may make one take too long; by luck it would have been dozens.
  expect(sockets).toBeLessThanOrEqual(2 * TIMES);
  await Promise.all([own, newcomer].map((laptop) => laptop.page.context().close()));
});
