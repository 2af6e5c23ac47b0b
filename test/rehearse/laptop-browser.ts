import { chmodSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { GREETING_PATH } from '../../src/core/protocol/relay-frame.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import type { Seat } from './venue/venue.ts';

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
  // Here laptops find each other's real addresses, to which there is no wire that could be cut.
  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      const isWire = ['localhost', '127.0.0.1'].includes(new URL(url).hostname);
      super(isWire ? url : 'ws://127.0.0.1:65535', protocols);
    }
  };
  globalThis.caucusCutDirectWay = (cut) => {
    isCut = cut;
    for (const connection of open) connection.close();
    open.clear();
  };
}

/** Playwright starts a browser by a path, so the seat's command becomes a small script. */
export function browserAt(seat: Seat, folder: string, executable: string): string {
  const [program, parameters] = seat.command(executable, []);
  if (parameters.length === 0) return program;
  const script = join(folder, 'browser.sh');
  const words = [program, ...parameters].map((word) => `'${word}'`).join(' ');
  writeFileSync(script, `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface BrowserOptions {
  readonly seat: Seat;
  /** Where the profile lies; opened again on the same folder, the browser has its storage again. */
  readonly folder: string;
  readonly plainAddresses: boolean;
  /** Laptops share one machine: see `makeDirectWayCuttable`. */
  readonly cuttable: boolean;
  /** The page that is opened. */
  readonly address: string;
  /** Filled while the browser is open. */
  readonly pageErrors: string[];
  readonly strayRequests: string[];
  /** What the page said in its console, and every address that it asked for. */
  readonly said: string[];
  readonly onPage: (page: Page) => Promise<void>;
}

/** A person's browser, with a profile of its own, at Caucus's first page. */
export async function launchBrowser(options: BrowserOptions): Promise<OpenBrowser> {
  const { seat, folder } = options;
  const launch = chromiumLaunch(options.plainAddresses ? ['WebRtcHideLocalIpsWithMdns'] : []);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...launch,
    executablePath: browserAt(seat, folder, launch.executablePath),
    viewport: { width: 1280, height: 720 },
    acceptDownloads: true,
    // A picker would wait for a hand; without it the app downloads, which a rehearsal can read.
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  });
  if (options.cuttable) await context.addInitScript(makeDirectWayCuttable);
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => options.pageErrors.push(error.message));
  page.on('console', (message) => options.said.push(message.text()));
  page.on('websocket', (socket) => options.said.push(socket.url()));
  page.on('request', (request) => {
    options.said.push(request.url());
    const url = new URL(request.url());
    const local = ['localhost', '127.0.0.1'].includes(url.hostname);
    // Whether a hub answers at an address of the venue.
    const asksHub =
      url.pathname === GREETING_PATH && isIP(url.hostname.replaceAll(/[[\]]/gu, '')) !== 0;
    if (!local && !asksHub && !['data:', 'blob:'].includes(url.protocol)) {
      options.strayRequests.push(request.url());
    }
  });
  await options.onPage(page);
  await page.goto(options.address);
  return { context, page };
}
