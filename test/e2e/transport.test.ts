import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import { type Hub, startHub } from '../../src/hub/start-hub.ts';
import { describeTransport, type TransportLaptop } from '../contract/transport.contract.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import type { TransportPage } from './harness/transport-page.ts';

/** The real transports between real browsers over the real hub. Contexts share nothing. */
let hub: Hub;
let address: string;
let vite: ViteDevServer;
let pageUrl: string;
let browser: Browser;

beforeAll(async () => {
  const started = await startHub({ localPort: 0, networkPort: 0, addresses: () => ['127.0.0.1'] });
  if (!started.ok) throw new Error(started.reason);
  hub = started.hub;
  const opened = await hub.openToNetwork();
  if (!opened.ok) throw new Error(opened.reason);
  address = opened.state.addresses[0] ?? '';
  vite = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    optimizeDeps: { entries: ['test/e2e/harness/*.html'] },
    logLevel: 'error',
  });
  await vite.listen();
  pageUrl = `${vite.resolvedUrls?.local[0] ?? ''}test/e2e/harness/transport.html`;
  browser = await chromium.launch(chromiumLaunch());
});

afterAll(async () => {
  await browser?.close();
  await vite?.close();
  await hub?.stop();
});

declare global {
  var transportPage: TransportPage;
}

async function openLaptop(
  kind: 'relay' | 'direct',
  secret: 'ours' | 'theirs',
  venue: number,
): Promise<TransportLaptop & { readonly page: Page }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(pageUrl);
  await page.waitForFunction(() => 'transportPage' in globalThis);
  // Every venue has documents of its own, so that no test meets another's.
  const secretByte = venue * 2 + (secret === 'ours' ? 0 : 1);
  await page.evaluate(([how, where, byte]) => transportPage.open(how, where, byte), [
    kind,
    address,
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
    const venue = venues;
    const pages: Page[] = [];
    return {
      async laptop(secret) {
        const laptop = await openLaptop(kind, secret, venue);
        pages.push(laptop.page);
        return laptop;
      },
      async close() {
        await Promise.all(pages.map((page) => page.context().close()));
      },
    };
  });
}
