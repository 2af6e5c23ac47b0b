import { afterAll as afterTests, beforeAll, describe, expect, it } from 'vitest';
import { type FakeSignaling, openFakeSignaling } from '../../fakes/signaling-server.ts';
import { openVenue, type Venue } from '../harness/venue.ts';
import {
  afterAll,
  closeAll,
  laptop,
  laptops,
  peersOf,
  textOf,
  waitForEnd,
  waitForPeers,
  write,
} from './laptops.ts';

/** What y-webrtc 10.3.0 does with messages, and what ours does. Docs name the faults; S4. */
let venue: Venue;
let signaling: FakeSignaling;
beforeAll(async () => {
  venue = await openVenue('test/e2e/stock');
  signaling = await openFakeSignaling();
});
afterTests(async () => {
  await venue?.close();
  await signaling?.close();
});

const LARGE = 'x'.repeat(300_000);

describe('S4: a message of more than 262,144 bytes', () => {
  it('stock: is swallowed, and what is typed after it stays invisible, while it says "connected"', async () => {
    const room = 'paste';
    const options = { kind: 'stock', room, address: signaling.address } as const;
    const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
    await write(a, room, 'met');
    await waitForEnd(b, room, 'met');
    await write(a, room, LARGE);
    await write(a, room, 'small');
    await afterAll(a, b, room);
    expect(await a.evaluate(() => probes.refusedSends.length)).toBeGreaterThan(0);
    expect(await textOf(b, room)).toBe('met');
    expect(await b.evaluate((where) => stockPage.pending(where), room)).toBe(true);
    for (const page of [a, b]) {
      const claims = await page.evaluate((where) => stockPage.claims(where), room);
      expect(claims.connected).toBe(true);
    }
    await closeAll([a, b]);
  });

  it('stock: keeps a document of 300 KB from a fresh laptop for ever', async () => {
    const room = 'document';
    const options = { kind: 'stock', room, address: signaling.address } as const;
    const a = await laptop(venue, options);
    await write(a, room, LARGE);
    const b = await laptop(venue, options);
    await Promise.all([waitForPeers(a, room), waitForPeers(b, room)]);
    await a.waitForFunction(() => probes.refusedSends.length > 0);
    await afterAll(a, b, room);
    expect(await textOf(b, room)).toBe('');
    const claims = await b.evaluate((where) => stockPage.claims(where), room);
    expect(claims.connected).toBe(true);
    await closeAll([a, b]);
  });

  it('ours: arrives whole, and so does what is typed after it', async () => {
    const room = 'paste-ours';
    const options = { kind: 'ours-direct', room, address: venue.address } as const;
    const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
    await write(a, room, 'met');
    await waitForEnd(b, room, 'met');
    await write(a, room, LARGE);
    await write(a, room, 'small');
    await waitForEnd(b, room, 'small');
    const fresh = await laptop(venue, options);
    await waitForEnd(fresh, room, 'small');
    for (const page of [b, fresh]) {
      expect(await textOf(page, room)).toBe(`met${LARGE}small`);
    }
    expect(await a.evaluate(() => probes.refusedSends)).toEqual([]);
    await closeAll([a, b, fresh]);
  });
});

/** Messages with a change that all laptops sent, from one letter to all having it. */
async function updatesForOneLetter(kind: 'stock' | 'ours', count: number): Promise<number> {
  const room = `letter-${kind}-${count}`;
  const address = kind === 'stock' ? signaling.address : venue.address;
  const pages = await laptops(venue, { kind, room, address }, count);
  await Promise.all(pages.map((page) => waitForPeers(page, room, count - 1)));
  const [first] = pages;
  if (first === undefined) throw new Error('No laptop');
  await write(first, room, 'met');
  await Promise.all(pages.map((page) => waitForEnd(page, room, 'met')));
  const sent = async (): Promise<number> => {
    const each = await Promise.all(pages.map((page) => page.evaluate(() => probes.updatesSent)));
    return each.reduce((sum, value) => sum + value, 0);
  };
  const before = await sent();
  await write(first, room, 'e');
  // Whoever has the letter has also passed it on: that happens in the same turn.
  await Promise.all(pages.map((page) => waitForEnd(page, room, 'e')));
  const after = await sent();
  await closeAll(pages);
  return after - before;
}

describe('messages for one letter', () => {
  it('stock: N laptops send N(N-1)', async () => {
    expect(await updatesForOneLetter('stock', 2)).toBe(2);
    expect(await updatesForOneLetter('stock', 4)).toBe(12);
  });

  it('ours: two laptops send one, and more of them never more than N(N-1)', async () => {
    expect(await updatesForOneLetter('ours', 2)).toBeLessThanOrEqual(2);
    expect(await updatesForOneLetter('ours', 4)).toBeLessThanOrEqual(12);
  });
});

describe('more laptops than a mesh takes', () => {
  it('stock: falls into parts that never hear of each other, and every part says "connected"', async () => {
    const room = 'parts';
    const options = { kind: 'stock', room, address: signaling.address, maxConns: 1 } as const;
    const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
    await Promise.all([waitForPeers(a, room), waitForPeers(b, room)]);
    const [c, d] = [await laptop(venue, options), await laptop(venue, options)];
    await Promise.all([waitForPeers(c, room), waitForPeers(d, room)]);
    await write(a, room, 'from a');
    await waitForEnd(b, room, 'from a');
    await write(c, room, 'from c');
    await waitForEnd(d, room, 'from c');
    for (const page of [a, b, c, d]) {
      const claims = await page.evaluate((where) => stockPage.claims(where), room);
      expect(claims.connected).toBe(true);
      expect(await peersOf(page, room)).toBe(1);
    }
    expect(await textOf(b, room)).toBe('from a');
    expect(await textOf(d, room)).toBe('from c');
    await closeAll([a, b, c, d]);
  });

  it('ours: the relay joins those whom the mesh has no place for', async () => {
    const room = 'many';
    const pages = await laptops(venue, { kind: 'ours', room, address: venue.address }, 10);
    for (const [number, page] of pages.entries()) await write(page, room, `<${number}>`);
    await Promise.all(
      pages.map((page) =>
        page.waitForFunction(
          (where) => [...stockPage.text(where).matchAll(/<\d>/gu)].length === 10,
          room,
          { polling: 100 },
        ),
      ),
    );
    const meshes = await Promise.all(pages.map((page) => peersOf(page, room)));
    expect(Math.max(...meshes)).toBeLessThanOrEqual(8);
    await closeAll(pages);
  });
});
