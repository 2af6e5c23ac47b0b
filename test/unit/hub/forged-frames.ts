import * as encoding from 'lib0/encoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import {
  accessKeyOf,
  type DocumentKey,
  writeKeyOf,
} from '../../../src/core/protocol/document-key.ts';
import {
  RELAY_PROTOCOL,
  type RelayFrame,
  writeRelayFrame,
} from '../../../src/core/protocol/relay-frame.ts';
import { writeMessage } from '../../../src/core/protocol/relay-message.ts';
import { NONCE_BYTES, PROOF_BYTES } from '../../../src/core/protocol/relay-proof.ts';
import type { SessionKey } from '../../../src/core/protocol/session-key.ts';
import type { Random } from '../../tools/seeded-random.ts';

/** What an attacker's document of one of everything says, in updates. */
interface Spoken {
  readonly doc: Y.Doc;
  readonly updates: readonly Uint8Array[];
  readonly presence: Uint8Array;
}

function speak(clientId: number): Spoken {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const note = new Y.Map<unknown>();
  doc.getMap('notes').set('a', note);
  note.set('text', new Y.Text('said in the room'));
  note.set('votes', 3);
  note.set('tags', ['x', { y: [null, 1.5, true, 'z', new Uint8Array([1, 2])] }]);
  doc.getArray('order').push([1, 2, 3]);
  doc.getArray('order').delete(1, 1);
  doc.getText('said').insert(0, 'héllo');
  doc.getText('said').format(0, 2, { bold: true });
  doc.getText('said').delete(1, 2);
  doc.getMap('notes').delete('a');
  const awareness = new Awareness(doc);
  awareness.setLocalState({ role: 'facilitator' });
  const presence = encodeAwarenessUpdate(awareness, [doc.clientID]);
  awareness.destroy();
  return { doc, updates, presence };
}

/** An update written by hand: these numbers and bytes, one after the other. */
export function updateOf(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}
/** What a struct says of itself: a text, with a left neighbour, a right one, or both. */
const afterLeft = Uint8Array.of(0x84);
const betweenBoth = Uint8Array.of(0xc4);
/** Structs of `lengths` that were garbage-collected, by `client` from `clock` on. */
export const garbage = (client: number, clock: number, ...lengths: readonly number[]): Uint8Array =>
  updateOf(1, lengths.length, client, clock, ...lengths.flatMap((length) => [0, length]), 0);
/** Two clients' structs that wait for each other, for ever: each stands right of the other. */
export const waitingForEachOther = (one: number, other: number): Uint8Array =>
  updateOf(2, 1, one, 0, afterLeft, other, 0, 1, 65, 1, other, 0, afterLeft, one, 0, 1, 66, 0);
/** A text between two that are garbage, and another that stands left of what is right of it. */
const contradiction = (client: number): Uint8Array =>
  updateOf(
    Uint8Array.of(1, 4),
    client,
    Uint8Array.of(0, 0, 3),
    betweenBoth,
    client,
    1,
    client,
    Uint8Array.of(2, 1, 67),
    // "AB" in the root "deep".
    Uint8Array.of(4, 1, 4, 100, 101, 101, 112, 2, 65, 66),
    betweenBoth,
    client,
    5,
    client,
    Uint8Array.of(4, 1, 68),
    1,
    client,
    Uint8Array.of(1, 1, 2),
  );
/** Maps in maps, `depth` deep: who walks through them by calling itself overflows its stack. */
function nested(client: number, depth: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  doc.transact(() => {
    let map = doc.getMap<unknown>('deep');
    for (let i = 0; i < depth; i += 1) {
      const inner = new Y.Map<unknown>();
      map.set('in', inner);
      map = inner;
    }
  });
  return Y.encodeStateAsUpdate(doc);
}
function manyClients(count: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, count);
  for (let client = 0; client < count; client += 1) {
    for (const number of [1, 1_000 + client, 0, 0, 1]) encoding.writeVarUint(encoder, number);
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}
function longStateVector(clients: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, clients);
  for (let client = 0; client < clients; client += 1) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, 1);
  }
  return encoding.toUint8Array(encoder);
}
function presenceOf(states: readonly (readonly [client: number, clock: number, json: string])[]) {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, states.length);
  for (const [client, clock, json] of states) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, json);
  }
  return encoding.toUint8Array(encoder);
}

/** Updates that pass as Yjs's, and are made up. `victim` is an honest laptop's client id. */
export function forgedUpdates(random: Random, victim: number): readonly Uint8Array[] {
  const client = 1_000_000 + random.below(1_000_000);
  return [
    garbage(victim, 2 ** 40, 1),
    garbage(victim, 2 ** 50, 2 ** 50),
    garbage(client, 0, 2 ** 52),
    garbage(client, 0, ...Array.from({ length: 500 }, () => 1)),
    waitingForEachOther(client, client + 1),
    contradiction(client),
    manyClients(10_000),
    nested(client, 300),
    // Deletes what nobody has written.
    updateOf(0, 1, victim, 1, 2 ** 45, 2 ** 45),
  ];
}

const part = (channel: number, updates: readonly Uint8Array[]): RelayFrame => ({
  kind: 'part',
  channel,
  last: true,
  bytes: writeMessage(updates),
});

/** One frame of every kind that a laptop or a hub may send, on channel 1, and many of those that matter. */
export function everyFrame(key: DocumentKey, clientId = 4_242): readonly Uint8Array[] {
  const { doc, updates, presence } = speak(clientId);
  const nonce = new Uint8Array(NONCE_BYTES).fill(7);
  const proof = new Uint8Array(PROOF_BYTES).fill(9);
  const { documentId } = key;
  const channel = 1;
  const whole = Y.encodeStateAsUpdate(doc);
  const frames: RelayFrame[] = [
    { kind: 'welcome', protocol: RELAY_PROTOCOL, hubId: 'h'.repeat(22), time: 1_700_000_000_000 },
    { kind: 'open', channel: 2, documentId, nonce },
    { kind: 'challenge', channel, nonce, proof },
    { kind: 'prove', channel: 2, proof, pass: new Uint8Array(80).fill(6) },
    { kind: 'opened', channel, mayWrite: true },
    { kind: 'refused', channel: 2, reason: 'hub-full' },
    { kind: 'close', channel: 2 },
    { kind: 'have', channel, stateVector: Y.encodeStateVector(doc) },
    { kind: 'have', channel, stateVector: Uint8Array.of(0) },
    part(channel, [whole]),
    part(channel, updates),
    { kind: 'part', channel, last: false, bytes: whole.subarray(0, 30) },
    ...updates.map((update) => part(channel, [update])),
    { kind: 'got', bytes: 100 },
    { kind: 'say', channel, presence },
    { kind: 'signal', channel, sealed: new Uint8Array(80).fill(3) },
    { kind: 'ping', number: 1 },
    { kind: 'pong', number: 1, time: 1_700_000_000_000 },
    { kind: 'joined', channel },
    {
      kind: 'bring',
      channel: 3,
      accessKey: accessKeyOf(key.secret),
      writeKey: writeKeyOf(key.secret),
      sessionKey: null,
    },
    {
      kind: 'revoke',
      sessionKey: 'A'.repeat(43) as SessionKey,
      ticketIds: ['one'],
      groups: [{ groupId: 'g', before: 5 }],
      setAside: [documentId],
      boxes: new Uint8Array(9),
    },
    { kind: 'boxes', channel, boxes: new Uint8Array(9) },
  ];
  return frames.map((frame) => writeRelayFrame(frame));
}

/** Frames that are well-formed and meant ill. */
export function forgedFrame(random: Random, key: DocumentKey, victim: number): Uint8Array {
  const channel = random.chance(0.9) ? 1 : random.below(100_000);
  const [update = new Uint8Array()] = [random.pick(forgedUpdates(random, victim)) ?? undefined];
  const whose = random.chance(0.3) ? victim : random.below(2 ** 32);
  const made: readonly (() => RelayFrame)[] = [
    () => part(channel, [update]),
    () => part(channel, [update, update]),
    () => ({ kind: 'part', channel, last: random.chance(0.5), bytes: Uint8Array.of(1) }),
    () => ({ kind: 'have', channel, stateVector: longStateVector(random.below(20_000)) }),
    () => ({ kind: 'have', channel, stateVector: Uint8Array.of(0) }),
    () => ({
      kind: 'say',
      channel,
      presence: presenceOf([[whose, random.below(2 ** 40), '{"role":"facilitator"}']]),
    }),
    () => ({ kind: 'say', channel, presence: presenceOf([[whose, 2 ** 47, 'null']]) }),
    () => ({
      kind: 'say',
      channel,
      presence: presenceOf(
        Array.from({ length: 64 }, () => [random.below(2 ** 32), 1, '{"x":"y"}'] as const),
      ),
    }),
    () => ({ kind: 'signal', channel, sealed: new Uint8Array(1 + random.below(60_000)) }),
    () => ({ kind: 'got', bytes: random.pick([0, 1, 2 ** 52]) ?? 0 }),
    () => ({ kind: 'ping', number: random.below(2 ** 50) }),
    () => ({
      kind: 'pong',
      number: random.below(5),
      time: random.pick([0, 1, 8.64e15, 4_102_444_800_000]) ?? 0,
    }),
    () => ({ kind: 'close', channel: random.below(100_000) }),
    () => ({
      kind: 'open',
      channel: random.below(100_000),
      documentId: key.documentId,
      nonce: new Uint8Array(NONCE_BYTES),
    }),
    () => ({ kind: 'prove', channel, proof: new Uint8Array(PROOF_BYTES), pass: new Uint8Array() }),
  ];
  return writeRelayFrame(random.pick(made)?.() ?? { kind: 'got', bytes: 0 });
}

/** One of `frames`, damaged: cut off, bits turned, numbers made huge, two glued together, or noise. */
export function mutate(frames: readonly Uint8Array[], random: Random): Uint8Array {
  const pick = (): Uint8Array => random.pick(frames) ?? new Uint8Array();
  const bytes = Uint8Array.from(pick());
  // Half of the mutations leave kind and channel alone, or most would die at the first check.
  const from = random.chance(0.5) ? Math.min(3, bytes.length) : 0;
  const at = from + random.below(Math.max(1, bytes.length - from));
  switch (random.below(8)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      bytes[at] = random.below(256);
      return bytes;
    case 2:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 3: {
      const huge = [255, 255, 255, 255, 15];
      return Uint8Array.from([...bytes.subarray(0, at), ...huge, ...bytes.subarray(at)]);
    }
    case 4:
      return Uint8Array.from([...bytes.subarray(0, at), ...pick().subarray(at)]);
    case 5:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]);
    case 6:
      // Now and then more than any frame may hold.
      return new Uint8Array(random.chance(0.02) ? 300_000 : 1 + random.below(4_000)).fill(at);
    default:
      return Uint8Array.from({ length: 1 + random.below(200) }, () => random.below(256));
  }
}
