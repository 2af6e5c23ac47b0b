import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Dial, WireEvents } from '../../../src/browser/transport/dial.ts';
import { createRelayConnection } from '../../../src/browser/transport/relay-connection.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
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
