import type { Locator, Page } from 'playwright-core';
import { words, wordsPattern } from './words.ts';
import { showPart } from './board-screen.ts';

/** Exact: "Not open to the room yet" has the same words in it. */
const openHeading = (page: Page): Locator =>
  page.getByRole('heading', { name: words('plenary.room-open'), exact: true });

/** Opens the session to the network, unless it has been opened again by itself meanwhile. */
export async function openToRoom(page: Page): Promise<void> {
  await showPart(page, 'people');
  const room = page.getByRole('region', { name: words('plenary.the-room') });
  const toOpen = room.getByRole('button', { name: words('plenary.open-to-room') });
  await toOpen.or(openHeading(page)).first().waitFor();
  if ((await openHeading(page).count()) === 0) await toOpen.click();
  await openHeading(page).waitFor();
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

/** Whether the screen says that the session is open to the room, and at which addresses. */
export async function readRoom(
  page: Page,
): Promise<{ readonly open: boolean; readonly addresses: readonly string[] }> {
  await showPart(page, 'people');
  const room = page.getByRole('region', { name: words('plenary.the-room') });
  await room.waitFor();
  const open = (await openHeading(page).count()) > 0;
  return { open, addresses: await room.getByRole('listitem').allTextContents() };
}
