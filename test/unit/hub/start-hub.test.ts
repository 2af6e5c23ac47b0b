import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { HubResult } from '../../../src/core/protocol/machine.ts';
import { startHub } from '../../../src/hub/start-hub.ts';
import type { HubOptions } from '../../../src/hub/start-hub.ts';
import { ask, knock } from './ask.ts';
import { startTestHub } from './laptop.ts';
import type { TestHub } from './laptop.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
});

async function hub(options: HubOptions = {}): Promise<TestHub & { port: number }> {
  const started = await startTestHub(options);
  toClose.push(() => started.hub.stop());
  return { ...started, port: started.hub.localPort };
}

/** The port of the network's listener, opened. */
async function opened({ hub }: TestHub): Promise<number> {
  const result = await hub.openToNetwork();
  const [address = ''] = result.ok ? result.state.addresses : [];
  return Number(new URL(address).port);
}

let app = '';
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'caucus-app-'));
  toClose.push(() => rm(folder, { recursive: true }));
  app = join(folder, 'renderer');
  await mkdir(join(app, 'assets'), { recursive: true });
  await writeFile(join(app, 'index.html'), '<!doctype html><title>Caucus</title>');
  await writeFile(join(app, 'assets', 'main-abc123.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'not for the web');
  await symlink(join(folder, 'secret.txt'), join(app, 'link.txt'));
});

describe('the page on loopback', () => {
  it('is served with a policy that lets it load nothing from elsewhere', async () => {
    const { port } = await hub({ appDirectory: app });
    const page = await ask(port, '/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>Caucus</title>');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(page.headers['server']).toBeUndefined();
    expect(page.headers['x-powered-by']).toBeUndefined();
  });

  it('has files with hashed names kept for good', async () => {
    const { port } = await hub({ appDirectory: app });
    const script = await ask(port, '/assets/main-abc123.js?v=1');
    expect(script.body).toBe('export {};');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('is found at ::1 too, where this machine has it', async () => {
    const { port } = await hub({ appDirectory: app });
    const page = await ask(port, '/', { address: '::1' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRNOTAVAIL') return null;
      throw error;
    });
    expect([200, undefined]).toContain(page?.status);
  });

  it('sends other names of this laptop to localhost, where the notes are', async () => {
    const { port } = await hub({ appDirectory: app });
    for (const host of [`127.0.0.1:${port}`, `[::1]:${port}`]) {
      const page = await ask(port, '/', { host });
      expect([page.status, page.headers.location]).toEqual([302, `http://localhost:${port}/`]);
    }
  });

  it.for([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/link.txt',
    '/assets',
    '/assets/',
    '/.hidden',
    '/assets/main-abc123.js%00.txt',
    '/C:/secret.txt',
  ])('serves nothing but files of the app: not %s', async (path) => {
    const { port } = await hub({ appDirectory: app });
    const answer = await ask(port, path);
    expect([answer.status, answer.body]).toEqual([404, 'There is nothing here.\n']);
  });

  it('refuses other ways of asking', async () => {
    const { port } = await hub({ appDirectory: app });
    expect((await ask(port, '/', { method: 'POST' })).status).toBe(405);
    expect((await ask(port, 'http://localhost/', {})).status).toBe(400);
    const head = await ask(port, '/', { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, '']);
  });

  it('is not there when the hub was given no app', async () => {
    const { port } = await hub();
    expect((await ask(port, '/')).status).toBe(404);
    expect((await ask(port, '/hub')).body).toBe('{"name":"caucus","protocol":1}');
  });
});

describe('who may ask on loopback', () => {
  it.for(['evil.example', 'localhost.evil.example', 'localhost:1', '192.168.1.9', 'a b'])(
    'not who calls this laptop "%s"',
    async (host) => {
      const { port, events } = await hub({ appDirectory: app });
      for (const path of ['/', '/hub', '/control/state', '/assets/main-abc123.js']) {
        const answer = await ask(port, path, { host });
        expect([400, 421]).toContain(answer.status);
        expect(answer.body).not.toContain('caucus"');
      }
      for (const path of ['/relay', '/vault']) {
        expect([400, 421]).toContain(await knock(port, path, { host }));
      }
      expect(events.every(({ event }) => event === 'opened' || event === 'refused')).toBe(true);
    },
  );

  it.for(['https://evil.example', 'null', 'http://localhost', 'http://localhost:1', 'app://other'])(
    'not a page from %s',
    async (origin) => {
      const { port } = await hub({ appDirectory: app });
      const headers = { origin };
      for (const path of ['/', '/hub', '/control/state']) {
        expect((await ask(port, path, { headers })).status).toBe(403);
      }
      expect((await ask(port, '/control/open', { method: 'POST', headers })).status).toBe(403);
      expect(await knock(port, '/relay', { headers })).toBe(403);
      expect(await knock(port, '/vault', { headers })).toBe(403);
    },
  );

  it('its own page, Electron, and programs on this laptop', async () => {
    const { port } = await hub({ appDirectory: app });
    for (const headers of [
      {},
      { origin: 'app://caucus' },
      { origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' },
    ]) {
      expect((await ask(port, '/control/state', { headers })).status).toBe(200);
      expect(await knock(port, '/relay', { headers })).toBe(101);
      expect(await knock(port, '/vault', { headers })).toBe(101);
    }
    expect(await knock(port, '/elsewhere')).toBe(404);
  });

  it('not an image or a script tag on a page elsewhere', async () => {
    const { port } = await hub();
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await ask(port, '/control/state', { headers })).status).toBe(403);
  });
});

describe('opening to the network', () => {
  it('is asked for by POST, and answers with where others reach this laptop', async () => {
    const { port } = await hub();
    const state = async (method: string, path: string): Promise<HubResult> =>
      JSON.parse((await ask(port, path, { method })).body) as HubResult;
    expect(await state('GET', '/control/state')).toEqual({
      ok: true,
      state: {
        localUrl: `ws://localhost:${port}`,
        openToNetwork: false,
        addresses: [],
        hubId: expect.stringMatching(/^[\w-]{22}$/u),
        found: [],
      },
    });
    expect((await ask(port, '/control/open')).status).toBe(405);
    const opened = await state('POST', '/control/open');
    expect(opened).toEqual({
      ok: true,
      state: {
        localUrl: `ws://localhost:${port}`,
        openToNetwork: true,
        addresses: [expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/)],
        hubId: expect.any(String),
        found: [],
      },
    });
    expect(await state('POST', '/control/open')).toEqual(opened);
    expect(await state('POST', '/control/close')).toMatchObject({
      ok: true,
      state: { openToNetwork: false },
    });
  });

  it('shows the network the greeting, the relay and the phones, and nothing of the app', async () => {
    const started = await hub({ appDirectory: app });
    const port = await opened(started);
    const host = `192.168.4.20:${port}`;
    expect((await ask(port, '/hub', { host })).body).toBe('{"name":"caucus","protocol":1}');
    expect((await ask(port, '/', { host })).body).toContain('The page for phones is missing');
    for (const path of ['/index.html', '/assets/main-abc123.js', '/control/state']) {
      expect((await ask(port, path, { host })).status).toBe(404);
    }
    expect((await ask(port, '/control/close', { host, method: 'POST' })).status).toBe(404);
    expect(await knock(port, '/relay', { host })).toBe(101);
    expect(await knock(port, '/vote', { host })).toBe(101);
    expect(await knock(port, '/vault', { host })).toBe(404);
    expect(await knock(port, '/voting-desk', { host })).toBe(404);
  });

  it('lets in the pages that laptops serve to themselves, and no others', async () => {
    const port = await opened(await hub());
    const host = `192.168.4.20:${port}`;
    for (const origin of ['http://localhost:4710', 'http://127.0.0.1:5000', 'app://caucus']) {
      expect(await knock(port, '/relay', { host, headers: { origin } })).toBe(101);
      const greeting = await ask(port, '/hub', { host, headers: { origin } });
      expect(greeting.headers['access-control-allow-origin']).toBe(origin);
    }
    for (const origin of ['null', 'http://192.168.4.20:4711', 'https://evil.example']) {
      expect(await knock(port, '/relay', { host, headers: { origin } })).toBe(403);
      expect((await ask(port, '/hub', { host, headers: { origin } })).status).toBe(403);
    }
    expect(await knock(port, '/relay', { host: 'evil.example' })).toBe(421);
    expect(await knock(port, '/relay', { host: `plenary.local:${port}` })).toBe(101);
  });

  it('takes another port when the usual one is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, '0.0.0.0', resolve);
    });
    toClose.push(() => other.close());
    const address = other.address();
    const taken = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await opened(await hub({ networkPort: taken }))).not.toBe(taken);
  });

  it('says so when the laptop is on no network', async () => {
    const { hub: started } = await hub({ addresses: () => [] });
    expect(await started.openToNetwork()).toEqual({ ok: false, reason: 'no-network' });
    expect(started.state().openToNetwork).toBe(false);
  });

  it('ends the connections of others when it is closed, and not those of this laptop', async () => {
    const started = await hub();
    const port = await opened(started);
    const own = new WebSocket(`ws://localhost:${started.port}/relay`);
    const other = new WebSocket(`ws://127.0.0.1:${port}/relay`);
    const closed = new Promise((resolve) => {
      other.on('close', resolve);
    });
    await Promise.all(
      [own, other].map((socket) => new Promise((resolve) => socket.on('open', resolve))),
    );
    expect(await started.hub.closeToNetwork()).toMatchObject({ ok: true });
    expect(await closed).toBe(1001);
    await expect(ask(port, '/hub')).rejects.toThrow('ECONNREFUSED');
    expect(own.readyState).toBe(WebSocket.OPEN);
    own.terminate();
  });

  it('happens once when asked for twice at once', async () => {
    const { hub: started, events } = await hub();
    const [one, two] = await Promise.all([started.openToNetwork(), started.openToNetwork()]);
    expect(one).toEqual(two);
    expect(events.filter(({ event }) => event === 'opened')).toHaveLength(2);
  });
});

describe('starting', () => {
  it('says that the port is taken, and leaves it alone', async () => {
    const { port } = await hub();
    expect(await startHub({ localPort: port })).toEqual({ ok: false, reason: 'port-taken' });
    expect((await ask(port, '/hub')).status).toBe(200);
  });

  it('frees the port when it stops, whatever is open', async () => {
    const first = await startTestHub();
    const port = first.hub.localPort;
    const socket = new WebSocket(`ws://localhost:${port}/relay`);
    await new Promise((resolve) => socket.on('open', resolve));
    await first.hub.stop();
    await hub({ localPort: port });
    socket.terminate();
  });
});
