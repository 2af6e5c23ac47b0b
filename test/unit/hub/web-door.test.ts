import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Door, HubEvent } from '../../../src/hub/hub-log.ts';
import { networkPages } from '../../../src/hub/web/answer.ts';
import { networkLimits } from '../../../src/hub/web/door-limits.ts';
import type { DoorLimits } from '../../../src/hub/web/door-limits.ts';
import { openDoor } from '../../../src/hub/web/open-door.ts';
import { networkGuard } from '../../../src/hub/web/request-guard.ts';
import { ask, knock } from './ask.ts';
import { eventually } from './eventually.ts';
import { startTestHub } from './laptop.ts';
import { rawFrame } from './raw-frame.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

const BINARY = 2;
const CONTINUATION = 0;
const PROOF = 'proof';

interface TestDoor {
  readonly port: number;
  readonly events: HubEvent[];
  /** What laptops have said, in the order in which it was taken in. */
  readonly heard: string[];
}
type Changes = Partial<Omit<DoorLimits, 'socket'>> & { socket?: Partial<DoorLimits['socket']> };

/** A door with one service, which answers everything and takes the word "proof" for one. */
async function openTestDoor(changes: Changes = {}, door: Door = 'network'): Promise<TestDoor> {
  const events: HubEvent[] = [];
  const heard: string[] = [];
  const proved = new WeakSet<WebSocket>();
  const limits = {
    ...networkLimits,
    ...changes,
    socket: { ...networkLimits.socket, ...changes.socket },
  };
  const opened = await openDoor({
    door,
    hosts: ['127.0.0.1'],
    port: 0,
    guard: networkGuard(),
    services: [
      {
        path: '/talk',
        server: new WebSocketServer({ noServer: true, maxPayload: 256 * 1024 }),
        accept: (socket) => {
          socket.on('error', () => undefined);
          socket.on('message', (data: Buffer) => {
            const text = data.toString();
            heard.push(text);
            if (text === PROOF) proved.add(socket);
            socket.send(text);
          });
        },
        isProved: (socket) => proved.has(socket),
      },
    ],
    pages: networkPages(null),
    limits,
    log: (event) => events.push(event),
  });
  if (!opened.ok) throw new Error(opened.reason);
  toClose.push(() => opened.door.close());
  return { port: opened.door.port, events, heard };
}

/** A bare connection from this address, which sends this at once. */
async function connection(port: number, text = '', from = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  toClose.push(() => socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}
const ended = (socket: Socket | WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', resolve));
async function answerOf(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (data) => {
    text += data.toString();
  });
  await ended(socket);
  return text;
}
async function talk(port: number, from = '127.0.0.1', proof = ''): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/talk`, { localAddress: from });
  toClose.push(() => socket.terminate());
  socket.on('error', () => undefined);
  await once(socket, 'open');
  if (proof === '') return socket;
  socket.send(proof);
  await once(socket, 'message');
  return socket;
}
const isOpen = ({ readyState }: WebSocket): boolean => readyState === WebSocket.OPEN;
const UPGRADE =
  'GET /talk HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n';
/** A WebSocket whose frames are written by hand. */
async function rawTalk(port: number, proof = ''): Promise<Socket> {
  const socket = await connection(port, UPGRADE);
  await once(socket, 'data');
  if (proof === '') return socket;
  socket.write(rawFrame(BINARY, true, Buffer.from(proof)));
  await once(socket, 'data');
  return socket;
}

describe('every answer, refusals too', () => {
  it('keeps other pages out, gives nothing away and sets no cookie', async () => {
    const { hub } = await startTestHub();
    toClose.push(() => hub.stop());
    const port = hub.localPort;
    const answers = await Promise.all([
      ask(port, '/hub'),
      ask(port, '/control/state', { headers: { cookie: 'session=1' } }),
      ask(port, '/nothing'),
      ask(port, '/hub', { method: 'POST' }),
      ask(port, '/hub', { host: 'evil.example' }),
      ask(port, '/hub', { headers: { origin: 'null' } }),
      ask(port, '/control/announce', { method: 'POST', body: 'x' }),
      ask(port, '/hub', { headers: { expect: 'the impossible' } }),
      ask(port, '/relay', { headers: { upgrade: 'websocket', connection: 'upgrade' } }),
      ask(port, '/nothing', { headers: { upgrade: 'h2c', connection: 'upgrade' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 404, 405, 421, 403, 400, 400, 400, 404,
    ]);
    for (const { headers, body } of answers) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      });
      for (const name of ['server', 'x-powered-by', 'set-cookie', 'via']) {
        expect(headers[name]).toBeUndefined();
      }
      expect(body).not.toMatch(/node|src|\/work|\d+\.\d+\.\d+/iu);
    }
  });

  it('is a refusal where two hosts are named', async () => {
    const { port } = await openTestDoor();
    for (const hosts of [
      '127.0.0.1\r\nHost: evil.example',
      'evil.example\r\nHost: 127.0.0.1',
      '',
    ]) {
      const asked = await connection(port, `GET /hub HTTP/1.1\r\nHost: ${hosts}\r\n\r\n`);
      expect(await answerOf(asked)).toMatch(/^HTTP\/1\.1 421 /u);
    }
    const none = await connection(port, 'GET /hub HTTP/1.1\r\n\r\n');
    expect(await answerOf(none)).toMatch(/^HTTP\/1\.1 421 /u);
  });

  it('is what a page that another site shows gets, unless a person follows a link', async () => {
    const { hub } = await startTestHub();
    toClose.push(() => hub.stop());
    const from = (site: string, mode: string, dest: string): Promise<number> =>
      ask(hub.localPort, '/hub', {
        headers: { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
      }).then(({ status }) => status);
    expect(await from('cross-site', 'no-cors', 'image')).toBe(403);
    expect(await from('same-site', 'no-cors', 'script')).toBe(403);
    expect(await from('cross-site', 'navigate', 'iframe')).toBe(403);
    expect(await from('cross-site', 'navigate', 'document')).toBe(200);
    expect(await from('none', 'navigate', 'document')).toBe(200);
    expect(await from('same-origin', 'cors', 'empty')).toBe(200);
  });
});

describe('connections that do not ask', () => {
  const limits = { headMs: 100, requestMs: 100 };

  it.for([
    ['nothing at all', ''],
    ['half a head', 'GET /hub HTTP/1.1\r\nHost: 127.0.0.1\r\n'],
  ] as const)('are ended in time: %s', async ([, text]) => {
    const { port } = await openTestDoor(limits);
    const slow = await connection(port, text);
    const trickle = setInterval(() => slow.write('X'), 20);
    toClose.push(() => clearInterval(trickle));
    await ended(slow);
    expect((await ask(port, '/hub', { host: '127.0.0.1' })).status).toBe(200);
  });

  it('are ended in time where a body does not come', async () => {
    const { port } = await openTestDoor(limits, 'loopback');
    const head = 'POST /hub HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n';
    const slow = await connection(port, `${head}x`);
    slow.resume();
    await ended(slow);
  });

  it('do not take the places of those that do, from wherever they come', async () => {
    const { port } = await openTestDoor({ plain: 4 });
    const silent: Socket[] = [];
    for (let n = 0; n < 20; n += 1) silent.push(await connection(port, '', '127.0.0.2'));
    await eventually(() => expect(silent.filter(({ destroyed }) => destroyed)).toHaveLength(16));
    const same = await connection(
      port,
      'GET /hub HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
      '127.0.0.2',
    );
    expect(await answerOf(same)).toMatch(/^HTTP\/1\.1 200 /u);
    expect((await ask(port, '/hub', { host: '127.0.0.1' })).status).toBe(200);
  });

  it('are ended where the head is longer than any of ours', async () => {
    const { port } = await openTestDoor();
    const long = await connection(port, `GET /hub HTTP/1.1\r\nX: ${'x'.repeat(5_000)}\r\n`);
    expect(await answerOf(long)).toMatch(/^HTTP\/1\.1 400 /u);
  });
});

describe('asking too much', () => {
  it('is refused to the one address, sockets too, and to no other', async () => {
    const { port, events } = await openTestDoor({ requests: { burst: 3, perSecond: 0.01 } });
    for (let n = 0; n < 3; n += 1)
      expect((await ask(port, '/hub', { host: '127.0.0.1' })).status).toBe(200);
    expect((await ask(port, '/hub', { host: '127.0.0.1' })).status).toBe(429);
    expect(await knock(port, '/talk', { host: '127.0.0.1' })).toBe(429);
    expect(isOpen(await talk(port, '127.0.0.2'))).toBe(true);
    expect(events).toContainEqual({
      event: 'refused',
      door: 'network',
      reason: 'too-many-requests',
    });
  });

  it('is not possible by asking a hundred things at once', async () => {
    const { port } = await openTestDoor();
    const request = 'GET /hub HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
    expect(await answerOf(await connection(port, request.repeat(100)))).toMatch(
      /^HTTP\/1\.1 400 /u,
    );
    const one = await connection(port, request);
    const answer = answerOf(one);
    await once(one, 'data');
    one.write(request.repeat(100));
    expect((await answer).match(/HTTP\/1\.1/gu)).toHaveLength(1);
  });

  it('does not fill the log', async () => {
    const { port, events } = await openTestDoor();
    for (let n = 0; n < 150; n += 1) await ask(port, '/nothing', { host: 'evil.example' });
    expect(events.length).toBeLessThan(130);
  });
});

describe('sockets that have proved nothing', () => {
  it('give way to others, of the address that has most first; who has proved itself never', async () => {
    const { port, events } = await openTestDoor({ strangers: 3 });
    const inside = await talk(port, '127.0.0.2', PROOF);
    const waiting = await talk(port, '127.0.0.1');
    const flood: WebSocket[] = [];
    for (let n = 0; n < 10; n += 1) flood.push(await talk(port, '127.0.0.2'));
    await eventually(() => expect(flood.filter(isOpen)).toHaveLength(2));
    expect([isOpen(inside), isOpen(waiting)]).toEqual([true, true]);
    expect(flood.slice(-2).every(isOpen)).toBe(true);
    expect(events).toContainEqual({ event: 'dropped', service: 'door', reason: 'crowded' });
    const late = await talk(port, '127.0.0.2', PROOF);
    expect(isOpen(late)).toBe(true);
  });

  it('give way where all places are taken, and where nobody can, the newcomer is refused', async () => {
    const { port } = await openTestDoor({ sockets: 2 });
    const inside = await talk(port, '127.0.0.1', PROOF);
    const stranger = await talk(port);
    const newcomer = await talk(port, '127.0.0.1', PROOF);
    await eventually(() => expect(isOpen(stranger)).toBe(false));
    expect(await knock(port, '/talk', { host: '127.0.0.1' })).toBe(503);
    expect([isOpen(inside), isOpen(newcomer)]).toEqual([true, true]);
  });

  it.for([
    ['announces a long message', { strangerMessageBytes: 1_000 }, 2_000, 1],
    ['says a lot', { strangerBytes: { burst: 1_000, perSecond: 1 } }, 100, 20],
    ['says it in many messages', { strangerMessages: { burst: 10, perSecond: 1 } }, 1, 12],
  ] as const)('are ended: who %s', async ([, socket, length, times]) => {
    const { port, events } = await openTestDoor({ socket });
    const stranger = await talk(port);
    const gone = ended(stranger);
    for (let n = 0; n < times; n += 1) stranger.send(new Uint8Array(length));
    await gone;
    expect(events).toContainEqual({ event: 'dropped', service: 'door', reason: 'too-much' });
    const proved = await talk(port, '127.0.0.1', PROOF);
    for (let n = 0; n < times; n += 1) proved.send(new Uint8Array(length));
    proved.send('still here');
    await eventually(() => expect(isOpen(proved)).toBe(true));
    await new Promise<void>((resolve) => {
      proved.on('message', (data: Buffer) => {
        if (data.toString() === 'still here') resolve();
      });
    });
  });

  it('share what their address may say, and those go that have said most', async () => {
    const socket = { addressMessages: { burst: 60, perSecond: 1 } };
    const { port } = await openTestDoor({ socket });
    const [quiet, loud] = [await talk(port), await talk(port)];
    const gone = ended(loud);
    for (let n = 0; n < 100; n += 1) loud.send('x');
    await gone;
    quiet.send(PROOF);
    await once(quiet, 'message');
    expect(isOpen(quiet)).toBe(true);
  });

  it('are ended when they ping without end', async () => {
    const { port } = await openTestDoor();
    const stranger = await talk(port);
    const gone = ended(stranger);
    for (let n = 0; n < 20; n += 1) stranger.ping();
    await gone;
  });
});

describe('messages that take too long to be whole', () => {
  const socket = { strangerMessageMs: 50, messageMs: 50 };

  it.for(['', PROOF])(
    'end the socket, fragments and pings notwithstanding (proof: "%s")',
    async (proof) => {
      const { port, events } = await openTestDoor({ socket });
      const slow = await rawTalk(port, proof);
      const gone = ended(slow);
      slow.write(rawFrame(BINARY, false, new Uint8Array(1)));
      const trickle = setInterval(() => {
        slow.write(rawFrame(CONTINUATION, false, new Uint8Array(1)));
        slow.write(rawFrame(10, true, new Uint8Array(0)));
      }, 100);
      toClose.push(() => clearInterval(trickle));
      await gone;
      expect(events).toContainEqual({ event: 'dropped', service: 'door', reason: 'too-slow' });
    },
  );

  it('are dropped after 64 fragments', async () => {
    const { port, heard } = await openTestDoor();
    const socket = await rawTalk(port, PROOF);
    const gone = ended(socket);
    socket.write(rawFrame(BINARY, false, new Uint8Array(1)));
    for (let n = 0; n < 64; n += 1) socket.write(rawFrame(CONTINUATION, false, new Uint8Array(1)));
    await gone;
    expect(heard).toEqual([PROOF]);
  });

  it('end at the header where they are too long, and what follows is not read', async () => {
    const { port } = await openTestDoor();
    const socket = await rawTalk(port, PROOF);
    const gone = ended(socket);
    socket.write(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x06, 0x40, 0, 0, 0, 0, 0, 0]));
    // The rest of the 100 MB would go on for as long as somebody reads it.
    const rest = setInterval(() => socket.write(Buffer.alloc(64 * 1024)), 1);
    toClose.push(() => clearInterval(rest));
    await gone;
    expect(socket.bytesWritten).toBeLessThan(50 * 1024 * 1024);
  });
});

describe('who has proved itself', () => {
  it('is made to wait when it says very much, and nothing of it is lost', async () => {
    const { port, heard } = await openTestDoor({
      socket: { messages: { burst: 50, perSecond: 1_000 } },
    });
    const laptop = await talk(port, '127.0.0.1', PROOF);
    for (let n = 0; n < 500; n += 1) laptop.send(String(n));
    await eventually(() => expect(heard).toHaveLength(501));
    expect(heard.slice(1)).toEqual(Array.from({ length: 500 }, (_, n) => String(n)));
    expect(isOpen(laptop)).toBe(true);
  });

  it('waits for nobody who floods: messages are taken in by turns', async () => {
    const { port, heard } = await openTestDoor();
    const flooding = await rawTalk(port, PROOF);
    const laptop = await talk(port, '127.0.0.1', PROOF);
    const flood = rawFrame(BINARY, true, Buffer.from('flood'));
    flooding.write(Buffer.concat(Array.from({ length: 2_000 }, () => flood)));
    await eventually(() => expect(heard).toContain('flood'));
    laptop.send('mine');
    await once(laptop, 'message');
    expect(heard.filter((text) => text === 'flood').length).toBeLessThan(1_900);
  });
});
