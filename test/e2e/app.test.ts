import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Hub, startHub } from '../../src/hub/start-hub.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import { typeDraft, typeNote } from '../tools/screens/group-screen.ts';
import { showReport } from '../tools/screens/report-screen.ts';
import { startSample } from '../tools/screens/start-screen.ts';
import { words } from '../tools/screens/words.ts';
import { axeInBoth } from './harness/axe-in-both.ts';

/** The built app as people get it, served by the real hub to a real browser. */
const app = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const FIRST_LOAD_BYTES = 600 * 1024;

let hub: Hub;
let browser: Browser;
let origin: string;
beforeAll(async () => {
  if (!existsSync(`${app}/index.html`)) throw new Error('Build the app first: npm run build');
  const started = await startHub({ localPort: 0, appDirectory: app });
  if (!started.ok) throw new Error(started.reason);
  hub = started.hub;
  origin = `http://localhost:${hub.localPort}`;
  browser = await chromium.launch(chromiumLaunch());
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

async function openApp(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { context, page };
}
const note = (text: string) =>
  ({ kind: 'point', question: 'b', stakeholderGroup: null, region: null, text }) as const;
const openGroup = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: /Makers and markets/u }).click();
  await page.getByLabel(words('composer.text')).waitFor();
};

describe('the first load', () => {
  it('is under 600 KB of JavaScript, gzipped', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const scripts = new Map<string, number>();
    page.on('response', async (response) => {
      if (response.request().resourceType() !== 'script') return;
      scripts.set(response.url(), gzipSync(await response.body()).length);
    });
    await page.goto(origin);
    await page.getByRole('button', { name: words('start.sample') }).waitFor();
    await page.waitForLoadState('networkidle');
    const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    expect(scripts.size).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(FIRST_LOAD_BYTES);
    await context.close();
  });

  it('and everything after it asks nobody but this machine', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const hosts = new Set<string>();
    const errors: string[] = [];
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(origin);
    await startSample(page);
    await openGroup(page);
    await typeNote(page, note('A register only helps if makers must answer in time.'));
    await showReport(page);
    await page.getByRole('heading', { name: 'IoT security by design' }).first().waitFor();
    expect([...hosts].filter((host) => host !== '')).toEqual([`localhost:${hub.localPort}`]);
    expect(errors).toEqual([]);
    await context.close();
  });
});

/** A disk of its own that can be filled takes root on Linux; elsewhere the fake disk has to do. */
const canMountDisk = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMountDisk)
  console.log('The test with a really full disk is skipped: it takes root on Linux.');

/** Writes until there is no byte left. */
function fillDisk(path: string): void {
  const file = openSync(path, 'w');
  const block = Buffer.alloc(64 * 1024);
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}

describe('S2: what was typed', () => {
  it('is there after a reload in mid-sentence, in the field in which it was typed', async () => {
    const { context, page } = await openApp();
    await startSample(page);
    await openGroup(page);
    await typeNote(page, note('A finished note'));
    await typeDraft(page, 'Half a sentence that nobody finis');
    await page.reload();
    const field = page.getByLabel(words('composer.text'));
    await expect
      .poll(() => field.inputValue(), { timeout: 20_000 })
      .toBe('Half a sentence that nobody finis');
    await page.getByText('A finished note').waitFor();
    await context.close();
  });

  it.skipIf(!canMountDisk)(
    'S1: is called not saved while the disk is full, and is kept once there is space',
    async () => {
      const disk = mkdtempSync(join(tmpdir(), 'caucus-disk-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', disk]);
      const filler = join(disk, 'filler');
      try {
        const context = await chromium.launchPersistentContext(
          join(disk, 'profile'),
          chromiumLaunch(),
        );
        const page = context.pages()[0] ?? (await context.newPage());
        await page.goto(origin);
        await startSample(page);
        await openGroup(page);
        await typeNote(page, note('Before the disk was full'));
        fillDisk(filler);
        await typeNote(page, note(`While the disk was full ${'x'.repeat(200_000)}`));
        await page.getByText(words('storage.no-space')).waitFor();
        rmSync(filler);
        await page.getByText(words('storage.no-space')).waitFor({ state: 'detached' });
        await page.reload();
        await page.getByText(/^While the disk was full/u).waitFor();
        await page.getByText('Before the disk was full').waitFor();
        await context.close();
      } finally {
        execFileSync('umount', ['-l', disk]);
        rmSync(disk, { recursive: true, force: true });
      }
    },
  );

  it('survives in right-to-left, Chinese and emoji, and 100 KB of it', async () => {
    const { context, page } = await openApp();
    await startSample(page);
    await openGroup(page);
    const texts = [
      'الأمن منذ التصميم',
      '设计即安全',
      '👩‍👩‍👧 three 🏳️‍🌈',
      `long ${'wörd '.repeat(20_000)}`,
    ];
    for (const text of texts) await typeNote(page, note(text.trim()));
    await page.reload();
    for (const text of texts.slice(0, 3)) await page.getByText(text).waitFor();
    await page.getByText(/^long wörd wörd/u).waitFor();
    await context.close();
  });
});

describe('by keyboard alone', () => {
  it('goes from the first screen to a first note', async () => {
    const { context, page } = await openApp();
    const pressUntil = async (key: string, name: RegExp): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press(key);
        const label = await page.evaluate(() =>
          document.activeElement === document.body ? '' : document.activeElement?.textContent,
        );
        if (name.test(label ?? '')) return;
      }
      throw new Error(`${name.source} was not reached by ${key}`);
    };
    await pressUntil('Tab', new RegExp(words('start.sample'), 'u'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/board/u);
    await page.getByRole('tablist', { name: words('plenary.places') }).waitFor();
    await pressUntil('Tab', /Makers and markets/u);
    await page.keyboard.press('Enter');
    await page.getByLabel(words('composer.text')).waitFor();
    await page.getByLabel(words('composer.text')).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('row').filter({ hasText: 'By keyboard' }).waitFor();
    await context.close();
  });
});

describe('accessibility', () => {
  it('axe finds nothing on any screen, in light and dark', async () => {
    const { context, page } = await openApp();
    const check = async (screen: string): Promise<void> => {
      expect(await axeInBoth(page), screen).toEqual([]);
    };
    await check('start');
    await page.goto(`${origin}/#/new`);
    await page.getByRole('heading', { name: words('create.title') }).waitFor();
    await check('new');
    await page.goto(`${origin}/#/join`);
    await page.getByLabel(words('join.ticket')).waitFor();
    await check('join');
    await page.goto(`${origin}/#/`);
    await startSample(page);
    await check('board');
    for (const part of ['proposals', 'agenda', 'people'] as const) {
      await page.getByRole('tab', { name: words(`plenary.${part}`) }).click();
      await check(part);
    }
    await openGroup(page);
    await typeNote(page, note('A note for axe'));
    await check('group');
    await showReport(page);
    await page.getByRole('heading', { name: 'IoT security by design' }).first().waitFor();
    await check('report');
    await context.close();
  });
});
