import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import { createRelayConnection } from '../../../src/browser/transport/relay-connection.ts';
import type { HubClock } from '../../../src/browser/transport/clock-samples.ts';
import { writeMessage } from '../../../src/core/protocol/relay-message.ts';
import type { Access } from '../../../src/browser/transport/transport.ts';
import type { SessionKey } from '../../../src/core/protocol/session-key.ts';
import { testKey } from '../hub/laptop.ts';
import { createHostileHub } from './hostile-hub.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const key = testKey(1);

async function call(knows: boolean, access?: Access) {
  const hub = createHostileHub(knows ? key : null);
  const clocks: HubClock[] = [];
  const connection = createRelayConnection({
    address: 'ws://hub',
    own: false,
    random: (length) => new Uint8Array(length),
    dial: hub.dial,
    onClock: (clock) => clocks.push(clock),
  });
  const doc = new Y.Doc();
  doc.getText('notes').insert(0, 'confidential');
  const transport = connection.open({ doc, key, ...(access !== undefined && { access }) });
  transport.awareness.setLocalState({ role: 'facilitator' });
  await vi.advanceTimersByTimeAsync(20);
  // A document has a new number on every connection.
  const [channel = 0] = hub.heard.flatMap((frame) => (frame.kind === 'open' ? frame.channel : []));
  return { hub, channel, connection, doc, transport, clocks };
}
const forged = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.getText('notes').insert(0, 'graffiti ');
  return writeMessage([Y.encodeStateAsUpdate(doc)]);
};

it('A1: tells nothing to a hub that says "opened" and has proved nothing, and takes nothing from it', async () => {
  const { hub, channel, connection, doc, transport, clocks } = await call(false);
  const heard: Uint8Array[] = [];
  transport.onSignal((sealed) => heard.push(sealed));
  hub.send({ kind: 'opened', channel, mayWrite: true });
  hub.send({ kind: 'have', channel, stateVector: Uint8Array.of(0) });
  hub.send({ kind: 'joined', channel });
  hub.send({ kind: 'part', channel, last: true, bytes: forged() });
  hub.send({ kind: 'signal', channel, sealed: Uint8Array.of(1) });
  doc.getText('notes').insert(0, 'very ');
  await vi.advanceTimersByTimeAsync(100);
  hub.send({ kind: 'pong', number: 1, time: 8.64e15 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(hub.told).toEqual(new Set(['open', 'ping', 'got']));
  expect(transport.isOpen()).toBe(false);
  expect(doc.getText('notes').toString()).toBe('very confidential');
  expect([heard, clocks]).toEqual([[], []]);
  await connection.destroy();
});

it('A1: answers one challenge a connection, so that nobody collects proofs', async () => {
  const { hub, channel, connection } = await call(true);
  const proofs = (): number => hub.heard.filter(({ kind }) => kind === 'prove').length;
  expect(proofs()).toBe(1);
  for (let i = 0; i < 5; i += 1) {
    const [proof, nonce] = [new Uint8Array(32), new Uint8Array(16).fill(i)];
    hub.send({ kind: 'challenge', channel, nonce, proof });
  }
  expect(proofs()).toBe(1);
  await connection.destroy();
});

it('A1, S3: hears only from a hub that knows the document that access was taken back, or how to go on', async () => {
  const given: Uint8Array[] = [];
  const access: Access = {
    sessionKey: 'A'.repeat(43) as SessionKey,
    pass: () => new Uint8Array(),
    onBoxes(boxes) {
      given.push(boxes);
      return boxes.length > 0;
    },
  };
  const stranger = await call(false, access);
  stranger.hub.send({ kind: 'refused', channel: stranger.channel, reason: 'taken-back' });
  stranger.hub.send({ kind: 'boxes', channel: stranger.channel, boxes: Uint8Array.of(1) });
  expect(stranger.transport.refusal()).toBe('not-our-hub');
  expect(given).toEqual([]);
  await stranger.connection.destroy();

  const ours = await call(true, access);
  ours.hub.send({ kind: 'boxes', channel: ours.channel, boxes: Uint8Array.of(1) });
  expect(given).toEqual([Uint8Array.of(1)]);
  // There is something in it for this laptop, which goes on with that.
  expect(ours.transport.refusal()).toBeNull();
  ours.hub.send({ kind: 'refused', channel: ours.channel, reason: 'taken-back' });
  ours.hub.send({ kind: 'boxes', channel: ours.channel, boxes: new Uint8Array() });
  expect(ours.transport.refusal()).toBe('taken-back');
  await ours.connection.destroy();
});

it('says and takes in with a hub that knows the document', async () => {
  const { hub, channel, connection, doc, transport } = await call(true);
  expect(transport.isOpen()).toBe(true);
  hub.send({ kind: 'have', channel, stateVector: Uint8Array.of(0) });
  hub.send({ kind: 'part', channel, last: true, bytes: forged() });
  expect(hub.told).toContain('part');
  expect(doc.getText('notes').toString()).toContain('graffiti');
  await connection.destroy();
});

it('S3: nobody else speaks for this laptop, and one frame speaks for one', async () => {
  const { hub, channel, connection, doc, transport } = await call(true);
  const other = (await call(true)).transport;
  const say = (presence: Uint8Array): void => hub.send({ kind: 'say', channel, presence });
  const theirs = other.awareness.clientID;
  const presence = encodeAwarenessUpdate(other.awareness, [theirs]);
  say(presence);
  expect(transport.awareness.getStates().get(theirs)).toEqual({ role: 'facilitator' });
  // In this laptop's own name, by whoever knows its number.
  other.awareness.states.set(doc.clientID, { role: 'moderator' });
  other.awareness.meta.set(doc.clientID, { clock: 1_000, lastUpdated: 0 });
  say(encodeAwarenessUpdate(other.awareness, [doc.clientID]));
  say(encodeAwarenessUpdate(other.awareness, [theirs, doc.clientID]));
  expect(transport.awareness.getLocalState()).toEqual({ role: 'facilitator' });
  await connection.destroy();
});

it('S3: a crowd that nobody has ever seen does not silence those who are there', async () => {
  const { hub, channel, connection, transport } = await call(true);
  const other = (await call(true)).transport.awareness;
  const say = (client: number): void => {
    const presence = encodeAwarenessUpdate(other, [client]);
    hub.send({ kind: 'say', channel, presence });
  };
  say(other.clientID);
  for (let client = 1; client <= 5_000; client += 1) {
    other.states.set(client, { role: 'facilitator' });
    other.meta.set(client, { clock: 1, lastUpdated: 0 });
    say(client);
  }
  expect(transport.awareness.getStates().size).toBeLessThanOrEqual(300);
  other.setLocalState({ role: 'moderator' });
  say(other.clientID);
  expect(transport.awareness.getStates().get(other.clientID)).toEqual({ role: 'moderator' });
  // Those who left are forgotten altogether.
  for (let client = 1; client <= 5_000; client += 1) {
    other.states.delete(client);
    other.meta.set(client, { clock: 2, lastUpdated: 0 });
    say(client);
  }
  expect(transport.awareness.meta.size).toBeLessThan(1_000);
  await connection.destroy();
});
