import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright';
import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Machine } from '../../src/core/protocol/machine.ts';
import { findRuntime } from './electron-runtime.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const runtime = findRuntime();

let userData: string;
let electron: ElectronApplication;
let page: Page;

async function start(): Promise<void> {
  // Chromium does not start as root inside its own sandbox.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  electron = await _electron.launch({
    executablePath: runtime.isThere ? runtime.executable : '',
    args: [ROOT, `--user-data-dir=${userData}`, ...asRoot],
  });
  page = await electron.firstWindow();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

const CHECKS: Readonly<Record<string, () => Promise<void>>> = {
  'the window opens at app://caucus, as a secure page with storage': async () => {
    const found = await page.evaluate(() => ({
      origin: location.origin,
      isSecureContext,
      hasStorage: typeof indexedDB === 'object',
      hasCrypto: typeof crypto.subtle === 'object',
    }));
    expect(found).toEqual({
      origin: 'app://caucus',
      isSecureContext: true,
      hasStorage: true,
      hasCrypto: true,
    });
  },

  'the first screen is there, with its heading': async () => {
    const heading = page.getByRole('heading', { level: 1 });
    expect(await heading.isVisible()).toBe(true);
    expect((await heading.innerText()).trim()).not.toBe('');
  },

  'the page has our bridge, and nothing of Node or Electron': async () => {
    const found = await page.evaluate(() => ({
      shell: (Reflect.get(window, 'caucusMachine') as Machine).shell,
      leaks: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
        (name) => name in window,
      ),
    }));
    expect(found).toEqual({ shell: 'electron', leaks: [] });
  },

  'the page runs nothing from text': async () => {
    const refused = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ranFromText = true';
      document.head.append(script);
      return !('ranFromText' in window);
    });
    expect(refused).toBe(true);
  },

  'the page goes nowhere else and opens no window': async () => {
    const before = page.url();
    // Port 9 of this machine: were it not refused, it would lead nowhere. And not https, for which
    // the browser of whoever runs this would open.
    expect(await page.evaluate(() => window.open('http://127.0.0.1:9/') === null)).toBe(true);
    await page.evaluate(() => location.assign('http://127.0.0.1:9/'));
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(page.url()).toBe(before);
    expect(electron.windows()).toHaveLength(1);
  },

  'the hub answers, and the page can reach it': async () => {
    const state = await page.evaluate(() =>
      (Reflect.get(window, 'caucusMachine') as Machine).hubState(),
    );
    expect(state).toMatchObject({ ok: true, state: { openToNetwork: false } });
    const address = state.ok ? state.state.localUrl : '';
    const opened = await page.evaluate(
      (url) =>
        new Promise<boolean>((resolve) => {
          const socket = new WebSocket(url);
          socket.addEventListener('open', () => {
            socket.close();
            resolve(true);
          });
          socket.addEventListener('error', () => resolve(false));
        }),
      `${address}/signaling`,
    );
    expect(opened).toBe(true);
  },

  'at rest: the laptop key is with the main process, and not beside the notes': async () => {
    const found = await page.evaluate(async () => {
      const machine = Reflect.get(window, 'caucusMachine') as Machine;
      const names = await new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open('caucus');
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
        opening.onsuccess = () => {
          const reading = opening.result
            .transaction('settings')
            .objectStore('settings')
            .getAllKeys();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      });
      return { kept: await machine.keychain?.load(), names };
    });
    // Which of the two is the machine's: as root there is seldom a keychain.
    expect(found.kept).toMatchObject({
      ok: true,
      kind: expect.stringMatching(/^(?:system|file)$/),
    });
    expect(found.names).not.toContain('laptopKey');
    expect((await stat(path.join(userData, 'laptop-key.json'))).mode & 0o077).toBe(0);
  },

  'S1: a session is still there after a restart': async () => {
    await page.getByRole('button', { name: /sample/i }).click();
    await page.waitForURL(/#\/session\//);
    const address = await page.evaluate(() => location.hash);
    await electron.close();
    await start();
    await page.goto('app://caucus/#/');
    const link = page.getByRole('listitem').getByRole('link').first();
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(address);
  },
};

if (!runtime.isThere) {
  console.log(`${runtime.reason}: ${Object.keys(CHECKS).length} checks not run`);
}

describe.skipIf(!runtime.isThere)('Caucus in Electron', () => {
  beforeAll(async () => {
    for (const built of ['dist/electron/main.js', 'dist/renderer/index.html']) {
      if (!existsSync(path.join(ROOT, built))) {
        throw new Error(`${built} is not there; build the app first.`);
      }
    }
    userData = await mkdtemp(path.join(tmpdir(), 'caucus-electron-'));
    await start();
  }, 60_000);

  afterAll(async () => {
    await electron.close();
    await rm(userData, { recursive: true });
  });

  it.each(Object.entries(CHECKS))('%s', { timeout: 60_000 }, (_name, check) => check());
});
