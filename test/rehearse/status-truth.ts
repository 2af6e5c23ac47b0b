import type { Page } from 'playwright-core';
import { words } from '../tools/screens/words.ts';

/** Whether a facilitator's screen claims at this moment that the plenary laptop has everything. */
export async function claimsAllThere(page: Page): Promise<boolean> {
  const bar = await page.getByRole('banner').first().textContent();
  return bar?.includes(words('status.all-there')) === true;
}

/** Rule S3 gives the screen this long to catch up with the truth. Milliseconds. */
const GRACE_MS = 3_000;

/**
 * Whether that claim is a lie: it says that all notes are at the plenary laptop, while a note that
 * was finished more than three seconds ago is not on that laptop's disk.
 */
export function isLie(
  claimed: boolean,
  typed: readonly { readonly text: string; readonly at: number }[],
  onDisk: ReadonlySet<string>,
  now: number,
): boolean {
  return claimed && typed.some(({ text, at }) => now - at > GRACE_MS && !onDisk.has(text));
}
