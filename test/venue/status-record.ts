import type { Page } from 'playwright-core';
import { readClaim, type StatusClaim } from '../tools/screens/status-screen.ts';

/** What a laptop's status line said at one moment. */
export interface Moment {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
  readonly words: string;
  readonly claim: StatusClaim;
}

interface Sample {
  readonly at: number;
  readonly said: readonly string[];
}
declare global {
  var caucusTellStatus: ((sample: Sample) => unknown) | undefined;
}

const EVERY_MS = 250;

/** Reads the status line in the page, by the page's own timer: a page that sleeps says nothing. */
function readInPage(everyMs: number): void {
  setInterval(() => {
    const buttons = document.querySelectorAll('header button');
    const said = [...buttons].map((button) => button.textContent);
    const at = Math.round(performance.timeOrigin + performance.now());
    void globalThis.caucusTellStatus?.({ at, said });
  }, everyMs);
}

/** Has every page of this laptop tell four times a second what its status line says. */
export async function recordStatus(page: Page, tell: (moment: Moment) => void): Promise<void> {
  await page.exposeFunction('caucusTellStatus', ({ at, said }: Sample) => {
    for (const words of said) {
      const claim = readClaim(words);
      if (claim !== null) tell({ at, words, claim });
    }
  });
  await page.addInitScript(readInPage, EVERY_MS);
}
