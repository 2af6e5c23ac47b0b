import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Hub, startHub } from '../../src/hub/start-hub.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import { typeNote } from '../tools/screens/group-screen.ts';
import { openNewestSession, startSample } from '../tools/screens/start-screen.ts';
import { words } from '../tools/screens/words.ts';

/** The built app as people get it: another one can be named, as for `npm start`. */
const app =
  process.env['CAUCUS_APP_DIRECTORY'] ??
  fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const PASSPHRASE = 'three stout walls';
const NOTE = 'A register only helps if makers must answer in time.';

/** One person's laptop: a hub with its vault, and a browser's profile that can be lost. */
let folder = '';
let hub: Hub | null = null;
let port = 0;
let context: BrowserContext | null = null;
beforeEach(async () => {
  if (!existsSync(`${app}/index.html`)) throw new Error('Build the app first: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'caucus-passphrase-laptop-'));
  port = 0;
  await start();
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});
async function start(): Promise<void> {
  const started = await startHub({
    localPort: port,
    appDirectory: app,
    vaultDirectory: () => join(folder, 'vault'),
  });
  if (!started.ok) throw new Error(started.reason);
  hub = started.hub;
  port = hub.localPort;
}
async function stop(): Promise<void> {
  await context?.close();
  context = null;
  await hub?.stop();
  hub = null;
}
async function openBrowser(): Promise<Page> {
  context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...chromiumLaunch(),
    viewport: { width: 1280, height: 720 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`http://localhost:${port}/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}
async function restart(between?: () => void): Promise<Page> {
  await stop();
  between?.();
  await start();
  return openBrowser();
}

const openGroup = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: /Makers and markets/u }).click();
  await page.getByLabel(words('composer.text')).waitFor();
};
async function secondCopyCurrent(page: Page): Promise<void> {
  await page.getByRole('button', { name: words('status.room-nobody-yet') }).click();
  await page.getByText(words('status.second-copy-current')).waitFor();
  await page.keyboard.press('Escape');
}
/** A session with one note, and the laptop's passphrase set. */
async function work(): Promise<Page> {
  const page = await openBrowser();
  await startSample(page);
  await openGroup(page);
  await typeNote(page, {
    kind: 'point',
    question: 'b',
    stakeholderGroup: null,
    region: null,
    text: NOTE,
  });
  await secondCopyCurrent(page);
  await page.goto(`http://localhost:${port}/#/`);
  await page.getByRole('button', { name: words('lock.set') }).click();
  await page.getByLabel(words('lock.new'), { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(words('lock.again'), { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByText(words('lock.summary-passphrase')).waitFor();
  await openNewestSession(page);
  await secondCopyCurrent(page);
  return page;
}
async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel(words('lock.passphrase'), { exact: true }).fill(passphrase);
  await page.keyboard.press('Enter');
}
async function expectNote(page: Page): Promise<void> {
  await openNewestSession(page);
  await openGroup(page);
  await page.getByText(NOTE).waitFor();
}

describe('at rest: a laptop with a passphrase', () => {
  it('A1: is locked at the next start; a wrong passphrase harms nothing, the right one opens', async () => {
    await work();
    const page = await restart();
    await page.getByRole('heading', { name: words('lock.title') }).waitFor();
    await unlock(page, 'three stout wells');
    await page.getByText(words('lock.wrong')).waitFor();
    await unlock(page, PASSPHRASE);
    await expectNote(page);
  });

  it('S2: brings everything back from the second copy, with the passphrase, when the browser lost it', async () => {
    await work();
    const page = await restart(() =>
      rmSync(join(folder, 'profile', 'Default', 'IndexedDB'), { recursive: true }),
    );
    await page.getByRole('heading', { name: words('lock.title') }).waitFor();
    await unlock(page, PASSPHRASE);
    await expectNote(page);
  });

  it('can start over where it was forgotten, and is asked for no more', async () => {
    await work();
    const page = await restart();
    await page.getByRole('button', { name: words('lock.forgotten') }).click();
    await page.getByRole('button', { name: words('lock.start-over') }).click();
    await page.getByRole('button', { name: words('lock.start-over-confirm'), exact: true }).click();
    await page.getByRole('heading', { name: words('start.first-title') }).waitFor();
    const again = await restart();
    await again.getByRole('heading', { name: words('start.first-title') }).waitFor();
  });

  it('A1: has neither key nor secrets on its disk, in the browser’s profile or the second copy', async () => {
    const page = await openBrowser();
    await startSample(page);
    await secondCopyCurrent(page);
    // What a thief would look for: the secrets, as a ticket carries them and the page knows them.
    const rows = await page.evaluate(
      () =>
        new Promise<unknown[]>((resolve, reject) => {
          const opening = indexedDB.open('caucus');
          opening.onerror = () => reject(opening.error ?? new Error('not opened'));
          opening.onsuccess = () => {
            const reading = opening.result.transaction('sessions').objectStore('sessions').getAll();
            reading.onsuccess = () => {
              opening.result.close();
              resolve(reading.result);
            };
          };
        }),
    );
    expect(rows.map((row) => Object.keys(row ?? {}).sort())).toEqual([
      ['keyId', 'sealed', 'sessionId'],
    ]);
    await stop();
    const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile() && /IndexedDB|vault/u.test(path))
      .filter((path) => /planSecret|groupSecrets/u.test(readFileSync(path, 'latin1')));
    expect(found).toEqual([]);
  });
});
