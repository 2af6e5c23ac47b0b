import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHubPlaces, type Place } from '../../../src/browser/sync/hub-places.ts';
import type { Dial, WireEvents } from '../../../src/browser/transport/dial.ts';
import type { RelayConnection } from '../../../src/browser/transport/relay-connection.ts';
import { accessKeyOf, documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import { doorHintIn, doorKeyOf } from '../../../src/core/protocol/door-token.ts';
import {
  readRelayFrame,
  RELAY_PROTOCOL,
  writeRelayFrame,
} from '../../../src/core/protocol/relay-frame.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const place = (address: string, more: Partial<Place> = {}): Place => ({
  address,
  own: false,
  plenary: true,
  ...more,
});
const ours = documentKeyFrom(new Uint8Array(32).fill(1));
const id = (letter: string): string => letter.repeat(22);

/** Laptops' hubs by address, which answer pings; the test says which one is there. */
function network() {
  const hubs = new Map<string, string>();
  const dials: string[] = [];
  const open = new Map<string, WireEvents>();
  const shown: (string | null | undefined)[] = [];
  const dial: Dial = (address, timeoutMs, events, doorToken) => {
    dials.push(address);
    shown.push(doorToken?.());
    let closed = false;
    const hubId = hubs.get(address);
    const timer = setTimeout(
      () => {
        if (hubId === undefined) {
          closed = true;
          events.onClose();
          return;
        }
        open.set(address, events);
        events.onFrame(
          writeRelayFrame({ kind: 'welcome', protocol: RELAY_PROTOCOL, hubId, time: Date.now() }),
        );
      },
      hubId === undefined ? timeoutMs : 5,
    );
    return {
      send(bytes) {
        const frame = readRelayFrame(bytes);
        if (closed || frame?.kind !== 'ping' || !hubs.has(address)) return;
        const pong = writeRelayFrame({ kind: 'pong', number: frame.number, time: Date.now() });
        setTimeout(() => !closed && events.onFrame(pong), 1);
      },
      close() {
        closed = true;
        clearTimeout(timer);
        if (open.get(address) === events) open.delete(address);
      },
    };
  };
  return {
    hubs,
    dials,
    /** At the doors, at each of the dials. */
    shown,
    dial,
    isOpen: (address: string) => open.has(address),
    /** The hub is gone without a goodbye. */
    silence: (address: string) => hubs.delete(address),
    /** The system says that the connection is broken. */
    cut(address: string) {
      const events = open.get(address);
      open.delete(address);
      events?.onClose();
    },
  };
}

/** All hubs but the strangers' prove that they know a document, a moment after they answer. */
function openPlaces(net: ReturnType<typeof network>, strangers: readonly string[] = []) {
  const found: string[] = [];
  const gone: RelayConnection[] = [];
  let lost = 0;
  const places = createHubPlaces({
    random: (length) => new Uint8Array(length).fill(128),
    keys: () => [ours],
    dial: net.dial,
    onHub({ address }, connection) {
      found.push(address);
      if (!strangers.includes(address)) setTimeout(() => places.proved(connection), 1);
    },
    onLost: () => (lost += 1),
    onGone: (connection) => gone.push(connection),
    onClock: () => undefined,
  });
  return { places, found, gone, lost: () => lost };
}

describe('the addresses of a session', () => {
  it('tries all of them at once, and each hub that answers is used', async () => {
    const net = network();
    net.hubs.set('ws://a', id('a')).set('ws://b', id('b'));
    const { places, found } = openPlaces(net);
    places.set([place('ws://a'), place('ws://nobody'), place('ws://b')]);
    expect(net.dials).toEqual(['ws://a', 'ws://nobody', 'ws://b']);
    await vi.advanceTimersByTimeAsync(20);
    expect(found).toEqual(['ws://a', 'ws://b']);
    await places.destroy();
    expect(net.isOpen('ws://a')).toBe(false);
  });

  it('talks to a hub with two addresses at one of them, and at the other once that is lost', async () => {
    const net = network();
    net.hubs.set('ws://wifi', id('a')).set('ws://cable', id('a'));
    const { places, found, lost } = openPlaces(net);
    places.set([place('ws://wifi'), place('ws://cable')]);
    await vi.advanceTimersByTimeAsync(20);
    expect(found).toEqual(['ws://wifi', 'ws://cable']);
    expect([net.isOpen('ws://wifi'), net.isOpen('ws://cable')]).toEqual([true, false]);
    // It rests: no tries while the hub answers.
    const before = net.dials.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(net.dials).toHaveLength(before);

    net.silence('ws://wifi');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lost()).toBe(1);
    expect(found).toEqual(['ws://wifi', 'ws://cable', 'ws://cable']);
    expect(net.isOpen('ws://cable')).toBe(true);
    await places.destroy();
  });

  it('A1: a stranger that calls itself by a hub’s id keeps nobody from that hub', async () => {
    const net = network();
    net.hubs.set('ws://stranger', id('a'));
    const { places, found } = openPlaces(net, ['ws://stranger']);
    places.set([place('ws://stranger'), place('ws://real')]);
    await vi.advanceTimersByTimeAsync(20);
    expect(found).toEqual(['ws://stranger']);
    net.hubs.set('ws://real', id('a'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(found).toContain('ws://real');
    expect(net.isOpen('ws://real')).toBe(true);
    await places.destroy();
  });

  it('asks again and again while no hub answers, and only now and then while one does', async () => {
    const net = network();
    const { places } = openPlaces(net);
    places.set([place('ws://a'), place('ws://b')]);
    await vi.advanceTimersByTimeAsync(30_000);
    const tries = (address: string): number => net.dials.filter((each) => each === address).length;
    expect(tries('ws://b')).toBeGreaterThan(8);

    net.hubs.set('ws://a', id('a'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(net.isOpen('ws://a')).toBe(true);
    const before = tries('ws://b');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(tries('ws://b') - before).toBeLessThanOrEqual(3);
    expect(tries('ws://b') - before).toBeGreaterThanOrEqual(1);

    // The one that answered is lost: the other is urgent at once.
    net.silence('ws://a');
    net.hubs.set('ws://b', id('b'));
    net.cut('ws://a');
    await vi.advanceTimersByTimeAsync(100);
    expect(net.isOpen('ws://b')).toBe(true);
    await places.destroy();
  });

  it('this laptop’s own hub answers always, and does not make the others less urgent', async () => {
    const net = network();
    net.hubs.set('ws://localhost', id('o'));
    const { places } = openPlaces(net);
    places.set([place('ws://localhost', { own: true, plenary: false }), place('ws://plenary')]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(net.dials.filter((each) => each === 'ws://plenary').length).toBeGreaterThan(8);
    await places.destroy();
  });

  it('gives up an address that is named no more, unless a hub answers there', async () => {
    const net = network();
    net.hubs.set('ws://a', id('a'));
    const { places, gone } = openPlaces(net);
    places.set([place('ws://a'), place('ws://b')]);
    await vi.advanceTimersByTimeAsync(20);
    places.set([place('ws://c')]);
    expect(gone).toHaveLength(1);
    expect(net.isOpen('ws://a')).toBe(true);
    const before = net.dials.length;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(new Set(net.dials.slice(before))).toEqual(new Set(['ws://c']));
    await places.destroy();
  });

  it('shows at each door that this laptop has a document of the session', async () => {
    const net = network();
    const { places } = openPlaces(net);
    places.set([place('ws://a'), place('ws://b')]);
    const { hint } = doorKeyOf(accessKeyOf(ours.secret));
    expect(net.shown.map((token) => doorHintIn(token ?? ''))).toEqual([hint, hint]);
    await places.destroy();
  });

  it('tries all of them now when the network is back', async () => {
    const net = network();
    net.hubs.set('ws://a', id('a'));
    const { places } = openPlaces(net);
    places.set([place('ws://a'), place('ws://b')]);
    await vi.advanceTimersByTimeAsync(3_000);
    const before = net.dials.length;
    places.wake();
    expect(new Set(net.dials.slice(before))).toEqual(new Set(['ws://a', 'ws://b']));
    await places.destroy();
  });
});
