import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { GREETING_PATH } from '../../../src/core/protocol/relay-frame.ts';

/** What came to a place that answers plain requests in one way. */
async function place(status: number | null): Promise<{
  readonly address: string;
  readonly asked: IncomingMessage[];
  readonly sockets: string[];
}> {
  const asked: IncomingMessage[] = [];
  const sockets: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request);
    if (status !== null) response.writeHead(status).end('{}');
  });
  server.on('upgrade', ({ url = '' }, socket) => {
    sockets.push(url);
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  open.push(server);
  return { address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, sockets };
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
  return (address: string, timeoutMs = 10_000): Promise<void> =>
    new Promise((resolve) => {
      dialHub(address, timeoutMs, { onFrame: () => undefined, onClose: resolve });
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
