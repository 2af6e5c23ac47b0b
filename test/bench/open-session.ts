import type { OpenPage } from './pages/open-page.ts';
import { type BenchResult, median, round } from './measure.ts';
import type { BenchVenue } from './bench-venue.ts';

declare global {
  var openPage: OpenPage;
}

const NOTES = 10_000;
const RUNS = 15;

/** Opening a session with 10,000 notes against `Y.applyUpdate` of the same bytes, and its memory. */
export async function benchOpenSession(venue: BenchVenue): Promise<BenchResult> {
  const page = await venue.open('open.html', 'openPage');
  const bytes = await page.evaluate((notes) => openPage.prepare(notes), NOTES);
  const bare: number[] = [];
  const ours: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    // In turn, so that a busy moment of the machine meets both.
    bare.push(await page.evaluate(() => openPage.bare()));
    ours.push(await page.evaluate(() => openPage.ours()));
  }

  const heapOf = async (notes: number): Promise<number> => {
    const fresh = await venue.open('open.html', 'openPage');
    await fresh.evaluate((count) => openPage.prepare(count), notes);
    await fresh.reload();
    await fresh.waitForFunction(() => 'openPage' in globalThis);
    const tools = await fresh.context().newCDPSession(fresh);
    const used = async (): Promise<number> => {
      await tools.send('HeapProfiler.collectGarbage');
      return (await tools.send('Runtime.getHeapUsage')).usedSize;
    };
    const before = await used();
    const opened = await fresh.evaluate(() => openPage.hold());
    if (opened !== notes) throw new Error(`${opened} of ${notes} notes were opened`);
    const after = await used();
    await fresh.context().close();
    return after - before;
  };
  const heap = await heapOf(NOTES);
  await page.context().close();
  return {
    name: 'open',
    numbers: {
      notes: NOTES,
      megabytesOfUpdate: round(bytes / 1e6),
      applyUpdateMs: round(median(bare)),
      openSessionMs: round(median(ours)),
      ratio: round(median(ours) / median(bare)),
      heapKilobytesPer1000Notes: round(heap / 1024 / (NOTES / 1000)),
    },
    limits: [{ number: 'ratio', atMost: 3 }],
  };
}
