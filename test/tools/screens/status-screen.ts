import type { Locator, Page } from 'playwright-core';
import { words, wordsMatcher } from './words.ts';

/** Every sentence that a laptop's status line can say, by its message's key. */
export const statusClaims = [
  'status.not-saved',
  'status.all-there',
  'status.all-there-last',
  'status.coming',
  'status.on-their-way',
  'status.saved-here',
  'status.waiting-never',
  'status.waiting',
  'status.room-nobody-yet',
  'status.room',
] as const;
export type StatusClaim = (typeof statusClaims)[number];

const matchers = statusClaims.map((key) => ({ key, pattern: wordsMatcher(key) }));

/** Which of its sentences a status line says; null where these are other words. */
export function readClaim(said: string): StatusClaim | null {
  return matchers.find(({ pattern }) => pattern.test(said.trim()))?.key ?? null;
}

const statusLine = (page: Page): Locator =>
  page
    .getByRole('banner')
    .first()
    .getByRole('button')
    .filter({
      hasText: new RegExp(
        matchers.map(({ pattern }) => pattern.source.slice(1, -1)).join('|'),
        'u',
      ),
    });

/** What the laptop's own screen says about the way its notes go. */
export async function readPath(
  page: Page,
): Promise<'direct' | 'relay' | 'file' | 'none' | 'unknown'> {
  await statusLine(page).click();
  const says = await page.getByRole('dialog').first().textContent();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').first().waitFor({ state: 'detached' });
  const paths = ['direct', 'relay', 'file', 'none'] as const;
  return paths.find((path) => says?.includes(words(`status.path-${path}`)) === true) ?? 'unknown';
}

/** Opens a part of the status that is folded away; leaves open what is open. */
async function unfold(page: Page, key: string): Promise<void> {
  const fold = page
    .getByRole('dialog')
    .first()
    .getByRole('button', { name: words(key), exact: true });
  if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
}

/** Types where the plenary laptop is, as a person does to whom somebody calls it across the room. */
export async function typeAddress(page: Page, address: string): Promise<void> {
  await statusLine(page).click();
  await unfold(page, 'status.addresses');
  await page.getByRole('textbox', { name: words('status.another-address') }).fill(address);
  await page.getByRole('button', { name: words('status.try-address') }).click();
  await page.getByText(words('status.address-added')).waitFor();
  await page.keyboard.press('Escape');
}

/**
 * On a facilitator's laptop: lets the group's other laptop connect to this one, as they do who
 * cannot reach the plenary laptop. Gives the address that the screen then shows.
 */
export async function openToOwnGroup(page: Page): Promise<string> {
  await statusLine(page).click();
  const dialog = page.getByRole('dialog').first();
  await unfold(page, 'status.door');
  await dialog.getByRole('button', { name: words('status.door-open') }).click();
  await dialog.getByText(words('status.door-where')).waitFor();
  const says = (await dialog.getByRole('list').last().textContent()) ?? '';
  await page.keyboard.press('Escape');
  return /\d+\.\d+\.\d+\.\d+:\d+/u.exec(says)?.[0] ?? '';
}
