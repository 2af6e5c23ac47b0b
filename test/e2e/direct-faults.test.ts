import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransportPage } from './harness/transport-page.ts';
import { openPage, openVenue, type Venue } from './harness/venue.ts';

/** The faults of y-webrtc 10.3.0 that docs name: what they look like, and that ours has them not. */
let venue: Venue;
beforeAll(async () => {
  venue = await openVenue();
});
afterAll(() => venue?.close());

declare global {
  var transportPage: TransportPage;
  var sendFailures: string[];
}

/** Runs in the page before anything else does. */
type Preparation = () => void;

async function laptop(
  kind: 'direct' | 'stock',
  secretByte: number,
  prepare: Preparation = () => undefined,
): Promise<Page> {
  const context = await venue.browser.newContext();
  await context.addInitScript(prepare);
  const page = await openPage(context, venue.pageUrl('transport.html'), 'transportPage');
  await page.evaluate(([how, where, byte]) => transportPage.open(how, where, byte), [
    kind,
    venue.address,
    secretByte,
  ] as const);
  return page;
}
const write = (page: Page, words: string) =>
  page.evaluate((text) => transportPage.write(text), words);
const waitForEnd = (page: Page, words: string) =>
  page.waitForFunction((end) => transportPage.end(end.length) === end, words, { polling: 20 });
const waitForPeer = (page: Page) => page.waitForFunction(() => transportPage.peers() > 0);
const closeAll = (pages: readonly Page[]) =>
  Promise.all(pages.map((page) => page.context().close()));

/** Notes down what a data channel refuses to send, which y-webrtc swallows. */
function noteSendFailures(): void {
  globalThis.sendFailures = [];
  const send: unknown = Reflect.get(RTCDataChannel.prototype, 'send');
  RTCDataChannel.prototype.send = function sendAndNote(this: RTCDataChannel, data: never): void {
    try {
      Reflect.apply(send as () => void, this, [data]);
    } catch (error) {
      globalThis.sendFailures.push(String(error));
      throw error;
    }
  };
}

describe('S4: a paste of 300 KB', () => {
  it('is swallowed by stock y-webrtc, which goes on saying "connected"', async () => {
    const pages = [await laptop('stock', 101, noteSendFailures), await laptop('stock', 101)];
    const [a, b] = pages as [Page, Page];
    await Promise.all([waitForPeer(a), waitForPeer(b)]);
    await write(a, 'met');
    await waitForEnd(b, 'met');
    await write(a, 'x'.repeat(300_000));
    await a.waitForFunction(() => sendFailures.length > 0);
    expect(await a.evaluate(() => transportPage.stockConnected())).toBe(true);
    expect(await b.evaluate(() => transportPage.length())).toBe(3);
    await closeAll(pages);
  });

  it('goes through ours without one refused send', async () => {
    const pages = [await laptop('direct', 102, noteSendFailures), await laptop('direct', 102)];
    const [a, b] = pages as [Page, Page];
    await write(a, 'met');
    await waitForEnd(b, 'met');
    await write(a, `${'x'.repeat(300_000)}pasted`);
    await waitForEnd(b, 'pasted');
    expect(await a.evaluate(() => sendFailures)).toEqual([]);
    await closeAll(pages);
  });
});

describe('connections that die', () => {
  it('come back when both ends drop at the same instant', async () => {
    const pages = [await laptop('direct', 103), await laptop('direct', 103)];
    const [a, b] = pages as [Page, Page];
    await write(a, 'met');
    await waitForEnd(b, 'met');
    for (const word of ['one', 'two', 'three']) {
      await Promise.all(pages.map((page) => page.evaluate(() => transportPage.reconnect())));
      await write(a, word);
      await waitForEnd(b, word);
    }
    await closeAll(pages);
  });

  it('come up although the first offers were lost on the way', async () => {
    /** Swallows the first two signals that this laptop sends, sealed as they are. */
    function loseFirstSignals(): void {
      let lost = 0;
      const send: unknown = Reflect.get(WebSocket.prototype, 'send');
      WebSocket.prototype.send = function sendOrLose(this: WebSocket, data: never): void {
        const text: unknown = data;
        if (typeof text === 'string' && text.includes('"publish"') && lost < 2) {
          lost += 1;
          return;
        }
        Reflect.apply(send as () => void, this, [data]);
      };
    }
    const pages = [
      await laptop('direct', 104, loseFirstSignals),
      await laptop('direct', 104, loseFirstSignals),
    ];
    const [a, b] = pages as [Page, Page];
    await write(a, 'through');
    await waitForEnd(b, 'through');
    await closeAll(pages);
  });
});
