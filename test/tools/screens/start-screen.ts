import type { Page } from 'playwright-core';
import { words } from './words.ts';

/** On the first screen: makes a session from the sample and waits for its board. */
export async function startSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: words('start.sample') }).click();
  await page.waitForURL(/#\/session\/[^/]+\/board/u);
  await page.getByRole('tablist', { name: words('plenary.places') }).waitFor();
}

/** Joins as a person does who was sent a link: paste, look, join. */
export async function joinWithTicket(page: Page, ticket: string): Promise<void> {
  await page.getByRole('button', { name: words('start.join') }).click();
  await page.getByLabel(words('join.ticket')).fill(ticket);
  await page.getByRole('button', { name: words('join.submit') }).click();
  await page.waitForURL(/#\/session\//u);
}

/** On the first screen: goes on with the newest session of this laptop. */
export async function openNewestSession(page: Page): Promise<void> {
  const list = page.getByRole('list', { name: words('start.list') });
  await list.getByRole('listitem').first().getByRole('link').click();
  await page.waitForURL(/#\/session\//u);
}
