import type { Page } from 'playwright-core';
import { words } from './words.ts';

/** As a moderator, goes to a group's notes through the row of places. */
export async function showGroup(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: words('frame.places') })
    .getByRole('link', { name: new RegExp(name, 'u') })
    .click();
  await page.getByLabel(words('composer.text'), { exact: true }).waitFor();
}
