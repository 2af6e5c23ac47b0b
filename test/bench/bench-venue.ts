import type { Page } from 'playwright-core';
import { openPage, openVenue, type Venue } from '../e2e/harness/venue.ts';

/** Benchmarks run in real Chromium pages, each in a context of its own, over the real hub. */
export interface BenchVenue extends Venue {
  open(name: string, ready: string): Promise<Page>;
}

export async function openBenchVenue(): Promise<BenchVenue> {
  const venue = await openVenue('test/bench/pages');
  return {
    ...venue,
    async open(name, ready) {
      const context = await venue.browser.newContext();
      return openPage(context, venue.pageUrl(name), ready);
    },
  };
}
