import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

/** One frame that is no JSON, at y-webrtc's own server and at our hub, each in its own process. */
const stockServer = fileURLToPath(
  new URL('../../../node_modules/y-webrtc/bin/server.js', import.meta.url),
);
const ourHub = fileURLToPath(new URL('../../bench/relay-cpu/our-hub.ts', import.meta.url));

let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
});

async function start(program: string): Promise<{ readonly process: ChildProcess; port: number }> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const started = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child = started;
  // It says a word once it listens.
  if (started.stdout !== null) await once(started.stdout, 'data');
  return { process: started, port };
}

async function connect(port: number, path: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return socket;
}

const malformed = '{"type":';

describe('one malformed frame', () => {
  it('stock: ends y-webrtc’s server and with it everybody’s connection', async () => {
    const { process: server, port } = await start(stockServer);
    const honest = await connect(port, '/');
    const [gone, exit] = [once(honest, 'close'), once(server, 'exit')];
    (await connect(port, '/')).send(malformed);
    expect(await exit).toEqual([1, null]);
    await gone;
  });

  it('ours: the hub goes on, and so does whoever is connected', async () => {
    const { process: hub, port } = await start(ourHub);
    const honest = await connect(port, '/relay');
    const sender = await connect(port, '/relay');
    const thrownOut = once(sender, 'close');
    sender.send(malformed);
    await thrownOut;
    const answered = once(honest, 'pong');
    honest.ping();
    await answered;
    await connect(port, '/relay');
    expect(hub.exitCode).toBe(null);
    honest.terminate();
  });
});
