import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GroupStatus } from '../../src/browser/sync/status.ts';
import type { AppPage } from './harness/app-page.ts';
import { openPage, openVenue, type Venue } from './harness/venue.ts';

declare global {
  var appPage: AppPage;
}

let venue: Venue;
beforeAll(async () => {
  venue = await openVenue();
});
afterAll(() => venue?.close());

interface Laptop {
  readonly context: BrowserContext;
  page: Page;
}
const url = (): string =>
  `${venue.pageUrl('app.html')}?hub=${encodeURIComponent(venue.ownAddress)}`;
async function openLaptop(): Promise<Laptop> {
  const context = await venue.browser.newContext();
  return { context, page: await openPage(context, url(), 'appPage') };
}
const status = ({ page }: Laptop, group = 1): Promise<GroupStatus> =>
  page.evaluate((number) => appPage.status(number), group);
async function waitFor(
  laptop: Laptop,
  wanted: Partial<Pick<GroupStatus, 'inContact' | 'waiting' | 'path' | 'behind'>>,
): Promise<void> {
  await laptop.page.waitForFunction(
    (fields) =>
      Object.entries(fields).every(
        ([name, value]) => Reflect.get(appPage.status(1), name) === value,
      ),
    wanted,
    { polling: 50, timeout: 20_000 },
  );
}
async function waitForNotes(laptop: Laptop, texts: readonly string[]): Promise<void> {
  await laptop.page.waitForFunction(
    (wanted) => wanted.every((text) => appPage.notes(1).includes(text)),
    texts,
    { polling: 50, timeout: 20_000 },
  );
}

async function openWorkshop() {
  const plenary = await openLaptop();
  const sessionId = await plenary.page.evaluate(async () => {
    const id = await appPage.create();
    await appPage.open(id);
    return id;
  });
  const ticket = await plenary.page.evaluate((at) => appPage.ticket(1, at), venue.address);
  const group = await openLaptop();
  await group.page.evaluate(async (word) => {
    const id = await appPage.join(word);
    await appPage.open(id);
  }, ticket);
  return { plenary, group, sessionId };
}

describe('what a facilitator is told (S3)', () => {
  it('says that the plenary laptop has everything only when it has, whatever breaks', async () => {
    const { plenary, group, sessionId } = await openWorkshop();
    await waitFor(group, { inContact: true, waiting: 0 });
    await group.page.evaluate(() => appPage.note(1, 'first'));
    await waitForNotes(plenary, ['first']);
    await waitFor(group, { inContact: true, waiting: 0 });

    // The plenary laptop is closed: nothing may be called confirmed from then on.
    await plenary.page.close();
    await waitFor(group, { inContact: false, path: 'none' });
    await group.page.evaluate(() => {
      appPage.note(1, 'second');
      appPage.note(1, 'third');
    });
    await waitFor(group, { waiting: 2, inContact: false });

    // The group's laptop is closed in mid-sentence and opened again: it still knows what waits.
    await group.page.close();
    group.page = await openPage(group.context, url(), 'appPage');
    await group.page.evaluate((id) => appPage.open(id), sessionId);
    expect(await group.page.evaluate(() => appPage.notes(1))).toEqual(['first', 'second', 'third']);
    expect(await status(group)).toMatchObject({ waiting: 2, inContact: false });
    expect((await status(group)).lastContactAt).toBeGreaterThan(0);

    plenary.page = await openPage(plenary.context, url(), 'appPage');
    await plenary.page.evaluate((id) => appPage.open(id), sessionId);
    await waitForNotes(plenary, ['first', 'second', 'third']);
    await waitFor(group, { waiting: 0, inContact: true });
    await Promise.all([plenary.context.close(), group.context.close()]);
  });

  it('goes on from laptop to laptop while the hub is gone, and heals when it is back', async () => {
    const { plenary, group } = await openWorkshop();
    await waitFor(group, { inContact: true, path: 'direct' });
    await venue.stopHub();
    await group.page.evaluate(() => appPage.note(1, 'without the hub'));
    await waitForNotes(plenary, ['without the hub']);
    await waitFor(group, { waiting: 0, path: 'direct' });
    await venue.startHub();
    await group.page.evaluate(() => appPage.note(1, 'with the hub'));
    await waitForNotes(plenary, ['with the hub']);
    await waitFor(group, { waiting: 0, inContact: true });
    await Promise.all([plenary.context.close(), group.context.close()]);
  });

  it('works by the relay alone where laptops cannot reach each other', async () => {
    const plenary = await openLaptop();
    await plenary.page.evaluate(async () => appPage.open(await appPage.create()));
    const ticket = await plenary.page.evaluate((at) => appPage.ticket(1, at), venue.address);
    const context = await venue.browser.newContext();
    await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'));
    const group = { context, page: await openPage(context, url(), 'appPage') };
    await group.page.evaluate(async (word) => appPage.open(await appPage.join(word)), ticket);
    await group.page.evaluate(() => appPage.note(1, 'by relay'));
    await waitForNotes(plenary, ['by relay']);
    await waitFor(group, { waiting: 0, inContact: true, path: 'relay' });
    await venue.stopHub();
    await waitFor(group, { inContact: false });
    await group.page.evaluate(() => appPage.note(1, 'waits'));
    await waitFor(group, { waiting: 1 });
    await venue.startHub();
    await waitFor(group, { waiting: 0, inContact: true });
    await waitForNotes(plenary, ['by relay', 'waits']);
    await Promise.all([plenary.context.close(), group.context.close()]);
  });

  it('tells the plenary laptop who is there, who is not, and what waits', async () => {
    const { plenary, group } = await openWorkshop();
    await waitFor(plenary, { inContact: true });
    const [laptop] = (await status(plenary)).laptops;
    expect(laptop).toMatchObject({ role: 'facilitator', plenary: false, inContact: true });
    await group.page.close();
    await waitFor(plenary, { inContact: false });
    await Promise.all([plenary.context.close(), group.context.close()]);
  });
});

describe('the clock', () => {
  it('agrees within a second between laptops whose own clocks are hours apart, also offline', async () => {
    const plenary = await openLaptop();
    await plenary.page.evaluate(async () => appPage.open(await appPage.create()));
    const ticket = await plenary.page.evaluate((at) => appPage.ticket(1, at), venue.address);
    const context = await venue.browser.newContext();
    await context.addInitScript(() => {
      const real = Date.now;
      Date.now = () => real() + 3 * 3_600_000;
    });
    const group = { context, page: await openPage(context, url(), 'appPage') };
    const sessionId = await group.page.evaluate(async (word) => {
      const id = await appPage.join(word);
      await appPage.open(id);
      return id;
    }, ticket);
    const apart = async (): Promise<number> => {
      const before = Date.now();
      const theirs = await group.page.evaluate(() => appPage.now());
      return Math.max(before - theirs, theirs - Date.now());
    };
    await expect.poll(apart).toBeLessThan(1_000);
    // The last known difference is kept, for a laptop that is opened where there is no network.
    await venue.stopHub();
    await group.page.close();
    group.page = await openPage(context, url(), 'appPage');
    await group.page.evaluate((id) => appPage.open(id), sessionId);
    expect(await apart()).toBeLessThan(1_000);
    await venue.startHub();
    await Promise.all([plenary.context.close(), group.context.close()]);
  });
});

describe('two windows of one laptop (S2)', () => {
  it('see each other’s notes without any network, and keep them', async () => {
    const laptop = await openLaptop();
    const sessionId = await laptop.page.evaluate(async () => {
      const id = await appPage.create();
      await appPage.open(id);
      return id;
    });
    await venue.stopHub();
    const second = { ...laptop, page: await openPage(laptop.context, url(), 'appPage') };
    await second.page.evaluate((id) => appPage.open(id), sessionId);
    await laptop.page.evaluate(() => appPage.note(1, 'from the first'));
    await second.page.evaluate(() => appPage.note(1, 'from the second'));
    const both = ['from the first', 'from the second'];
    await waitForNotes(laptop, both);
    await waitForNotes(second, both);
    await laptop.page.close();
    await second.page.close();
    const third = { ...laptop, page: await openPage(laptop.context, url(), 'appPage') };
    await third.page.evaluate((id) => appPage.open(id), sessionId);
    await waitForNotes(third, both);
    await venue.startHub();
    await laptop.context.close();
  });
});
