import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnnouncedSession } from '../../../../src/core/protocol/machine.ts';
import { readDatagram } from '../../../../src/hub/discovery/announcement.ts';
import { createDiscovery, type Discovery } from '../../../../src/hub/discovery/create-discovery.ts';
import { linkPlaces } from '../../../../src/hub/discovery/links.ts';
import type { HubEvent } from '../../../../src/hub/hub-log.ts';
import { networkAddresses } from '../../../../src/hub/network-addresses.ts';
import { createMemoryAir, type MemoryAir, wifi } from '../../../fakes/memory-air.ts';

const SESSION: AnnouncedSession = { tag: 'aaaaaaaaaaaa', plenary: true };
const IN_GROUP: AnnouncedSession = { tag: 'aaaaaaaaaaaa', plenary: false };

let air: MemoryAir;
let all: Discovery[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  air = createMemoryAir();
});
afterEach(async () => {
  const stopped = Promise.all(all.splice(0).map((discovery) => discovery.stop()));
  await vi.advanceTimersByTimeAsync(1_000);
  await stopped;
  vi.useRealTimers();
});

function laptop(number: number, address = `192.168.4.${number}`) {
  let now: string | undefined = address;
  const events: HubEvent[] = [];
  const discovery = createDiscovery({
    hubId: `hub-${number}`.padEnd(22, '-'),
    addresses: () => networkAddresses(wifi(now)),
    interfaces: () => wifi(now),
    openLink: air.openLink,
    log: (event) => events.push(event),
  });
  all.push(discovery);
  return {
    discovery,
    events,
    move: (to: string | undefined) => (now = to),
    addresses: () => discovery.found().flatMap((hub) => hub.addresses),
  };
}
const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);

/** The plenary laptop, open to the network, and a group's laptop beside it. */
async function room() {
  const plenary = laptop(20);
  const group = laptop(31);
  await plenary.discovery.announce([SESSION]);
  await plenary.discovery.setPort(4711);
  await group.discovery.announce([IN_GROUP]);
  await pass(1);
  return { plenary, group };
}

describe('discovery', () => {
  it('F1 sends nothing and opens no socket before a session is open', async () => {
    const quiet = laptop(20);
    await quiet.discovery.setPort(4711);
    await pass(60);
    expect([air.sent.length, air.links()]).toEqual([0, 0]);
  });

  it('finds the plenary laptop within a second', async () => {
    const { group, plenary } = await room();
    expect(group.discovery.found()).toEqual([
      {
        hubId: 'hub-20'.padEnd(22, '-'),
        plenary: true,
        sessions: ['aaaaaaaaaaaa'],
        addresses: ['ws://192.168.4.20:4711'],
      },
    ]);
    // A laptop that nobody opened to the network is not seen.
    expect(plenary.discovery.found()).toEqual([]);
  });

  it('finds one that is opened later, whichever was there first', async () => {
    const group = laptop(31);
    const other = laptop(32);
    await group.discovery.announce([IN_GROUP]);
    await other.discovery.announce([IN_GROUP]);
    await pass(30);
    expect(group.addresses()).toEqual([]);
    await other.discovery.setPort(4711);
    await pass(1);
    expect(group.addresses()).toEqual(['ws://192.168.4.32:4711']);
    expect(group.discovery.found()[0]?.plenary).toBe(false);
  });

  it('keeps what is still there, for hours', async () => {
    const { group } = await room();
    for (let minutes = 0; minutes < 180; minutes += 10) {
      await pass(600);
      expect(group.addresses()).toEqual(['ws://192.168.4.20:4711']);
    }
  });

  it('notices a new address of its own and says it at once', async () => {
    const { group, plenary } = await room();
    plenary.move('192.168.4.37');
    await pass(3);
    expect(group.addresses()).toEqual(['ws://192.168.4.37:4711']);
  });

  it('asks at once when its own network comes back', async () => {
    const { group } = await room();
    group.move(undefined);
    await pass(90);
    expect(group.addresses()).toEqual([]);
    group.move('192.168.4.31');
    await pass(3);
    expect(group.addresses()).toEqual(['ws://192.168.4.20:4711']);
  });

  it('joins again after the laptop slept', async () => {
    const { group } = await room();
    expect(air.openings()).toBe(2);
    // Every laptop's clock here jumps over the hour.
    vi.setSystemTime(Date.now() + 3_600_000);
    await pass(3);
    expect([air.openings(), air.links()]).toEqual([4, 2]);
    expect(group.addresses()).toEqual(['ws://192.168.4.20:4711']);
  });

  it('says goodbye when it is closed to the network, and lets its sockets go with the session', async () => {
    const { group, plenary } = await room();
    await plenary.discovery.setPort(null);
    expect(group.addresses()).toEqual([]);
    expect(air.links()).toBe(2);
    await plenary.discovery.announce([]);
    expect(air.links()).toBe(1);
    const before = air.sent.length;
    await group.discovery.announce([]);
    await pass(60);
    expect(air.sent.length).toBe(before);
  });

  it('forgets a laptop that was shut without a word', async () => {
    const { group, plenary } = await room();
    plenary.move(undefined);
    await pass(50);
    expect(group.addresses()).toEqual(['ws://192.168.4.20:4711']);
    await pass(15);
    expect(group.addresses()).toEqual([]);
  });

  it('finds nothing and breaks nothing where multicast is filtered', async () => {
    air.filtered = true;
    const { group, plenary } = await room();
    await pass(120);
    expect(group.addresses()).toEqual([]);
    expect([...group.events, ...plenary.events]).toEqual([]);
    air.filtered = false;
    await pass(5);
    expect(group.addresses()).toEqual(['ws://192.168.4.20:4711']);
  });

  it('goes on where no socket can be had, says so once, and tries again', async () => {
    air.taken = true;
    const { group, plenary } = await room();
    await pass(60);
    expect(plenary.events).toEqual([{ event: 'fault', name: 'Error', at: expect.any(String) }]);
    air.taken = false;
    await pass(12);
    expect(group.addresses()).toEqual(['ws://192.168.4.20:4711']);
  });

  it('chatters little: in an hour of quiet, a question and an answer every few seconds', async () => {
    const { group } = await room();
    const before = air.sent.length;
    await pass(3_600);
    // One laptop sees the other and asks every 15 s, the other sees nobody and asks every 4 s.
    const questions = 240 + 900;
    expect(air.sent.length - before).toBeLessThanOrEqual(2 * questions);
    expect(air.sent.every(({ datagram }) => datagram.length < 600)).toBe(true);
    expect(group.addresses()).toHaveLength(1);
  });

  it('answers a flood of questions once a second, and is not held up by a flood of answers', async () => {
    const { group } = await room();
    const link = await air.openLink(
      { name: 'x', family: 'IPv4', address: '192.168.4.66', scope: 0 },
      () => undefined,
      () => undefined,
    );
    if (!link.ok) throw new Error('no link');
    const question = air.sent.find(({ datagram }) => readDatagram(datagram)?.asks);
    const before = air.sent.length;
    for (let i = 0; i < 5_000; i += 1) await link.link.send(question?.datagram ?? Buffer.alloc(0));
    await pass(3);
    const answers = air.sent.slice(before).filter(({ from }) => from === '192.168.4.20');
    expect(answers.length).toBeLessThanOrEqual(5);
    expect(group.addresses()).toEqual(['ws://192.168.4.20:4711']);
    link.link.close();
  });
});

describe('links', () => {
  it('are one for each interface and protocol, and none for the loopback', () => {
    const common = { netmask: '', mac: '', cidr: null, internal: false } as const;
    expect(
      linkPlaces({
        ...wifi('192.168.4.20'),
        eth0: [
          { ...common, address: '10.0.0.5', family: 'IPv4' },
          { ...common, address: '10.0.0.6', family: 'IPv4' },
          { ...common, address: '2001:db8::7', family: 'IPv6', scopeid: 0 },
          { ...common, address: 'fe80::7', family: 'IPv6', scopeid: 3 },
        ],
        gone: undefined,
      }),
    ).toEqual([
      { name: 'wlan0', family: 'IPv4', address: '192.168.4.20', scope: 0 },
      { name: 'eth0', family: 'IPv4', address: '10.0.0.5', scope: 0 },
      { name: 'eth0', family: 'IPv6', address: 'fe80::7', scope: 3 },
    ]);
  });
});
