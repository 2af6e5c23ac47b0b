import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const contexts: BrowserContext[] = [];
async function openLaptop(ticket?: string): Promise<Page> {
  const context = await venue.browser.newContext();
  contexts.push(context);
  const own = encodeURIComponent(venue.ownAddress);
  const page = await openPage(context, `${venue.pageUrl('app.html')}?hub=${own}`, 'appPage');
  if (ticket !== undefined) {
    await page.evaluate(async (word) => appPage.open(await appPage.join(word)), ticket);
  }
  return page;
}
async function openWorkshop() {
  const plenary = await openLaptop();
  await plenary.evaluate(async () => appPage.open(await appPage.create()));
  const ticket = (group: number): Promise<string> =>
    plenary.evaluate(([number, at]) => appPage.ticket(number, at), [group, venue.address] as const);
  const rapporteurTicket = (): Promise<string> =>
    plenary.evaluate((at) => appPage.rapporteurTicket(at), venue.address);
  return { plenary, ticket, rapporteurTicket };
}
const wait = { polling: 50, timeout: 30_000 } as const;
const waitForNote = (page: Page, text: string) =>
  page.waitForFunction((wanted) => appPage.notes(1).includes(wanted), text, wait);
const waitForPath = (page: Page, path: string) =>
  page.waitForFunction((wanted) => appPage.status(1).path === wanted, path, wait);
const notes = (page: Page): Promise<readonly string[]> => page.evaluate(() => appPage.notes(1));

describe('a Caucus that somebody has changed, in real Chromium', () => {
  it("A2: a facilitator's writes the plan, to no effect on anyone", async () => {
    const { plenary, ticket } = await openWorkshop();
    const cheat = await openLaptop(await ticket(1));
    const honest = await openLaptop(await ticket(2));
    const title = await plenary.evaluate(() => appPage.planTitle());
    for (const page of [cheat, honest]) {
      await page.waitForFunction((wanted) => appPage.planTitle() === wanted, title, wait);
    }
    await cheat.evaluate(() => appPage.forgePlanTitle('Forged'));
    // Its own group's notes still go where they belong, and with them everything before them.
    await cheat.evaluate(() => appPage.note(1, 'after the forgery'));
    await waitForNote(plenary, 'after the forgery');
    expect(await cheat.evaluate(() => appPage.planTitle())).toBe('Forged');
    for (const page of [plenary, honest]) {
      expect(await page.evaluate(() => appPage.planTitle())).toBe(title);
    }
    // Nor does a laptop that comes only now see anything of it.
    const late = await openLaptop(await ticket(2));
    await late.waitForFunction((wanted) => appPage.planTitle() === wanted, title, wait);
  });

  it("A2: the rapporteur's writes a note, to no effect on anyone", async () => {
    const { plenary, ticket, rapporteurTicket } = await openWorkshop();
    const group = await openLaptop(await ticket(1));
    const cheat = await openLaptop(await rapporteurTicket());
    await group.evaluate(() => appPage.note(1, 'said'));
    await waitForNote(cheat, 'said');
    await cheat.evaluate(() => appPage.note(1, 'never said'));
    await group.evaluate(() => appPage.note(1, 'said later'));
    for (const page of [plenary, cheat]) await waitForNote(page, 'said later');
    for (const page of [plenary, group]) expect(await notes(page)).not.toContain('never said');
  });
});

describe('a lost laptop, in real Chromium', () => {
  it('A1, S2: is shut out of the direct way too, and what it sends is set aside', async () => {
    const { plenary, ticket } = await openWorkshop();
    // Both came with the same sheet.
    const sheet = await ticket(1);
    const lost = await openLaptop(sheet);
    const other = await openLaptop(sheet);
    for (const page of [lost, other]) await waitForPath(page, 'direct');
    await lost.evaluate(() => appPage.note(1, 'said in time'));
    for (const page of [plenary, other]) await waitForNote(page, 'said in time');
    const id = await lost.evaluate(() => appPage.deviceId());
    await plenary.waitForFunction((wanted) => appPage.laptops(1).includes(wanted), id, wait);
    await plenary.waitForFunction(() => appPage.laptops(1).length === 2, undefined, wait);

    await plenary.evaluate((lostId) => appPage.takeBack(1, lostId), id);
    await lost.waitForFunction(() => appPage.isTakenBack(), undefined, wait);
    await other.evaluate(() => appPage.note(1, 'from the other'));
    await waitForNote(plenary, 'from the other');
    // The other one has gone on by itself, directly too.
    await waitForPath(other, 'direct');
    await lost.evaluate(() => appPage.note(1, 'from the lost one'));
    await plenary.waitForFunction(
      () => appPage.setAside().includes('from the lost one'),
      undefined,
      wait,
    );
    await plenary.evaluate(() => appPage.note(1, 'from the moderator'));
    await waitForNote(other, 'from the moderator');
    expect((await notes(plenary)).toSorted()).toEqual([
      'from the moderator',
      'from the other',
      'said in time',
    ]);
    expect((await notes(other)).toSorted()).toEqual((await notes(plenary)).toSorted());
    expect(await notes(lost)).not.toContain('from the other');
    expect(await notes(lost)).not.toContain('from the moderator');
    expect(await other.evaluate(() => appPage.isTakenBack())).toBe(false);
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  it("A1, A2, S2: the rapporteur's reads and writes nothing more, and the groups go on directly", async () => {
    const { plenary, ticket, rapporteurTicket } = await openWorkshop();
    const lost = await openLaptop(await rapporteurTicket());
    const second = await openLaptop(await rapporteurTicket());
    const group = await openLaptop(await ticket(1));
    await waitForPath(group, 'direct');
    await group.evaluate(() => appPage.note(1, 'said in time'));
    for (const page of [plenary, lost, second]) await waitForNote(page, 'said in time');
    const id = await lost.evaluate(() => appPage.deviceId());
    await plenary.waitForFunction((wanted) => appPage.otherLaptops().includes(wanted), id, wait);
    await plenary.waitForFunction(() => appPage.otherLaptops().length === 3, undefined, wait);

    await plenary.evaluate((lostId) => appPage.takeBackOther(lostId), id);
    await lost.waitForFunction(() => appPage.isTakenBack(), undefined, wait);
    await lost.evaluate(() => appPage.writeReport('From the lost laptop.'));
    await plenary.waitForFunction(
      () => appPage.setAside().includes('From the lost laptop.'),
      undefined,
      wait,
    );
    await second.evaluate(() => appPage.writeReport('From the rapporteur.'));
    await plenary.waitForFunction(
      () => appPage.report() === 'From the rapporteur.',
      undefined,
      wait,
    );
    await group.evaluate(() => appPage.note(1, 'said later'));
    for (const page of [plenary, second]) await waitForNote(page, 'said later');
    await waitForPath(group, 'direct');
    expect(await lost.evaluate(() => appPage.report())).toBe('From the lost laptop.');
    expect(await notes(lost)).toEqual(['said in time']);
    for (const page of [second, group]) {
      expect(await page.evaluate(() => appPage.isTakenBack())).toBe(false);
    }
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
});
