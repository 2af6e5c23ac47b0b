import type { Page } from 'playwright-core';
import { words, wordsPattern } from './words.ts';
import { showPart } from './board-screen.ts';

/** Opens the session to the network and gives the addresses that the screen then shows. */
export async function openToRoom(page: Page): Promise<void> {
  await showPart(page, 'people');
  const room = page.getByRole('region', { name: words('plenary.the-room') });
  await room.getByRole('button', { name: words('plenary.open-to-room') }).click();
  await page.getByRole('heading', { name: words('plenary.room-open') }).waitFor();
}

/** Copies the ticket as a moderator does, and reads it from the clipboard. */
export async function copyTicket(page: Page, name: string): Promise<string> {
  await page
    .getByRole('group', { name: words('plenary.ticket-for').replace('{name}', name) })
    .getByRole('button', { name: words('plenary.copy') })
    .click();
  await page.getByText(wordsPattern('plenary.copied')).first().waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

export async function addGroup(page: Page, name: string): Promise<void> {
  const field = page.getByRole('textbox', { name: words('plenary.new-group') });
  await field.fill(name);
  await field.press('Enter');
  await page
    .getByRole('group', { name: words('plenary.ticket-for').replace('{name}', name) })
    .waitFor();
}

/** Starts the next segment of the agenda. */
export async function startNextSegment(page: Page): Promise<void> {
  await showPart(page, 'agenda');
  await page.keyboard.press('n');
}
