import { afterEach, describe, expect, it } from 'vitest';
import type { HubResult } from '../../../src/core/protocol/machine.ts';
import { createMemoryAir } from '../../fakes/memory-air.ts';
import { ask } from './ask.ts';
import { eventually } from './eventually.ts';
import { startTestHub } from './laptop.ts';
import type { TestHub } from './laptop.ts';

const SESSION = { tag: 'aaaaaaaaaaaa', plenary: true };

const hubs: TestHub[] = [];
afterEach(async () => {
  await Promise.all(hubs.splice(0).map(({ hub }) => hub.stop()));
});

/** A hub on a network in memory; this machine's own interfaces are what its links hang on. */
async function hubOn(air: ReturnType<typeof createMemoryAir>, address: string): Promise<TestHub> {
  const started = await startTestHub({ openLink: air.openLink, addresses: () => [address] });
  hubs.push(started);
  return started;
}
async function post(
  { hub }: TestHub,
  body: string,
  options: Parameters<typeof ask>[2] = {},
): Promise<number> {
  const { status } = await ask(hub.localPort, '/control/announce', {
    method: 'POST',
    body,
    ...options,
  });
  return status;
}

describe('POST /control/announce', () => {
  it('has the hub look around, and be seen while it is open to the network', async () => {
    const air = createMemoryAir();
    const one = await hubOn(air, '192.168.4.20');
    const other = await hubOn(air, '192.168.4.31');
    expect(air.links()).toBe(0);
    expect(await post(one, JSON.stringify([SESSION]))).toBe(200);
    const answer = await ask(other.hub.localPort, '/control/announce', {
      method: 'POST',
      body: JSON.stringify([{ ...SESSION, plenary: false }]),
    });
    expect(JSON.parse(answer.body) as HubResult).toEqual({ ok: true, state: other.hub.state() });
    // A machine without any network has no links to hang discovery on.
    if (air.links() === 0) return;
    await one.hub.openToNetwork();
    const port = Number(new URL(one.hub.state().addresses[0] ?? '').port);
    await eventually(() =>
      expect(other.hub.state().found).toEqual([
        {
          hubId: one.hub.state().hubId,
          plenary: true,
          sessions: [SESSION.tag],
          addresses: [`ws://192.168.4.20:${port}`],
        },
      ]),
    );
    expect(one.hub.state().found).toEqual([]);
    await one.hub.closeToNetwork();
    expect(other.hub.state().found).toEqual([]);
    expect(await post(one, '[]')).toBe(200);
    expect(await post(other, '[]')).toBe(200);
    expect(air.links()).toBe(0);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no list', JSON.stringify(SESSION)],
    ['a tag that is none', JSON.stringify([{ ...SESSION, tag: 'x' }])],
    ['more than is asked for', JSON.stringify([{ ...SESSION, title: 'x' }])],
    ['more sessions than there can be', JSON.stringify(Array.from({ length: 17 }, () => SESSION))],
    ['more than a few words', `[${' '.repeat(5_000)}]`],
    ['megabytes', `[${' '.repeat(3_000_000)}]`],
  ])('refuses %s, and changes nothing', async (_what, body) => {
    const air = createMemoryAir();
    const started = await hubOn(air, '192.168.4.20');
    // The answer may be there, and the connection gone, before all was sent.
    const status = await post(started, body).catch((error: NodeJS.ErrnoException) => error.code);
    expect([400, 'EPIPE', 'ECONNRESET']).toContain(status);
    expect(air.links()).toBe(0);
    expect(await post(started, '[]')).toBe(200);
  });

  it("is for this laptop's own page, and by POST only", async () => {
    const air = createMemoryAir();
    const started = await hubOn(air, '192.168.4.20');
    const body = JSON.stringify([SESSION]);
    expect(await post(started, body, { headers: { origin: 'https://evil.example' } })).toBe(403);
    expect(await post(started, body, { headers: { 'sec-fetch-site': 'cross-site' } })).toBe(403);
    expect(await post(started, body, { host: 'evil.example' })).toBe(421);
    for (const method of ['GET', 'PUT']) {
      expect(await post(started, '', { method })).toBe(405);
    }
    await started.hub.openToNetwork();
    const port = Number(new URL(started.hub.state().addresses[0] ?? '').port);
    const fromOutside = await ask(port, '/control/announce', {
      method: 'POST',
      host: `192.168.4.20:${port}`,
      body,
    });
    expect(fromOutside.status).toBe(404);
    expect(air.links()).toBe(0);
  });

  it('gives every start of the hub another id', async () => {
    const air = createMemoryAir();
    const ids = [await hubOn(air, '10.0.0.1'), await hubOn(air, '10.0.0.2')].map(
      ({ hub }) => hub.state().hubId,
    );
    expect(new Set(ids).size).toBe(2);
  });
});
