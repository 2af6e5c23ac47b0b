import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GREETING_PATH } from '../../../src/core/protocol/relay-frame.ts';

/** What came to a place that answers plain requests in one way. */
async function place(status: number | null): Promise<{
  readonly address: string;
  readonly asked: IncomingMessage[];
  readonly sockets: string[];
  /** The subprotocols that each of those offered. */
  readonly offered: (string | undefined)[];
}> {
  const asked: IncomingMessage[] = [];
  const sockets: string[] = [];
  const offered: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request);
    if (status !== null) response.writeHead(status).end('{}');
  });
  server.on('upgrade', ({ url = '', headers }, socket) => {
    sockets.push(url);
    offered.push(headers['sec-websocket-protocol']);
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  open.push(server);
  const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, asked, sockets, offered };
}
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Each test has a page of its own, which has not tried anything yet. */
async function dialling() {
  vi.resetModules();
  const { dialHub } = await import('../../../src/browser/transport/dial.ts');
  return (address: string, timeoutMs = 10_000, doorToken?: () => string | null): Promise<void> =>
    new Promise((resolve) => {
      dialHub(address, timeoutMs, { onFrame: () => undefined, onClose: resolve }, doorToken);
    });
}

describe('reaching a hub over a network', () => {
  it('asks whether one answers, and opens a WebSocket only then', async () => {
    const dial = await dialling();
    const [hub, none] = [await place(200), await place(404)];
    await dial(hub.address);
    expect(hub.asked.map(({ method, url }) => [method, url])).toEqual([['GET', GREETING_PATH]]);
    expect(hub.sockets).toHaveLength(1);
    // The first place that does not answer is tried all the same; then none for half a minute.
    for (let i = 0; i < 5; i++) await dial(none.address);
    expect(none.asked).toHaveLength(5);
    expect(none.sockets).toHaveLength(1);
  });

  it('takes "too much from your address" for an answer too', async () => {
    const dial = await dialling();
    const [none, flooded] = [await place(404), await place(429)];
    await dial(none.address);
    for (let i = 0; i < 3; i++) await dial(flooded.address);
    expect(flooded.sockets).toHaveLength(3);
  });

  it('shows at the door what it is given, made anew for each WebSocket, and nothing else', async () => {
    const dial = await dialling();
    const [hub, none] = [await place(200), await place(404)];
    let made = 0;
    const doorToken = (): string => `token-${(made += 1)}`;
    await dial(none.address);
    await dial(none.address, 10_000, doorToken);
    expect(made).toBe(0);
    await dial(hub.address, 10_000, doorToken);
    await dial(hub.address, 10_000, doorToken);
    await dial(hub.address, 10_000, () => null);
    await dial(hub.address);
    expect(hub.offered).toEqual([
      'caucus-laptop, token-1',
      'caucus-laptop, token-2',
      undefined,
      undefined,
    ]);
    for (const { url, headers } of hub.asked) {
      expect(`${url} ${JSON.stringify(headers)}`).not.toContain('token');
    }
  });

  it('gives up on an address that swallows everything, and can be told to', async () => {
    const dial = await dialling();
    const silent = await place(null);
    await dial((await place(404)).address);
    await dial(silent.address, 50);
    expect(silent.asked).toHaveLength(1);
    expect(silent.sockets).toHaveLength(0);
    const { dialHub } = await import('../../../src/browser/transport/dial.ts');
    const onClose = vi.fn<() => void>();
    dialHub(silent.address, 10_000, { onFrame: () => undefined, onClose }).close();
    await vi.waitFor(() => expect(open).toHaveLength(2));
    expect(onClose).not.toHaveBeenCalled();
    expect(silent.sockets).toHaveLength(0);
  });
});
