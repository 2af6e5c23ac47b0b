import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppPage } from './harness/app-page.ts';
import { pageMemory } from './harness/page-memory.ts';
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
  const ticket = (group: number, address = venue.address): Promise<string> =>
    plenary.evaluate(([number, at]) => appPage.ticket(number, at), [group, address] as const);
  const rapporteurTicket = (): Promise<string> =>
    plenary.evaluate((at) => appPage.rapporteurTicket(at), venue.address);
  return { plenary, ticket, rapporteurTicket };
}
const wait = { polling: 50, timeout: 30_000 } as const;
const waitForNote = (page: Page, text: string) =>
  page.waitForFunction((wanted) => appPage.notes(1).includes(wanted), text, wait);
const waitForReport = (page: Page, text: string) =>
  page.waitForFunction((wanted) => appPage.report() === wanted, text, wait);
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

  it("A2: the rapporteur's writes a note and the plan, to no effect on anyone", async () => {
    const { plenary, ticket, rapporteurTicket } = await openWorkshop();
    const group = await openLaptop(await ticket(1));
    const cheat = await openLaptop(await rapporteurTicket());
    await group.evaluate(() => appPage.note(1, 'said'));
    await waitForNote(cheat, 'said');
    const title = await plenary.evaluate(() => appPage.planTitle());
    await cheat.evaluate(() => appPage.note(1, 'never said'));
    await cheat.evaluate(() => appPage.forgePlanTitle('Forged'));
    // The report still goes where it belongs, and with it everything before it.
    await cheat.evaluate(() => appPage.writeReport('After the forgery.'));
    await waitForReport(plenary, 'After the forgery.');
    await group.evaluate(() => appPage.note(1, 'said later'));
    for (const page of [plenary, cheat]) await waitForNote(page, 'said later');
    expect(await cheat.evaluate(() => appPage.planTitle())).toBe('Forged');
    for (const page of [plenary, group]) {
      expect(await notes(page)).not.toContain('never said');
      expect(await page.evaluate(() => appPage.planTitle())).toBe(title);
    }
    const late = await openLaptop(await ticket(2));
    await late.waitForFunction((wanted) => appPage.planTitle() === wanted, title, wait);
  });
});

describe('what the rapporteur writes, in real Chromium', () => {
  const WRITTEN = 'Consensus on labels, none on liability.';
  /** Asked without telling the page what is looked for: it would have it in its memory then. */
  async function whereItStands(page: Page): Promise<readonly string[]> {
    const places = {
      memory: await pageMemory(page),
      disk: await page.evaluate(() => appPage.onDisk()),
    };
    return Object.entries(places).flatMap(([name, text]) => (text.includes(WRITTEN) ? [name] : []));
  }
  const isSaved = (page: Page) =>
    page.waitForFunction(() => appPage.storage().state === 'saved', undefined, wait);

  it("A2: comes to the plenary laptop, and not to a facilitator's, not with a session file either", async () => {
    const { plenary, ticket, rapporteurTicket } = await openWorkshop();
    const rapporteur = await openLaptop(await rapporteurTicket());
    const second = await openLaptop(await rapporteurTicket());
    const facilitator = await openLaptop(await ticket(1));
    // Reaches nobody: all that it gets comes with the file.
    const byFile = await openLaptop(await ticket(1, 'ws://127.0.0.1:9'));
    await rapporteur.evaluate((text) => appPage.writeReport(text), WRITTEN);
    for (const page of [plenary, second]) await waitForReport(page, WRITTEN);
    await plenary.evaluate(() => appPage.note(1, 'said afterwards'));
    await waitForNote(facilitator, 'said afterwards');

    const file = await plenary.evaluate(() => appPage.saveFile());
    const takeIn = (page: Page) => page.evaluate((saved) => appPage.takeInFile(saved), file);
    for (const page of [facilitator, byFile]) {
      expect(await takeIn(page)).toEqual({ report: false });
      expect(await notes(page)).toContain('said afterwards');
      expect(await page.evaluate(() => appPage.report())).toBeNull();
      await isSaved(page);
      expect(await whereItStands(page)).toEqual([]);
    }
    // Where it may be, the file has it, and it is found by the same means.
    expect(await takeIn(second)).toEqual({ report: true });
    for (const page of [plenary, rapporteur, second]) {
      await isSaved(page);
      expect(await whereItStands(page)).toEqual(['memory', 'disk']);
    }
    await Promise.all(contexts.splice(0).map((context) => context.close()));
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
    await waitForReport(plenary, 'From the rapporteur.');
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
