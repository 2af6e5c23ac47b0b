import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { writeRelayFrame } from '../../../src/core/protocol/relay-frame.ts';
import { NONCE_BYTES, PROOF_BYTES } from '../../../src/core/protocol/relay-proof.ts';
import type { Door, HubEvent } from '../../../src/hub/hub-log.ts';
import { createKeepAlive } from '../../../src/hub/keep-alive.ts';
import { createRelay } from '../../../src/hub/relay/create-relay.ts';
import type { RelayOptions } from '../../../src/hub/relay/create-relay.ts';
import { systemKeyAgreement } from '../../../src/hub/relay/system-key-agreement.ts';
import { openLaptop, startTestHub, testKey } from './laptop.ts';
import { eventually } from './eventually.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

/** A bare relay with small limits, on a free port; whoever comes counts as this laptop itself. */
async function relay(
  options: Partial<RelayOptions> & { pingMs?: number; door?: Door } = {},
): Promise<{ base: string; events: HubEvent[]; count: () => number }> {
  const events: HubEvent[] = [];
  const keepAlive = createKeepAlive(options.pingMs ?? 60_000);
  const { pingMs: _, door = 'loopback', ...more } = options;
  const hubId = 'a'.repeat(22);
  const service = createRelay({
    hubId,
    keyPair: systemKeyAgreement.makeKeyPair(),
    log: (event) => events.push(event),
    keepAlive,
    ...more,
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) =>
    service.server.handleUpgrade(request, socket, head, (ws) => service.accept(ws, door, request)),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  toClose.push(() => {
    keepAlive.stop();
    for (const client of service.server.clients) client.terminate();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { base: `ws://127.0.0.1:${port}`, events, count: service.documentCount };
}

function laptop(
  base: string,
  key: ReturnType<typeof testKey>,
  options: Parameters<typeof openLaptop>[2] = {},
): ReturnType<typeof openLaptop> {
  const opened = openLaptop(base, key, { own: true, ...options });
  toClose.push(() => opened.leave());
  return opened;
}

const closeCode = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', resolve);
  });

describe('limits of the relay', () => {
  it('refuses a document more than it can hold, and goes on with those that it has', async () => {
    const { base, events } = await relay({ maxDocuments: 1 });
    const first = laptop(base, testKey(1));
    await eventually(() => expect(first.transport.isOpen()).toBe(true));
    const second = laptop(base, testKey(2));
    await eventually(() => expect(second.transport.refusal()).toBe('hub-full'));
    const third = laptop(base, testKey(1));
    await eventually(() => expect(third.transport.isOpen()).toBe(true));
    expect(events).toContainEqual({ event: 'document-refused', reason: 'hub-full' });
  });

  it('drops who sends more than there is memory for', async () => {
    const { base, events } = await relay({ room: () => 100_000 });
    const one = laptop(base, testKey(1));
    await eventually(() => expect(one.transport.isOpen()).toBe(true));
    one.doc.getText('notes').insert(0, 'x'.repeat(60_000));
    await eventually(() =>
      expect(events).toContainEqual({ event: 'dropped', service: 'relay', reason: 'hub-full' }),
    );
  });

  it('ends a socket that opens no document', async () => {
    const { base, events } = await relay({ idleMs: 30 });
    expect(await closeCode(new WebSocket(`${base}/relay`))).toBe(1008);
    expect(events).toEqual([{ event: 'dropped', service: 'relay', reason: 'idle' }]);
  });

  it('finds out who is gone without a goodbye, and lets their document go', async () => {
    const { base, events, count } = await relay({ pingMs: 40 });
    const gone = laptop(base, testKey(1));
    await eventually(() => expect(gone.transport.isOpen()).toBe(true));
    const asleep = new WebSocket(`${base}/relay`, { autoPong: false });
    toClose.push(() => asleep.terminate());
    const closed = closeCode(asleep);
    expect(await closed).toBe(1006);
    expect(events).toEqual([{ event: 'dropped', service: 'relay', reason: 'gone' }]);
    await gone.leave();
    await eventually(() => expect(count()).toBe(0));
  });

  it('A1: ends a socket that guesses keys', async () => {
    const { base, events } = await relay();
    const { documentId } = testKey(1);
    const plenary = laptop(base, testKey(1));
    await eventually(() => expect(plenary.transport.isOpen()).toBe(true));
    const socket = new WebSocket(`${base}/relay`);
    const closed = closeCode(socket);
    socket.on('open', () => {
      for (let channel = 1; channel <= 100; channel += 1) {
        const nonce = new Uint8Array(NONCE_BYTES).fill(channel);
        socket.send(writeRelayFrame({ kind: 'open', channel, documentId, nonce }));
        const proof = new Uint8Array(PROOF_BYTES).fill(channel);
        socket.send(writeRelayFrame({ kind: 'prove', channel, proof, pass: new Uint8Array() }));
      }
    });
    expect(await closed).toBe(1008);
    expect(events).toContainEqual({ event: 'document-refused', reason: 'wrong-key' });
    expect(events.at(-1)).toEqual({ event: 'dropped', service: 'relay', reason: 'too-much' });
  });

  it('opens a document once on a socket, for twice would be twice the bytes', async () => {
    const { base } = await relay();
    const { connection, transport } = laptop(base, testKey(1));
    await eventually(() => expect(transport.isOpen()).toBe(true));
    const again = connection.open({ doc: new Y.Doc(), key: testKey(1) });
    await eventually(() => expect(again.refusal()).toBe('too-many-documents'));
    expect(transport.isOpen()).toBe(true);
  });

  it('who waits for a session longest gives way to newer ones, and who is in one never', async () => {
    const { base, events } = await relay();
    const inside = laptop(base, testKey(1));
    await eventually(() => expect(inside.transport.isOpen()).toBe(true));
    const sockets: WebSocket[] = [];
    toClose.push(() => sockets.forEach((socket) => socket.terminate()));
    for (let i = 0; i < 501; i += 1) {
      const socket = new WebSocket(`${base}/relay`);
      sockets.push(socket);
      await new Promise((resolve) => socket.once('open', resolve));
    }
    const [longest] = sockets;
    await eventually(() => expect(longest?.readyState).toBe(WebSocket.CLOSED));
    expect(events).toEqual([{ event: 'dropped', service: 'relay', reason: 'idle' }]);
    expect(sockets.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(500);
    expect(inside.transport.isOpen()).toBe(true);
  });

  it('ends a socket whose frame is larger than any document, before it is all there', async () => {
    const { hub, local, events } = await startTestHub();
    toClose.push(() => hub.stop());
    const port = Number(local.split(':')[1]);
    const raw = connect(port, '127.0.0.1');
    toClose.push(() => raw.destroy());
    const ended = new Promise((resolve) => raw.on('close', resolve));
    raw.write(
      [
        'GET /relay HTTP/1.1',
        `Host: ${local}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
        '',
        '',
      ].join('\r\n'),
    );
    raw.once('data', () => {
      // The header of a masked binary frame of 65 MiB.
      const header = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 4, 0x10, 0, 0, 1, 2, 3, 4]);
      raw.write(header);
    });
    raw.on('data', () => undefined);
    await ended;
    expect(events).toContainEqual({
      event: 'dropped',
      service: 'relay',
      reason: 'malformed-frame',
    });
  });

  it('reads on after what is no HTTP at all', async () => {
    const { hub, local } = await startTestHub();
    toClose.push(() => hub.stop());
    const port = Number(local.split(':')[1]);
    for (const bytes of [
      '\0\x01\x02\r\n\r\n',
      'GET /relay HTTP/1.1\r\nUpgrade: websocket\r\n\r\n',
    ]) {
      const raw = connect(port, '127.0.0.1');
      const answer = new Promise<string>((resolve) => {
        let text = '';
        raw.on('data', (data) => {
          text += data.toString();
        });
        raw.on('close', () => resolve(text));
      });
      raw.write(bytes);
      expect(await answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
    const one = laptop(`ws://${local}`, testKey(1));
    await eventually(() => expect(one.transport.isOpen()).toBe(true));
  });
});
