import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startHub } from '../../src/hub/start-hub.ts';
import { showDrafts } from '../tools/screens/group-screen.ts';
import { copyTicket } from '../tools/screens/people-screen.ts';
import { showPart } from '../tools/screens/board-screen.ts';
import { joinWithTicket, startSample } from '../tools/screens/start-screen.ts';
import { words } from '../tools/screens/words.ts';
import type { BenchVenue } from './bench-venue.ts';
import { type BenchResult, median, round } from './measure.ts';

declare global {
  var barePeers: () => number;
  var keyAt: number;
  var shownAt: number;
}

const KEYS = 120;
const WARM_UP = 20;
const app = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

/** A page in which keys are typed and one in which they appear. */
interface Pair {
  readonly from: Page;
  readonly to: Page;
  /** Where the text appears, as a CSS selector. */
  readonly selector: string;
}

/** Milliseconds from the key's event in one page to the changed text in the other's document. */
async function measureKey({ from, to, selector }: Pair, count: number): Promise<number> {
  await to.evaluate(
    ([where, length]) => {
      globalThis.shownAt = 0;
      const observer = new MutationObserver(() => {
        const shown = [...document.querySelectorAll(where)].find(({ textContent }) =>
          textContent?.startsWith('kkk'),
        );
        if (shown?.textContent?.length !== length) return;
        globalThis.shownAt = performance.timeOrigin + performance.now();
        observer.disconnect();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    },
    [selector, count] as const,
  );
  await from.evaluate(() => {
    addEventListener(
      'keydown',
      (event) => {
        globalThis.keyAt = performance.timeOrigin + event.timeStamp;
      },
      { once: true, capture: true },
    );
  });
  await from.keyboard.press('k');
  await to.waitForFunction(() => shownAt > 0, null, { polling: 5 });
  const [key, shown] = [await from.evaluate(() => keyAt), await to.evaluate(() => shownAt)];
  return shown - key;
}

/** Keystroke at a facilitator → on the plenary screen, against bare y-webrtc with a bare Y.Text. */
export async function benchKeystroke(venue: BenchVenue): Promise<BenchResult> {
  const started = await startHub({
    localPort: 0,
    networkPort: 0,
    addresses: () => ['127.0.0.1'],
    appDirectory: app,
  });
  if (!started.ok) throw new Error(`The hub did not start: ${started.reason}`);
  const { hub } = started;
  await hub.openToNetwork();
  const openApp = async (): Promise<Page> => {
    const context = await venue.browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: { width: 1280, height: 720 },
    });
    const page = await context.newPage();
    await page.goto(`http://localhost:${hub.localPort}/`);
    return page;
  };
  const openBare = async (): Promise<Page> => {
    const context = await venue.browser.newContext();
    const page = await context.newPage();
    await page.goto(`${venue.pageUrl('bare.html')}?hub=${encodeURIComponent(venue.address)}`);
    return page;
  };
  const pages: Page[] = [];
  try {
    const plenary = await openApp();
    const group = await openApp();
    pages.push(plenary, group);
    await startSample(plenary);
    await showPart(plenary, 'people');
    const ticket = await copyTicket(plenary, 'Makers and markets');
    await showPart(plenary, 'board');
    await joinWithTicket(group, ticket);
    await showDrafts(group);
    await group.getByRole('button', { name: words('drafts.add') }).click();
    await group.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement);
    await group.keyboard.type('kkk');
    const ours: Pair = { from: group, to: plenary, selector: '[data-card] span' };
    await plenary.getByText('kkk', { exact: true }).first().waitFor();

    const bareFrom = await openBare();
    const bareTo = await openBare();
    pages.push(bareFrom, bareTo);
    await bareFrom.waitForFunction(() => barePeers() > 0);
    await bareFrom.getByLabel('text').focus();
    await bareFrom.keyboard.type('kkk');
    await bareTo.getByText('kkk', { exact: true }).first().waitFor();
    const bare: Pair = { from: bareFrom, to: bareTo, selector: '#shown' };

    const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
    for (let key = 0; key < KEYS; key += 1) {
      // In turn, so that a busy moment of the machine meets both.
      const [first, second] = [await measureKey(ours, key + 4), await measureKey(bare, key + 4)];
      if (key < WARM_UP) continue;
      times.ours.push(first);
      times.bare.push(second);
    }
    return {
      name: 'keystroke',
      numbers: {
        keys: times.ours.length,
        bareMs: round(median(times.bare)),
        caucusMs: round(median(times.ours)),
        ratio: round(median(times.ours) / median(times.bare)),
      },
      limits: [{ number: 'ratio', atMost: 1.5 }],
    };
  } finally {
    await Promise.all(pages.map((page) => page.context().close()));
    await hub.stop();
  }
}
