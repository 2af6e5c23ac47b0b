import type { Page } from 'playwright-core';
import { afterAll as afterTests, beforeAll, describe, expect, it } from 'vitest';
import {
  type FakeSignaling,
  openFakeSignaling,
  type Published,
} from '../../fakes/signaling-server.ts';
import { openVenue, type Venue } from '../harness/venue.ts';
import {
  closeAll,
  laptop,
  peersOf,
  staysFor,
  textOf,
  waitForEnd,
  waitForPeers,
  write,
} from './laptops.ts';

/** How y-webrtc 10.3.0's connections die or never come up, and that ours come back. S2. */
let venue: Venue;
beforeAll(async () => {
  venue = await openVenue('test/e2e/stock');
});
afterTests(() => venue?.close());

/** For a test of stock: signaling of its own, since what it loses is lost for everyone. */
async function withSignaling(test: (signaling: FakeSignaling) => Promise<void>): Promise<void> {
  const signaling = await openFakeSignaling();
  try {
    await test(signaling);
  } finally {
    await signaling.close();
  }
}

async function peerIdOf(page: Page, room: string): Promise<string> {
  await page.waitForFunction((where) => stockPage.claims(where).peerId !== '', room);
  return page.evaluate((where) => stockPage.claims(where).peerId, room);
}

const MORE_THAN_ANY = 1_000_000;

// Side by side, for most of the time is waiting.
describe.concurrent('both ends drop at the same instant', () => {
  it('stock: leaves a pair that says "connected" and carries nothing', () =>
    withSignaling(async (hub) => {
      const room = 'glare';
      const options = { kind: 'stock', room, address: hub.address } as const;
      const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
      await write(a, room, 'met');
      await waitForEnd(b, room, 'met');
      const [idOfA, idOfB] = [await peerIdOf(a, room), await peerIdOf(b, room)];
      const from = hub.published.length;
      const bothSaid = (fits: (published: Published) => boolean) =>
        Promise.all(
          [idOfA, idOfB].map((id) => hub.seen((said) => said.data.from === id && fits(said), from)),
        );
      // What each says on dropping reaches the other when both have said it, and so do the offers.
      const announcements = hub.hold(({ data }) => data.type === 'announce');
      await Promise.all([a, b].map((page) => page.evaluate((w) => stockPage.drop(w), room)));
      await bothSaid(({ data }) => data.type === 'announce');
      announcements.release();
      const signals = hub.hold(({ data }) => data.type === 'signal');
      await bothSaid(({ data }) => data.signal?.type === 'offer');
      signals.release();
      await Promise.all([waitForPeers(a, room), waitForPeers(b, room)]);
      await write(a, room, ' from a');
      await write(b, room, ' from b');
      // On this machine a letter takes 5 ms when it comes.
      const texts = () => Promise.all([textOf(a, room), textOf(b, room)]);
      expect(await staysFor(3_000, texts)).toEqual(['met from a', 'met from b']);
      expect(await peersOf(a, room)).toBe(1);
      expect(await peersOf(b, room)).toBe(1);
      await closeAll([a, b]);
    }));

  it('ours: comes back every time', async () => {
    const room = 'glare-ours';
    const options = { kind: 'ours-direct', room, address: venue.address } as const;
    const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
    await write(a, room, 'met');
    await waitForEnd(b, room, 'met');
    for (const word of ['one', 'two', 'three']) {
      await Promise.all([a, b].map((page) => page.evaluate((w) => stockPage.drop(w), room)));
      await write(a, room, word);
      await waitForEnd(b, room, word);
    }
    await closeAll([a, b]);
  });
});

describe.concurrent('an offer that is lost', () => {
  it('stock: stands in the way of every later one', () =>
    withSignaling(async (hub) => {
      const room = 'lost';
      const options = { kind: 'stock', room, address: hub.address } as const;
      const a = await laptop(venue, options, { lostOffers: 1 });
      const b = await laptop(venue, options);
      await a.waitForFunction((where) => stockPage.allPeers(where) === 1, room);
      const from = await peerIdOf(b, room);
      // The other laptop says again and again that it is here …
      for (let time = 0; time < 5; time += 1) hub.publish(room, { type: 'announce', from });
      // … and is never sent an offer, though a stranger who says so after it is.
      hub.publish(room, { type: 'announce', from: 'stranger' });
      await hub.seen(({ data }) => data.to === 'stranger' && data.signal?.type === 'offer');
      expect(hub.published.some(({ data }) => data.to === from)).toBe(false);
      expect(await peersOf(a, room)).toBe(0);
      const claims = await a.evaluate((where) => stockPage.claims(where), room);
      expect(claims.connected).toBe(true);
      await closeAll([a, b]);
    }));

  it('ours: is made again within the watchdog’s 10 s', async () => {
    const room = 'lost-ours';
    const options = { kind: 'ours-direct', room, address: venue.address } as const;
    // The one with the greater id makes the offer, whichever that is.
    const a = await laptop(venue, options, { lostOffers: 1 });
    const b = await laptop(venue, options, { lostOffers: 1 });
    await write(a, room, 'through');
    await waitForEnd(b, room, 'through');
    // The first attempt was lost, or this would have proved nothing.
    const attempts = [a, b].map((page) => page.evaluate(() => probes.connections.length));
    expect(Math.max(...(await Promise.all(attempts)))).toBeGreaterThan(1);
    await closeAll([a, b]);
  });
});

describe.concurrent('addresses behind names that cannot be resolved', () => {
  const iceStates = () => probes.connections.map(({ iceConnectionState }) => iceConnectionState);

  it('stock: keeps ICE at "new" for ever', () =>
    withSignaling(async (hub) => {
      const room = 'names';
      const options = { kind: 'stock', room, address: hub.address } as const;
      const faults = { unresolvable: MORE_THAN_ANY };
      const [a, b] = [await laptop(venue, options, faults), await laptop(venue, options, faults)];
      for (const page of [a, b]) {
        await page.waitForFunction(
          () => probes.connections[0]?.currentRemoteDescription?.type !== undefined,
        );
      }
      // Longer than ours waits before it throws such a connection away.
      const state = () => Promise.all([a.evaluate(iceStates), b.evaluate(iceStates)]);
      expect(await staysFor(9_000, state)).toEqual([['new'], ['new']]);
      expect(await peersOf(a, room)).toBe(0);
      await closeAll([a, b]);
    }));

  it('ours: throws such a connection away, and the next one comes up', async () => {
    const room = 'names-ours';
    const options = { kind: 'ours-direct', room, address: venue.address } as const;
    const faults = { unresolvable: 1 };
    const [a, b] = [await laptop(venue, options, faults), await laptop(venue, options, faults)];
    await write(a, room, 'through');
    await waitForEnd(b, room, 'through');
    const states = await a.evaluate(iceStates);
    expect(states[0]).toBe('closed');
    await closeAll([a, b]);
  });

  it('ours: comes up at once where one end, as in Electron, shows its addresses', async () => {
    const room = 'names-one';
    const options = { kind: 'ours-direct', room, address: venue.address } as const;
    // One end cannot resolve what it is told; the other can, and asks from an address.
    const a = await laptop(venue, options, { unresolvable: MORE_THAN_ANY });
    const b = await laptop(venue, options);
    await write(a, room, 'through');
    await waitForEnd(b, room, 'through');
    expect(await a.evaluate(iceStates)).toContain('connected');
    await closeAll([a, b]);
  });
});

describe.concurrent('the word that a laptop is here', () => {
  it('stock: is said once, and if it is lost, two laptops never meet', () =>
    withSignaling(async (hub) => {
      const room = 'announced';
      const options = { kind: 'stock', room, address: hub.address } as const;
      const lost = hub.hold(() => true);
      const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
      for (const page of [a, b]) {
        const id = await peerIdOf(page, room);
        await hub.seen(({ data }) => data.from === id);
      }
      const { length } = hub.published;
      lost.release(() => false);
      // Longer than ours waits before it says so again.
      expect(await staysFor(7_000, () => Promise.resolve(hub.published.length))).toBe(length);
      expect(await a.evaluate((where) => stockPage.allPeers(where), room)).toBe(0);
      await closeAll([a, b]);
    }));

  it('ours: is said again until somebody is found', async () => {
    const room = 'announced-ours';
    const options = { kind: 'ours-direct', room, address: venue.address } as const;
    const faults = { lostSignals: 1 };
    const [a, b] = [await laptop(venue, options, faults), await laptop(venue, options, faults)];
    await write(a, room, 'through');
    await waitForEnd(b, room, 'through');
    await closeAll([a, b]);
  });
});
