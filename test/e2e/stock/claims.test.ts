import { chromium, type Page } from 'playwright-core';
import { afterAll as afterTests, beforeAll, describe, expect, it } from 'vitest';
import { directPasswordOf, documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import { type FakeSignaling, openFakeSignaling } from '../../fakes/signaling-server.ts';
import { chromiumLaunch } from '../../tools/chromium.ts';
import type { AppPage } from '../harness/app-page.ts';
import { openPage, openVenue, type Venue } from '../harness/venue.ts';
import { keyOfRoom } from './key-of-room.ts';
import {
  afterAll,
  closeAll,
  laptop,
  peersOf,
  staysFor,
  textOf,
  waitForEnd,
  waitForPeers,
  write,
} from './laptops.ts';
import { opensWith } from './open-signal.ts';

declare global {
  var appPage: AppPage;
}

/** What y-webrtc 10.3.0 says of itself and whom it speaks to, and what ours does. S3, A1. */
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

const claimsOf = (page: Page, room: string) =>
  page.evaluate((where) => stockPage.claims(where), room);

describe('S3: what is said about being in step', () => {
  it('stock: `synced` is true with nobody there, and stays so when a document does not come', async () => {
    const room = 'claims';
    const options = { kind: 'stock', room, address: signaling.address } as const;
    const a = await laptop(venue, options);
    // Somebody announces himself and is gone before anything came of it.
    await signaling.seen(({ topic }) => topic === room);
    signaling.publish(room, { type: 'announce', from: 'gone-again' });
    await a.waitForFunction((where) => stockPage.allPeers(where) === 1, room);
    await a.evaluate((where) => stockPage.drop(where), room);
    await a.waitForFunction((where) => stockPage.claims(where).synced, room);
    expect(await a.evaluate((where) => stockPage.allPeers(where), room)).toBe(0);

    const b = await laptop(venue, options);
    await write(b, room, 'x'.repeat(300_000));
    await Promise.all([waitForPeers(a, room), waitForPeers(b, room)]);
    await b.waitForFunction(() => probes.refusedSends.length > 0);
    await afterAll(b, a, room);
    expect(await textOf(a, room)).toBe('');
    expect(await claimsOf(a, room)).toMatchObject({ synced: true, events: [true] });
    await closeAll([a, b]);
  });

  it('ours: contact is what was answered in the last seconds, with nobody, somebody, nobody again', async () => {
    const url = `${venue.pageUrl('../harness/app.html')}?hub=${encodeURIComponent(venue.ownAddress)}`;
    const open = async (): Promise<Page> =>
      openPage(await venue.browser.newContext(), url, 'appPage');
    const plenary = await open();
    await plenary.evaluate(async () => appPage.open(await appPage.create()));
    const ticket = await plenary.evaluate((at) => appPage.ticket(1, at), venue.address);
    const contact = { inContact: true, waiting: 0, path: 'direct' };
    const nobody = { inContact: false, path: 'none' };
    expect(await plenary.evaluate(() => appPage.status(1))).toMatchObject(nobody);
    const group = await open();
    await group.evaluate(async (word) => appPage.open(await appPage.join(word)), ticket);
    const waitFor = (page: Page, wanted: object) =>
      page.waitForFunction(
        (fields) =>
          Object.entries(fields).every(([name, v]) => Reflect.get(appPage.status(1), name) === v),
        wanted,
        { polling: 50, timeout: 20_000 },
      );
    await Promise.all([waitFor(plenary, contact), waitFor(group, contact)]);
    await plenary.context().close();
    await group.evaluate(() => appPage.note(1, 'to nobody'));
    await waitFor(group, { ...nobody, waiting: 1 });
    await group.context().close();
  });
});

describe('leaving one room while another stays open on the same socket', () => {
  it('stock: `disconnect()` ends in being connected again', async () => {
    const [room, other] = ['left', 'stays'];
    const { address } = signaling;
    const a = await laptop(venue, { kind: 'stock', room, address });
    await a.evaluate((how) => stockPage.open(how), {
      kind: 'stock',
      room: other,
      address,
    } as const);
    const b = await laptop(venue, { kind: 'stock', room, address });
    await Promise.all([waitForPeers(a, room), waitForPeers(b, room)]);
    const [left, stays] = [await claimsOf(a, room), await claimsOf(b, room)];
    const from = signaling.published.length;
    const announcements = signaling.hold(({ data }) => data.type === 'announce');
    await a.evaluate((where) => stockPage.leave(where), room);
    expect((await claimsOf(a, room)).connected).toBe(false);
    for (const { peerId } of [left, stays]) {
      await signaling.seen(({ data }) => data.from === peerId && data.type === 'announce', from);
    }
    // Both say that they are here, also the one who left. If both got through there might be glare.
    announcements.release(({ data }) => data.from === stays.peerId);
    await waitForPeers(a, room);
    await write(b, room, 'to one who left');
    await waitForEnd(a, room, 'to one who left');
    expect((await claimsOf(a, room)).connected).toBe(false);
    await closeAll([a, b]);
  });

  it('ours: stays left, while the other room goes on', async () => {
    const [room, other] = ['left-ours', 'stays-ours'];
    const kind = 'ours';
    const { address } = venue;
    const pages = [
      await laptop(venue, { kind, room, address }),
      await laptop(venue, { kind, room, address }),
    ];
    const [a, b] = pages as [Page, Page];
    await venue.bring(keyOfRoom(other));
    for (const page of pages) {
      await page.evaluate((how) => stockPage.open(how), { kind, room: other, address } as const);
    }
    await Promise.all(pages.map((page) => waitForPeers(page, room)));
    await a.evaluate((where) => stockPage.leave(where), room);
    await waitForPeers(b, room, 0);
    await write(b, room, 'to one who left');
    await write(b, other, 'to one who stays');
    await waitForEnd(a, other, 'to one who stays');
    // Long enough for whoever is alone to say again that it is here.
    expect(await staysFor(6_000, () => textOf(a, room))).toBe('');
    expect(await peersOf(b, room)).toBe(0);
    await closeAll(pages);
  });
});

describe('whom it speaks to when nobody says otherwise', () => {
  it('stock: a public signaling server and public STUN servers', async () => {
    const room = 'defaults';
    const own = { kind: 'stock', room, ownIceServers: true } as const;
    const alone = await laptop(venue, { ...own, address: null });
    const urls = await alone.evaluate(() => probes.socketUrls);
    expect(urls).toContain('wss://y-webrtc-eu.fly.dev');

    const a = await laptop(venue, { ...own, address: signaling.address });
    const b = await laptop(venue, { ...own, address: signaling.address });
    await Promise.all([waitForPeers(a, room), waitForPeers(b, room)]);
    const servers = await a.evaluate(() => probes.iceServers);
    expect(servers.some((server) => server.startsWith('stun:stun.l.google.com'))).toBe(true);
    await closeAll([alone, a, b]);
  });

  it('ours: the addresses that it was given, and no server beside them', async () => {
    const options = { kind: 'ours', room: 'defaults-ours', address: venue.address } as const;
    const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
    await Promise.all([a, b].map((page) => waitForPeers(page, options.room)));
    for (const page of [a, b]) {
      const urls = await page.evaluate(() => probes.socketUrls);
      expect(urls.filter((url) => !url.startsWith(venue.address))).toEqual([]);
      expect(await page.evaluate(() => probes.iceServers)).toEqual([]);
    }
    await closeAll([a, b]);
  });
});

describe('A1: what the password protects', () => {
  it('stock: only signaling, and with a word that people choose not even that', async () => {
    const room = 'password';
    const options = {
      kind: 'stock',
      room,
      address: signaling.address,
      password: 'workshop',
    } as const;
    const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
    await write(a, room, 'said in confidence');
    await waitForEnd(b, room, 'said in confidence');
    // What goes through the data channel is not sealed with it …
    expect(await a.evaluate(() => probes.channelText)).toContain('said in confidence');
    // … and whoever runs signaling tries out words on one frame, the room's name being no secret.
    const frame = await signaling.seen(({ topic }) => topic === room);
    const { data } = JSON.parse(frame.text) as { readonly data: string };
    const guesses = ['password', 'group2', 'workshop', 'plenary'];
    const opened = await Promise.all(guesses.map((guess) => opensWith(guess, room, data)));
    expect(opened).toEqual([false, false, true, false]);
    await closeAll([a, b]);
  });

  it('ours: 256 random bits, and signaling never sees where a laptop is or what it says', async () => {
    const key = documentKeyFrom(crypto.getRandomValues(new Uint8Array(32)));
    expect(directPasswordOf(key.secret)).toMatch(/^[\w-]{43}$/u);
    const room = 'sealed-ours';
    const options = { kind: 'ours-direct', room, address: venue.address } as const;
    const [a, b] = [await laptop(venue, options), await laptop(venue, options)];
    await write(a, room, 'said in confidence');
    await waitForEnd(b, room, 'said in confidence');
    const said = await a.evaluate(() => probes.socketText);
    expect(said).not.toBe('');
    for (const plain of ['candidate', 'fingerprint', 'offer', 'answer', 'said in confidence']) {
      expect(said).not.toContain(plain);
    }
    await closeAll([a, b]);
  });
});

describe('a page that is not secure (http and no loopback), where crypto.subtle is missing', () => {
  it('stock: fails as soon as it is made with a password', async () => {
    const browser = await chromium.launch({
      ...chromiumLaunch(),
      args: [...(chromiumLaunch().args ?? []), '--host-resolver-rules=MAP 192.168.4.20 127.0.0.1'],
    });
    const page = await browser.newPage();
    await page.goto(venue.pageUrl('stock.html').replace(/\/\/[^:/]+/u, '//192.168.4.20'));
    await page.waitForFunction(() => 'stockPage' in globalThis);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    const options = {
      kind: 'stock',
      room: 'r',
      address: signaling.address,
      password: 'p',
    } as const;
    await expect(page.evaluate((how) => stockPage.open(how), options)).rejects.toThrow('importKey');
    await browser.close();
  });

  it('ours: the relay carries everything', async () => {
    const url = `${venue.pageUrl('../harness/app.html')}?hub=${encodeURIComponent(venue.ownAddress)}`;
    const open = async (secure: boolean): Promise<Page> => {
      const context = await venue.browser.newContext();
      if (!secure) {
        // As on such a page; the page itself stays on loopback, for the hub lets no other in.
        await context.addInitScript(() => {
          Object.defineProperty(globalThis, 'isSecureContext', { value: false });
          Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });
        });
      }
      return openPage(context, url, 'appPage');
    };
    const plenary = await open(true);
    await plenary.evaluate(async () => appPage.open(await appPage.create()));
    const ticket = await plenary.evaluate((at) => appPage.ticket(1, at), venue.address);
    const guest = await open(false);
    await guest.evaluate(async (word) => appPage.open(await appPage.join(word)), ticket);
    await guest.evaluate(() => appPage.note(1, 'from a guest'));
    await plenary.waitForFunction(() => appPage.notes(1).includes('from a guest'));
    await guest.waitForFunction(() => {
      const { path, waiting } = appPage.status(1);
      return path === 'relay' && waiting === 0;
    });
    await closeAll([plenary, guest]);
  });
});
