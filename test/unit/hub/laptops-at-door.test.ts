import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { accessKeyOf, type DocumentKey } from '../../../src/core/protocol/document-key.ts';
import {
  DOOR_LAPTOP_BYTES,
  doorKeyOf,
  LAPTOP_SUBPROTOCOL,
  makeDoorToken,
} from '../../../src/core/protocol/door-token.ts';
import { RELAY_PATH } from '../../../src/core/protocol/relay-frame.ts';
import { VOTE_PATH } from '../../../src/core/protocol/voting-frames.ts';
import { createLaptopsAtDoor } from '../../../src/hub/relay/laptops-at-door.ts';
import { networkPages } from '../../../src/hub/web/answer.ts';
import { askerInHead } from '../../../src/hub/web/asker-in-head.ts';
import { networkLimits } from '../../../src/hub/web/door-limits.ts';
import type { DoorLimits } from '../../../src/hub/web/door-limits.ts';
import { createKnownAskers } from '../../../src/hub/web/known-askers.ts';
import { openDoor } from '../../../src/hub/web/open-door.ts';
import { networkGuard } from '../../../src/hub/web/request-guard.ts';
import { ask, knock } from './ask.ts';
import { eventually } from './eventually.ts';
import { openLaptop, startTestHub, testKey } from './laptop.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const ours = testKey(1);
const newLaptop = (): Uint8Array => random(DOOR_LAPTOP_BYTES);
const offer = ({ secret }: DocumentKey = ours, laptop = newLaptop()): string =>
  `${LAPTOP_SUBPROTOCOL}, ${makeDoorToken(doorKeyOf(accessKeyOf(secret)), laptop, random)}`;

function knowing(...keys: DocumentKey[]): ReturnType<typeof createLaptopsAtDoor> {
  const laptops = createLaptopsAtDoor();
  for (const { documentId, secret } of keys) laptops.learn(documentId, accessKeyOf(secret));
  return laptops;
}

describe('a laptop that shows the key of a document', () => {
  it('is known, under the same name each time, and each token counts once', () => {
    const { laptopIn } = knowing(testKey(2), ours);
    const laptop = newLaptop();
    const shown = offer(ours, laptop);
    const known = {
      laptop: Buffer.from(laptop).toString('base64url'),
      documentId: ours.documentId,
    };
    expect(laptopIn(shown)).toEqual(known);
    expect(laptopIn(shown)).toBeNull();
    expect(laptopIn(offer(ours, laptop))).toEqual(known);
  });

  it('is nobody once the hub does not know the document, or never did', () => {
    const laptops = knowing(ours, testKey(2));
    expect(laptops.laptopIn(offer(testKey(3)))).toBeNull();
    laptops.forget(ours.documentId);
    expect(laptops.laptopIn(offer())).toBeNull();
    expect(laptops.laptopIn(offer(testKey(2)))).not.toBeNull();
    laptops.forgetAll();
    expect(laptops.laptopIn(offer(testKey(2)))).toBeNull();
  });

  it('shows it in one way only', () => {
    const { laptopIn } = knowing(ours);
    const shown = offer();
    const [, token = ''] = shown.split(', ');
    const others = [undefined, '', LAPTOP_SUBPROTOCOL, token, `other, ${token}`, `${shown}, more`];
    for (const other of [...others, `${shown}A`, 'x'.repeat(4_000), shown.slice(0, -1)]) {
      expect(laptopIn(other)).toBeNull();
    }
    expect(laptopIn(` ${shown} `)).not.toBeNull();
  });

  it('is looked for where laptops connect, and nowhere else', () => {
    const { laptopIn } = knowing(ours);
    const voterIn = (): null => null;
    const head = (path: string): string =>
      `GET ${path} HTTP/1.1\r\nHost: a\r\nsec-websocket-protocol: ${offer()}\r\nX: y`;
    for (const path of ['/hub', `${RELAY_PATH}2`, VOTE_PATH, `/x?${RELAY_PATH}`]) {
      expect(askerInHead(head(path), { voterIn, laptopIn })).toBeNull();
    }
    expect(askerInHead(head(RELAY_PATH), { voterIn, laptopIn })).toMatchObject({ kind: 'laptop' });
  });
});

describe('who has a key and makes up laptops without end', () => {
  it('has what all laptops of the document have together, and no more', () => {
    let time = 0;
    const mayAsk = createKnownAskers(networkLimits, () => time);
    const laptop = (name: string, documentId = 'plan'): boolean =>
      mayAsk({ kind: 'laptop', laptop: name, documentId });
    const { ofOneDocument, ofOneLaptop } = networkLimits;
    let admitted = 0;
    for (let n = 0; n < 1_000; n += 1) if (laptop(`made up ${n}`)) admitted += 1;
    expect(admitted).toBe(ofOneDocument.burst);
    expect(laptop('honest')).toBe(false);
    // Of another document, as of the group: nothing of that is taken.
    expect(laptop('honest', 'group')).toBe(true);
    time += 1_000;
    admitted = 0;
    for (let n = 0; n < 1_000; n += 1) if (laptop(`made up ${n}, again`)) admitted += 1;
    expect(admitted).toBe(ofOneDocument.perSecond);
    // One laptop alone never gets so far.
    admitted = 0;
    for (let n = 0; n < 1_000; n += 1) if (laptop('one', 'other')) admitted += 1;
    expect(admitted).toBe(ofOneLaptop.burst);
    expect(laptop('another', 'other')).toBe(true);
  });
});

/** A network door that lets an address ask `burst` times, and nothing more for hours. */
async function openTestDoor(burst: number, limits: Partial<DoorLimits> = {}): Promise<number> {
  const { laptopIn } = knowing(ours);
  const opened = await openDoor({
    door: 'network',
    hosts: ['127.0.0.1'],
    port: 0,
    guard: networkGuard(),
    services: [
      {
        path: RELAY_PATH,
        server: new WebSocketServer({ noServer: true }),
        accept: (socket) => void socket.on('error', () => undefined),
      },
    ],
    pages: networkPages(null),
    whoAsks: (head) => askerInHead(head, { voterIn: () => null, laptopIn }),
    limits: { ...networkLimits, requests: { burst, perSecond: 1e-6 }, ...limits },
    log: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.reason);
  toClose.push(() => opened.door.close());
  return opened.door.port;
}
const host = '127.0.0.1';
const come = (port: number, subprotocols: string): Promise<number> =>
  knock(port, RELAY_PATH, { host, protocols: subprotocols.split(', ') });

describe('at the door, where strangers behind the same address have used up what it may ask', () => {
  it('a laptop with the key gets in; with a wrong or used token, or none, it does not', async () => {
    const port = await openTestDoor(1);
    expect((await ask(port, '/hub', { host })).status).toBe(200);
    expect((await ask(port, '/hub', { host })).status).toBe(429);
    const recorded = offer();
    expect(await come(port, recorded)).toBe(101);
    expect(await come(port, recorded)).toBe(429);
    const [name = '', token = ''] = offer().split(', ');
    const tampered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect(await come(port, `${name}, ${tampered}`)).toBe(429);
    expect(await come(port, offer(testKey(2)))).toBe(429);
    expect(await knock(port, RELAY_PATH, { host })).toBe(429);
    expect(await come(port, offer())).toBe(101);
  });

  it('a wrong token counts as the address, and so does one too many', async () => {
    const port = await openTestDoor(3, {
      ofOneLaptop: { burst: 2, perSecond: 1e-6 },
      ofOneDocument: { burst: 5, perSecond: 1e-6 },
    });
    expect(await come(port, offer(testKey(2)))).toBe(101);
    const laptop = newLaptop();
    const tries = [];
    for (let n = 0; n < 5; n += 1) tries.push(await come(port, offer(ours, laptop)));
    // Two of its own, two that were left to the address.
    expect(tries).toEqual([101, 101, 101, 101, 429]);
    const madeUp = [];
    for (let n = 0; n < 5; n += 1) madeUp.push(await come(port, offer()));
    expect(madeUp).toEqual([101, 101, 101, 429, 429]);
  });

  it('the refusal can be read by the page of a laptop, and tells nothing but that', async () => {
    const port = await openTestDoor(1);
    const headers = { origin: 'http://localhost:4710' };
    await ask(port, '/hub', { host });
    const refused = await ask(port, '/hub', { host, headers });
    expect(refused.status).toBe(429);
    expect(refused.headers['access-control-allow-origin']).toBe('*');
    const other = await openTestDoor(10);
    for (const answer of [
      await ask(other, '/nothing', { host, headers }),
      await ask(other, '/hub', { host, headers: { origin: 'https://evil.example' } }),
    ]) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('a hub in the middle of a flood from one address', () => {
  it('lets a laptop in that has a ticket, and answers who shows a token or none', async () => {
    const { hub, local } = await startTestHub();
    toClose.push(() => hub.stop());
    const opened = await hub.openToNetwork();
    const [address = ''] = opened.ok ? opened.state.addresses : [];
    const port = Number(new URL(address).port);
    const plenary = openLaptop(`ws://${local}`, ours);
    toClose.push(() => plenary.leave());
    await eventually(() => expect(plenary.transport.isOpen()).toBe(true));
    for (const [offered, answered] of [
      [[], ''],
      [[LAPTOP_SUBPROTOCOL, 'x'.repeat(64)], LAPTOP_SUBPROTOCOL],
    ] as const) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${RELAY_PATH}`, [...offered]);
      toClose.push(() => socket.terminate());
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
      expect(socket.protocol).toBe(answered);
    }

    let isOver = false;
    let refused = 0;
    async function flood(): Promise<void> {
      while (!isOver) {
        const { status } = await ask(port, '/hub', { host });
        if (status === 429) refused += 1;
      }
    }
    const floods = Array.from({ length: 50 }, flood);
    toClose.push(() => {
      isOver = true;
      return Promise.all(floods);
    });
    await eventually(() => expect(refused).toBeGreaterThan(0));
    const knocks = await Promise.all(
      Array.from({ length: 50 }, () => knock(port, RELAY_PATH, { host })),
    );
    expect(knocks).toContain(429);
    // One or another would come through by luck, as time goes by; so many would not.
    const newcomers = Array.from({ length: 20 }, () => openLaptop(address, ours));
    toClose.push(() => Promise.all(newcomers.map((one) => one.leave())));
    await eventually(() =>
      expect(newcomers.map((one) => one.transport.isOpen())).not.toContain(false),
    );
  });
});
