import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

/** The phone page's own words. */
const file = JSON.parse(
  readFileSync(new URL('../../../renderer/audience/messages/en.json', import.meta.url), 'utf8'),
) as { readonly messages: Readonly<Record<string, unknown>> };

export function phoneWords(key: string): string {
  const message = file.messages[key];
  if (typeof message !== 'string') throw new Error(`No message "${key}" on the phone page`);
  return message;
}

export interface Person {
  /** As the room calls them; null is "rather not say". */
  readonly stakeholderGroup: string | null;
  readonly region: string | null;
}

/** What there is to choose from, without "rather not say". */
export async function offered(page: Page, key: string): Promise<readonly string[]> {
  const options = page
    .getByRole('main')
    .getByLabel(phoneWords(key), { exact: true })
    .locator('option:enabled');
  const texts = await options.allTextContents();
  return texts.filter((text) => text !== phoneWords('who.unsaid'));
}

/** The first screen: who one is here, then on to the question. */
export async function sayWho(page: Page, person: Person): Promise<void> {
  const choose = async (key: string, name: string | null): Promise<void> => {
    const select = page.getByRole('main').getByLabel(phoneWords(key), { exact: true });
    await select.selectOption({ label: name ?? phoneWords('who.unsaid') });
  };
  await choose('who.stakeholderGroup', person.stakeholderGroup);
  await choose('who.region', person.region);
  const breakoutGroup = page
    .getByRole('main')
    .getByLabel(phoneWords('who.breakoutGroup'), { exact: true });
  if ((await breakoutGroup.count()) > 0) {
    await breakoutGroup.selectOption({ label: phoneWords('who.unsaid') });
  }
  await page.getByRole('button', { name: phoneWords('who.go') }).click();
}

/** Waits until the question is this one. */
export const waitForQuestion = (page: Page, text: string): Promise<void> =>
  page.getByText(text, { exact: true }).first().waitFor();

/** Taps an answer, and waits until the phone says that it is counted. */
export async function answer(page: Page, key: 'agree' | 'pass' | 'disagree'): Promise<void> {
  await page.getByRole('button', { name: phoneWords(`answer.${key}`), exact: true }).click();
  await counted(page).waitFor();
}

const counted = (page: Page): Locator =>
  page.getByText(phoneWords('vote.counted'), { exact: true });

/** "I cannot live with this", and why; waits until the moderators have it. */
export async function objectTo(page: Page, why: string): Promise<void> {
  await page.getByRole('button', { name: phoneWords('object.open') }).click();
  await page.getByRole('main').getByLabel(phoneWords('object.label')).fill(why);
  await page.getByRole('button', { name: phoneWords('object.send') }).click();
  await page.getByText(phoneWords('object.counted')).waitFor();
}
