import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Dial, WireEvents } from '../../../src/browser/transport/dial.ts';
import { createRelayConnection } from '../../../src/browser/transport/relay-connection.ts';
import { accessKeyOf, documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import { doorKeyOf, readDoorToken } from '../../../src/core/protocol/door-token.ts';
import {
  readRelayFrame,
  RELAY_PROTOCOL,
  writeRelayFrame,
} from '../../../src/core/protocol/relay-frame.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const random = (length: number): Uint8Array => new Uint8Array(length).fill(7);
const address = 'ws://plenary';

it('starts over where the socket came up and the hub never said a word', async () => {
  const dials: WireEvents[] = [];
  const dial: Dial = (_address, _timeoutMs, events) => {
    dials.push(events);
    return { send: () => undefined, close: () => undefined };
  };
  const connection = createRelayConnection({ address, own: false, random, dial });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(dials).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(dials).toHaveLength(2);
  await connection.destroy();
});

it('waits for the first word on an open socket as long as for any other, however long the opening may take', async () => {
  const openedAt: number[] = [];
  const dial: Dial = (_address, _timeoutMs, { onOpen }) => {
    openedAt.push(performance.now());
    onOpen?.();
    return { send: () => undefined, close: () => undefined };
  };
  const connection = createRelayConnection({ address, own: false, random, dial });
  // One of five addresses in turn may take 5 s to open.
  await vi.advanceTimersByTimeAsync(30_000);
  expect(openedAt.length).toBeGreaterThan(5);
  const waits = openedAt.slice(1).map((at, index) => at - (openedAt[index] ?? 0));
  expect(Math.min(...waits)).toBeGreaterThan(3_500);
  expect(Math.max(...waits)).toBeLessThanOrEqual(4_500);
  await connection.destroy();
});

it('opens a document once that is opened as the hub answers', async () => {
  const opened: number[] = [];
  const dial: Dial = (_address, _timeoutMs, events) => {
    setTimeout(() => {
      const hubId = 'h'.repeat(22);
      events.onFrame(
        writeRelayFrame({ kind: 'welcome', protocol: RELAY_PROTOCOL, hubId, time: 0 }),
      );
    }, 5);
    return {
      send(bytes) {
        const frame = readRelayFrame(bytes);
        if (frame?.kind === 'open') opened.push(frame.channel);
      },
      close: () => undefined,
    };
  };
  const doc = new Y.Doc();
  const key = documentKeyFrom(new Uint8Array(32).fill(5));
  const connection = createRelayConnection({
    address,
    own: false,
    random,
    dial,
    onHub(hubId) {
      if (hubId !== null) connection.open({ doc, key });
    },
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(opened).toHaveLength(1);
  await connection.destroy();
});

it('shows at the door a key that it holds: the first, and the next where that did not help', async () => {
  const shown: (string | null)[] = [];
  const dial: Dial = (_address, _timeoutMs, events, doorToken) => {
    shown.push(doorToken?.() ?? null);
    setTimeout(events.onClose, 5);
    return { send: () => undefined, close: () => undefined };
  };
  let counter = 0;
  const counting = (length: number): Uint8Array => new Uint8Array(length).fill((counter += 1));
  const [plan, group] = [1, 2].map((byte) => documentKeyFrom(new Uint8Array(32).fill(byte)));
  if (plan === undefined || group === undefined) throw new Error();
  const keys: (typeof plan)[] = [];
  const options = { address, own: false, random: counting, dial };
  const connection = createRelayConnection({ ...options, keys: () => keys });
  await vi.advanceTimersByTimeAsync(1);
  expect(shown.splice(0)).toEqual([null]);
  keys.push(plan, group);
  await vi.advanceTimersByTimeAsync(2_000);
  await connection.destroy();
  const read = shown.map((token) =>
    [plan, group].map((key) =>
      token === null ? null : readDoorToken(token, doorKeyOf(accessKeyOf(key.secret))),
    ),
  );
  expect(read.length).toBeGreaterThan(2);
  const [first, second] = read;
  // The second and the third try.
  expect(first?.map((one) => one !== null)).toEqual([false, true]);
  expect(second?.map((one) => one !== null)).toEqual([true, false]);
  const all = read.flat().filter((one) => one !== null);
  expect(new Set(all.map(({ laptop }) => laptop)).size).toBe(1);
  expect(new Set(all.map(({ nonce }) => nonce)).size).toBe(read.length);
});

it('shows one of the documents that are open over it where nothing else is said', async () => {
  const tokens: (string | null)[] = [];
  const dial: Dial = (_address, _timeoutMs, _events, doorToken) => {
    setTimeout(() => tokens.push(doorToken?.() ?? null), 5);
    return { send: () => undefined, close: () => undefined };
  };
  const connection = createRelayConnection({ address, own: false, random, dial });
  const key = documentKeyFrom(new Uint8Array(32).fill(5));
  connection.open({ doc: new Y.Doc(), key });
  await vi.advanceTimersByTimeAsync(10);
  await connection.destroy();
  expect(tokens).toHaveLength(1);
  expect(readDoorToken(tokens[0] ?? '', doorKeyOf(accessKeyOf(key.secret)))).not.toBeNull();
});
