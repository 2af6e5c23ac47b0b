import type { Locator, Page } from 'playwright-core';
import { showPart } from './board-screen.ts';
import { words } from './words.ts';

/** "→ Poll" beside a proposal: one step. */
export async function pollOnProposal(page: Page, number: number): Promise<void> {
  await showPart(page, 'proposals');
  const name = words('polls.to-poll-of').replace('{number}', String(number));
  await page.getByRole('button', { name, exact: true }).click();
  await poll(page).waitFor();
}

/** The poll that is worked on. */
export const poll = (page: Page): Locator => page.getByRole('article');

/** Opens what waits. */
export const openPoll = (page: Page): Promise<void> =>
  poll(page)
    .getByRole('button', { name: words('polls.open') })
    .click();

export const closePoll = (page: Page): Promise<void> =>
  poll(page)
    .getByRole('button', { name: words('polls.close') })
    .click();

/** Asks once more about the same proposal, as it reads now. */
export const anotherRound = (page: Page): Promise<void> =>
  poll(page)
    .getByRole('button', { name: words('polls.another-round') })
    .click();

const objection = (page: Page, why: string): Locator =>
  page
    .getByRole('region', { name: words('polls.objections') })
    .getByRole('listitem')
    .filter({ hasText: why });

/** Waits until the objection that says this has arrived at the moderator. */
export const waitForObjection = (page: Page, why: string): Promise<void> =>
  objection(page, why).waitFor();

/** Works through the objection that says this, by other words. */
export async function addressObjection(
  page: Page,
  why: string,
  wording: string,
  changed: string,
): Promise<void> {
  const entry = objection(page, why);
  await entry.getByRole('button', { name: words('polls.change-wording') }).click();
  await entry.getByRole('textbox', { name: words('polls.wording') }).fill(wording);
  await entry.getByRole('textbox', { name: words('polls.what-changed') }).fill(changed);
  await entry.getByRole('button', { name: words('polls.mark-addressed') }).click();
  await entry.getByText(words('polls.objection-addressed')).waitFor();
}

export async function recordDissent(page: Page, why: string): Promise<void> {
  const entry = objection(page, why);
  await entry.getByRole('button', { name: words('polls.record-dissent') }).click();
  await entry.getByText(words('polls.objection-dissent')).waitFor();
}

/** Gives the reason and confirms rough consensus. */
export async function confirmConsensus(page: Page, reason: string): Promise<void> {
  const decision = page.getByRole('region', { name: words('polls.decision') });
  await decision.getByRole('textbox', { name: words('polls.reason') }).fill(reason);
  await decision.getByRole('button', { name: words('polls.confirm') }).click();
  await decision.getByText(words('polls.decided-for')).waitFor();
}

const result = (page: Page): Locator => page.getByRole('region', { name: words('polls.result') });

/** Waits until the result says this in one word, e.g. "to-confirm". */
export const waitForVerdict = (page: Page, status: string): Promise<void> =>
  result(page)
    .getByText(words(`polls.status-${status}`), { exact: true })
    .waitFor();

export interface ResultLine {
  /** All that the line says: who, how far, of how many. */
  readonly line: string;
  readonly agree: number;
  readonly votes: number;
}

/** Waits for the result of a poll that is closed, and reads its lines by stakeholder group. */
export async function readResult(page: Page): Promise<readonly ResultLine[]> {
  // With its sum it is written down for good.
  await poll(page).locator('code').waitFor();
  const lines = result(page)
    .getByRole('list', { name: words('polls.by-stakeholder-group') })
    .getByRole('listitem');
  const texts = await lines.allInnerTexts();
  return texts.flatMap((text) => {
    const line = text.replaceAll(/\s+/gu, ' ');
    const [, agree, votes] = /(\d+) of (\d+) agree/u.exec(line) ?? [];
    return agree === undefined ? [] : [{ line, agree: Number(agree), votes: Number(votes) }];
  });
}
