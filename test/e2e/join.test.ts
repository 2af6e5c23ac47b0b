import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Hub, startHub } from '../../src/hub/start-hub.ts';
import { createMemoryAir } from '../fakes/memory-air.ts';
import { chromiumLaunch } from '../tools/chromium.ts';
import { showPart } from '../tools/screens/board-screen.ts';
import { copyTicket, openToRoom } from '../tools/screens/people-screen.ts';
import { showGroup } from '../tools/screens/places-screen.ts';
import { startSample } from '../tools/screens/start-screen.ts';
import { words, wordsMatcher } from '../tools/screens/words.ts';
import { axeInBoth } from './harness/axe-in-both.ts';

/** Joining as somebody does who sees Caucus for the first time: the built app, real hubs, a real browser. */
const app = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const GROUP = 'Makers and markets';

const air = createMemoryAir();
let browser: Browser;
const hubs: Hub[] = [];
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  if (!existsSync(`${app}/index.html`)) throw new Error('Build the app first: npm run build');
  browser = await chromium.launch(chromiumLaunch());
});
afterEach(async () => {
  air.filtered = false;
  for (const context of contexts.splice(0)) await context.close();
  for (const hub of hubs.splice(0)) await hub.stop();
});
afterAll(() => browser?.close());

/** A laptop with a Caucus and a profile of its own, at the first screen. */
async function openLaptop(
  options: { readonly colorScheme?: 'light' | 'dark' } = {},
): Promise<Page> {
  const started = await startHub({
    localPort: 0,
    networkPort: 0,
    appDirectory: app,
    openLink: air.openLink,
  });
  if (!started.ok) throw new Error(started.reason);
  hubs.push(started.hub);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  contexts.push(context);
  await context.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
    Reflect.deleteProperty(globalThis, 'showOpenFilePicker');
    // A printer would wait for a hand.
    globalThis.print = () => undefined;
  });
  const page = await context.newPage();
  await page.goto(`http://localhost:${started.hub.localPort}/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}
/** The plenary laptop with the sample, open to the room, at its people. */
async function openPlenary(options: { readonly colorScheme?: 'light' | 'dark' } = {}) {
  const page = await openLaptop(options);
  await startSample(page);
  await openToRoom(page);
  return page;
}
/** Where the plenary laptop says that it is: "192.168.4.20:4711". */
async function addressOf(plenary: Page): Promise<string> {
  const room = plenary.getByRole('region', { name: words('plenary.the-room') });
  return (await room.getByRole('listitem').allTextContents())[0] ?? '';
}

/** Does what a person does, and counts it: a click, a paste, a choice of a file, a text, Enter. */
function createHand(page: Page) {
  let actions = 0;
  return {
    actions: () => actions,
    async click(what: Locator): Promise<void> {
      actions += 1;
      await what.click();
    },
    /** Into whatever has the focus. */
    async paste(text: string): Promise<void> {
      actions += 1;
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await page.keyboard.press('Control+v');
    },
    async type(text: string): Promise<void> {
      actions += 1;
      await page.keyboard.type(text);
    },
    async enter(): Promise<void> {
      actions += 1;
      await page.keyboard.press('Enter');
    },
    async chooseFile(press: Locator, path: string): Promise<void> {
      const chooser = page.waitForEvent('filechooser');
      await press.click();
      // The press and the choice in the system's dialog.
      actions += 2;
      await (await chooser).setFiles(path);
    },
    async openLink(link: string): Promise<void> {
      actions += 1;
      await page.evaluate(
        (hash) => {
          window.location.hash = hash;
        },
        link.replace(/^caucus:\/\/join#/u, '#join='),
      );
    },
  };
}
type Hand = ReturnType<typeof createHand>;

/** Types without a click, and looks where it has landed: here, and at the plenary laptop. */
async function expectTypingInGroup(page: Page, plenary: Page, text: string): Promise<void> {
  await page.waitForURL(/#\/session\/[^/]+\/group\//u);
  await page.getByLabel(words('composer.text')).and(page.locator(':focus')).waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.getByRole('row').filter({ hasText: text }).waitFor();
  expect(await page.getByRole('banner').first().textContent()).toContain(GROUP);
  await showGroup(plenary, GROUP);
  await plenary.getByRole('row').filter({ hasText: text }).waitFor();
}

const button = (page: Page, key: string): Locator =>
  page.getByRole('button', { name: words(key), exact: true });

describe('from the first launch to typing in the right group takes', () => {
  it('3 actions with a pasted link', async () => {
    const plenary = await openPlenary();
    const link = await copyTicket(plenary, GROUP);
    const page = await openLaptop();
    const hand = createHand(page);
    await hand.click(button(page, 'start.join'));
    await page.getByLabel(words('join.ticket')).and(page.locator(':focus')).waitFor();
    await hand.paste(link);
    await page.getByText(words('join.opens')).waitFor();
    await hand.enter();
    await expectTypingInGroup(page, plenary, 'Typed after a pasted link');
    expect(hand.actions()).toBe(3);
  });

  it('2 actions with a link that was clicked or scanned', async () => {
    const plenary = await openPlenary();
    const link = await copyTicket(plenary, GROUP);
    const page = await openLaptop();
    const hand = createHand(page);
    await hand.openLink(link);
    await page.getByText(words('join.opens')).waitFor();
    await hand.enter();
    await expectTypingInGroup(page, plenary, 'Typed after a clicked link');
    expect(hand.actions()).toBe(2);
    expect(page.url()).not.toContain('join=');
  });

  it('4 actions with a file', async () => {
    const plenary = await openPlenary();
    const link = await copyTicket(plenary, GROUP);
    const folder = mkdtempSync(join(tmpdir(), 'caucus-join-'));
    const file = join(folder, 'group.caucus-ticket');
    writeFileSync(file, `${link}\n`);
    const page = await openLaptop();
    const hand = createHand(page);
    await hand.click(button(page, 'start.join'));
    await hand.chooseFile(button(page, 'join.choose-file'), file);
    await page.getByText(words('join.opens')).waitFor();
    await hand.click(button(page, 'join.submit'));
    await expectTypingInGroup(page, plenary, 'Typed after a file');
    expect(hand.actions()).toBe(4);
    rmSync(folder, { recursive: true });
  });

  /** The four words of the request, as a screen shows them. */
  const wordsOn = (page: Page): Promise<readonly string[]> =>
    page
      .getByRole('group', { name: words('ask.words') })
      .first()
      .locator('bdi')
      .allTextContents();

  /** The moderator, wherever on the plenary laptop, compares and lets in. */
  async function admit(plenary: Page, page: Page): Promise<void> {
    await button(plenary, 'people.compare-words').click();
    const dialog = plenary.getByRole('dialog');
    await dialog.waitFor();
    expect(await wordsOn(plenary)).toEqual(await wordsOn(page));
    expect(await wordsOn(page)).toHaveLength(4);
    await dialog.getByRole('button', { name: words('people.admit') }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  async function sayTheSame(hand: Hand, page: Page): Promise<void> {
    await button(page, 'ask.same').and(page.locator(':focus')).waitFor();
    await hand.enter();
  }

  it('4 actions by asking to join, where the network shows the plenary laptop', async () => {
    const plenary = await openPlenary();
    const page = await openLaptop();
    const hand = createHand(page);
    await hand.click(page.getByRole('link', { name: words('start.ask') }));
    await page.getByText(wordsMatcher('ask.found-at')).waitFor();
    await hand.type('Group 1, second laptop');
    await hand.enter();
    await plenary.getByText('“Group 1, second laptop” asks to join.').waitFor();
    await sayTheSame(hand, page);
    await showPart(plenary, 'board');
    await admit(plenary, page);
    await expectTypingInGroup(page, plenary, 'Typed after asking');
    expect(hand.actions()).toBe(4);
  });

  it('6 actions by asking to join at a typed address', async () => {
    const plenary = await openPlenary();
    const address = await addressOf(plenary);
    air.filtered = true;
    const page = await openLaptop();
    const hand = createHand(page);
    await hand.click(page.getByRole('link', { name: words('start.ask') }));
    await page.getByText(words('ask.found-none')).waitFor();
    await hand.type('Group 1');
    await hand.click(page.getByLabel(words('ask.address')));
    await hand.type(address);
    await hand.enter();
    await button(plenary, 'people.compare-words').waitFor();
    await admit(plenary, page);
    // The ticket is there, and is not used before the words were compared here too.
    await page.getByText(words('ask.admitted')).waitFor();
    await sayTheSame(hand, page);
    await expectTypingInGroup(page, plenary, 'Typed after asking at an address');
    expect(hand.actions()).toBe(6);
  });

  it('nothing at all where the moderator refuses, and says so', async () => {
    const plenary = await openPlenary();
    const page = await openLaptop();
    const hand = createHand(page);
    await hand.click(page.getByRole('link', { name: words('start.ask') }));
    await page.getByText(wordsMatcher('ask.found-at')).waitFor();
    await hand.type('Group 1');
    await hand.enter();
    await sayTheSame(hand, page);
    await button(plenary, 'people.compare-words').first().waitFor();
    const asking = plenary.getByRole('region', { name: words('people.asking') });
    await asking.getByRole('button', { name: words('people.refuse') }).click();
    await page.getByText(words('ask.refused')).waitFor();
    await asking.waitFor({ state: 'detached' });
    const hub = hubs[0];
    await expect.poll(() => hub?.counts().join.requests).toBe(0);
    await page.getByRole('link', { name: words('frame.all-sessions') }).click();
    await page.getByText(words('start.first-title')).waitFor();
  });
});

describe('sheets on paper', () => {
  const canReadPdf = (() => {
    try {
      execFileSync('pdfinfo', ['-v'], { stdio: 'ignore' });
      return true;
    } catch {
      console.log('Pages are not counted: pdfinfo (poppler-utils) is not on this machine.');
      return false;
    }
  })();
  const pagesOf = (pdf: Buffer): { readonly pages: number; readonly text: readonly string[] } => {
    const folder = mkdtempSync(join(tmpdir(), 'caucus-sheets-'));
    const file = join(folder, 'sheets.pdf');
    writeFileSync(file, pdf);
    const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    return { pages: Number(/^Pages:\s+(\d+)/mu.exec(info)?.[1]), text: text.split('\f') };
  };

  it.skipIf(!canReadPdf)('are one page for each group on A4 and on Letter', async () => {
    const plenary = await openPlenary({ colorScheme: 'dark' });
    const address = await addressOf(plenary);
    const sheets = plenary.locator('[data-sheet]');
    for (const format of ['A4', 'Letter'] as const) {
      await button(plenary, 'people.print').click();
      await sheets.first().waitFor({ state: 'attached' });
      const names = await sheets.locator('h1 bdi').allTextContents();
      expect(names).toHaveLength(4);
      // Off the paper, none of it is to be seen.
      expect(await sheets.first().isVisible()).toBe(false);
      const { pages, text } = pagesOf(await plenary.pdf({ format }));
      expect(pages, format).toBe(4);
      for (const [place, name] of names.entries()) {
        const page = text[place]?.replaceAll(/\s+/gu, ' ');
        expect(page).toContain('IoT security by design');
        expect(page).toContain(name);
        expect(page).toContain(address);
        expect(page).toContain(words('sheet.secret'));
      }
      // And once it is printed, none of it is there any more.
      await sheets.first().waitFor({ state: 'detached' });
    }
    const only = words('people.print-of').replace('{name}', GROUP);
    await plenary.getByRole('button', { name: only }).click();
    await sheets.waitFor({ state: 'attached' });
    expect(pagesOf(await plenary.pdf({ format: 'A4' })).pages).toBe(1);
  });
});

describe('accessibility of asking to join', () => {
  it('axe finds nothing on any of its screens, in light and dark', async () => {
    const plenary = await openPlenary();
    const page = await openLaptop();
    const check = async (on: Page, screen: string): Promise<void> => {
      expect(await axeInBoth(on), screen).toEqual([]);
    };
    await page.getByRole('link', { name: words('start.ask') }).click();
    await page.getByText(wordsMatcher('ask.found-at')).waitFor();
    await check(page, 'ask');
    await page.keyboard.type('Group 1');
    await page.keyboard.press('Enter');
    await button(page, 'ask.same').waitFor();
    await check(page, 'words');
    await plenary.getByRole('region', { name: words('people.asking') }).waitFor();
    await check(plenary, 'people with a request');
    await button(plenary, 'people.compare-words').click();
    await plenary.getByRole('dialog').waitFor();
    await check(plenary, 'request in a dialog');
    await plenary
      .getByRole('dialog')
      .getByRole('button', { name: words('people.refuse') })
      .click();
    await page.getByText(words('ask.refused')).waitFor();
    await check(page, 'refused');
  });
});
