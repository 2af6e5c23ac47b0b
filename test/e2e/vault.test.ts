import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import english from '../../renderer/messages/en.json' with { type: 'json' };
import { createTranslate } from '../../renderer/shared/translate.ts';
import { type Hub, startHub } from '../../src/hub/start-hub.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import { typeDraft, typeNote } from '../tools/screens/group-screen.ts';
import { openNewestSession, startSample } from '../tools/screens/start-screen.ts';
import { words } from '../tools/screens/words.ts';

/** The built app as people get it: another one can be named, as for `npm start`. */
const app =
  process.env['CAUCUS_APP_DIRECTORY'] ??
  fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const t = createTranslate(english);
const SESSION = 'IoT security by design';

/** One person's laptop: a hub with its vault, and a browser's profile that can be damaged. */
let folder = '';
let hub: Hub | null = null;
let port = 0;
let context: BrowserContext | null = null;
beforeEach(async () => {
  if (!existsSync(`${app}/index.html`)) throw new Error('Build the app first: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'caucus-vault-laptop-'));
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
async function openBrowser(before?: () => void): Promise<Page> {
  context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...chromiumLaunch(),
    viewport: { width: 1280, height: 720 },
  });
  if (before !== undefined) await context.addInitScript(before);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`http://localhost:${port}/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const note = (text: string) =>
  ({ kind: 'point', question: 'b', stakeholderGroup: null, region: null, text }) as const;
const openGroup = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: /Makers and markets/u }).click();
  await page.getByLabel(words('composer.text')).waitFor();
};
/** Until the laptop's own screen says that the second copy has everything. */
async function secondCopyCurrent(page: Page): Promise<void> {
  await page.getByRole('button', { name: words('status.room-nobody-yet') }).click();
  await page.getByText(words('status.second-copy-current')).waitFor();
  await page.keyboard.press('Escape');
}
/** A session from the sample with one finished note and half a sentence. */
async function work(): Promise<void> {
  const page = await openBrowser();
  await startSample(page);
  await openGroup(page);
  await typeNote(page, note('A register only helps if makers must answer in time.'));
  await typeDraft(page, 'Half a sentence that nobody finis');
  await secondCopyCurrent(page);
}
const notice = (page: Page) => page.getByText(t('start.restored', { count: 1, title: SESSION }));
async function expectWorkBack(page: Page): Promise<void> {
  await notice(page).waitFor();
  await page.getByRole('button', { name: words('shared.dismiss') }).click();
  await notice(page).waitFor({ state: 'detached' });
  await openNewestSession(page);
  await openGroup(page);
  await page.getByText('A register only helps if makers must answer in time.').waitFor();
  // The laptop is known by its old id too: the draft is in the field in which it was typed.
  await expect
    .poll(() => page.getByLabel(words('composer.text')).inputValue(), { timeout: 15_000 })
    .toBe('Half a sentence that nobody finis');
  await secondCopyCurrent(page);
}

describe('S6: the vault', () => {
  it.for([
    ['lost it', (database: string) => rmSync(database, { recursive: true })],
    [
      'it damaged on its disk',
      (database: string) => {
        const files = readdirSync(database, { recursive: true, encoding: 'utf8' })
          .map((name) => join(database, name))
          .filter((path) => statSync(path).isFile());
        for (const path of files) writeFileSync(path, Buffer.alloc(statSync(path).size, 0x5a));
      },
    ],
  ] as const)(
    'S2: brings everything back when the browser has %s, and says so',
    async ([, harm]) => {
      await work();
      await stop();
      harm(join(folder, 'profile', 'Default', 'IndexedDB'));
      await start();
      const page = await openBrowser();
      await expectWorkBack(page);
      await page.goto(`http://localhost:${port}/`);
      await page.reload();
      await page.getByRole('list', { name: words('start.list') }).waitFor();
      expect(await notice(page).count()).toBe(0);
    },
  );

  it('S2: replaces a database that the browser cannot open any more', async () => {
    await work();
    await stop();
    await start();
    // The browser's own error for a broken database, until that is deleted.
    const page = await openBrowser(() => {
      const open = indexedDB.open.bind(indexedDB);
      const deleteDatabase = indexedDB.deleteDatabase.bind(indexedDB);
      let broken = sessionStorage.getItem('mended') === null;
      IDBFactory.prototype.open = function (name, version) {
        if (!broken || name !== 'caucus') return open(name, version);
        const request = new EventTarget();
        const error = new DOMException('Internal error opening backing store', 'UnknownError');
        Object.assign(request, { error });
        setTimeout(() => {
          const event = new Event('error');
          request.dispatchEvent(event);
          Reflect.get(request, 'onerror')?.call(request, event);
        });
        return request as IDBOpenDBRequest;
      };
      IDBFactory.prototype.deleteDatabase = function (name) {
        broken = false;
        sessionStorage.setItem('mended', 'yes');
        return deleteDatabase(name);
      };
    });
    await expectWorkBack(page);
  });

  it('does not bring back what a person took off this laptop', async () => {
    await work();
    const page = context?.pages()[0];
    if (page === undefined) throw new Error('No page');
    await page.goto(`http://localhost:${port}/`);
    await page.getByRole('button', { name: t('start.session-menu', { title: SESSION }) }).click();
    await page.getByRole('menuitem', { name: words('start.remove') }).click();
    await page.getByRole('button', { name: words('start.remove-confirm') }).click();
    await page.getByRole('button', { name: words('start.remove-sure-confirm') }).click();
    await page.getByRole('heading', { name: words('start.first-title') }).waitFor();
    await stop();
    rmSync(join(folder, 'profile', 'Default', 'IndexedDB'), { recursive: true });
    await start();
    const again = await openBrowser();
    await again.getByRole('heading', { name: words('start.first-title') }).waitFor();
    expect(await notice(again).count()).toBe(0);
  });
});
