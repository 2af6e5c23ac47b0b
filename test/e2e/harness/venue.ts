import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build, preview, type PreviewServer } from 'vite';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';
import { type Hub, startHub } from '../../../src/hub/start-hub.ts';
import { bringDocument } from '../../fakes/bring-document.ts';
import { chromiumLaunch } from '../../tools/chromium.ts';

/** A real hub, a real browser, and the harness pages served to it. */
export interface Venue {
  readonly browser: Browser;
  /** The hub's address for laptops on the network; the same after a restart. */
  readonly address: string;
  /** The hub's address for the page of the laptop that it runs on. */
  readonly ownAddress: string;
  pageUrl(name: string): string;
  /** Tells the hub a document's keys, as its own laptop does; it then serves whoever has them too. */
  bring(key: DocumentKey): Promise<void>;
  stopHub(): Promise<void>;
  startHub(): Promise<void>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The harness pages as they are now and those of `pages`, built and served. Unbuilt, each page
 * would ask for hundreds of files, and opening pages is most of what these tests do.
 */
async function servePages(pages: string, outDir: string): Promise<PreviewServer> {
  const options = { configFile: false, root, logLevel: 'error' } as const;
  const input = globSync([...new Set(['test/e2e/*/*.html', `${pages}/*.html`])], { cwd: root });
  await build({
    ...options,
    base: './',
    build: {
      outDir,
      target: 'esnext',
      minify: false,
      reportCompressedSize: false,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: input.map((page) => join(root, page)) },
    },
  });
  return preview({ ...options, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
}

/** `pages` is the folder, seen from the project's root, of the pages that `pageUrl` names. */
export async function openVenue(pages = 'test/e2e/harness'): Promise<Venue> {
  let pageOrigin = '';
  let hub: Hub | null = null;
  let networkPort = 0;
  const brought: DocumentKey[] = [];
  let localPort = 0;
  async function start(): Promise<string> {
    const started = await startHub({
      localPort,
      networkPort,
      addresses: () => ['127.0.0.1'],
      ownOrigins: [pageOrigin],
    });
    if (!started.ok) throw new Error(started.reason);
    const opened = await started.hub.openToNetwork();
    const address = opened.ok ? opened.state.addresses[0] : undefined;
    if (address === undefined) throw new Error('The hub could not be opened to the network');
    hub = started.hub;
    networkPort = Number(new URL(address).port);
    ({ localPort } = started.hub);
    return address;
  }
  const built = await mkdtemp(join(tmpdir(), 'caucus-pages-'));
  const server = await servePages(pages, built);
  pageOrigin = new URL(server.resolvedUrls?.local[0] ?? '').origin;
  const address = await start();
  const browser = await chromium.launch(chromiumLaunch());
  return {
    browser,
    address,
    ownAddress: `ws://localhost:${localPort}`,
    pageUrl: (name) => `${server.resolvedUrls?.local[0] ?? ''}${pages}/${name}`,
    async bring(key) {
      brought.push(key);
      if (hub !== null) await bringDocument(hub.localPort, key);
    },
    async stopHub() {
      await hub?.stop();
      hub = null;
    },
    async startHub() {
      await start();
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(built, { recursive: true, force: true });
      await hub?.stop();
    },
  };
}

/** A laptop of its own: nothing is shared with other contexts. */
export async function openPage(context: BrowserContext, url: string, ready: string): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error('In the page:', error.message));
  await page.goto(url);
  await page.waitForFunction((name) => name in globalThis, ready);
  return page;
}
