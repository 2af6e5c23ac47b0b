import type { Locator, Page } from 'playwright-core';
import { words } from './words.ts';

const card = (page: Page, text: string): Locator =>
  page.locator('[data-card]').filter({ hasText: text });

/** Waits until the board shows these recommendations, from whatever group. */
export async function waitForRecommendations(
  page: Page,
  texts: readonly string[],
  timeout: number,
): Promise<void> {
  for (const text of texts) await card(page, text).first().waitFor({ timeout });
}

export interface BoardSource {
  /** Its column, from 0. */
  readonly column: number;
  readonly text: string;
}

/** Merges recommendations by the keys that the board shows: Space on each, then M. */
export async function mergeRecommendations(
  page: Page,
  sources: readonly BoardSource[],
  text: string,
): Promise<void> {
  for (const source of sources) {
    const pick = card(page, source.text)
      .and(page.locator(`[data-column="${source.column}"]`))
      .locator('[data-pick]');
    await pick.focus();
    await page.keyboard.press('Space');
    await pick.and(page.locator(':checked')).waitFor();
  }
  await page.keyboard.press('m');
  const proposals = page.getByRole('region', { name: words('plenary.proposals') });
  const fresh = proposals.locator('textarea:focus');
  await fresh.waitFor();
  await fresh.fill(text);
  await page.keyboard.press('Escape');
}

export const showPart = (page: Page, key: 'board' | 'proposals' | 'polls' | 'agenda' | 'people') =>
  page
    .getByRole('tablist', { name: words('plenary.places') })
    .getByRole('tab', { name: words(`plenary.${key}`) })
    .click();
