import { afterEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as encoding from 'lib0/encoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { accessKeyOf } from '../../../src/core/protocol/document-key.ts';
import type { DocumentKey } from '../../../src/core/protocol/document-key.ts';
import { openLaptop, startTestHub, testKey } from './laptop.ts';
import type { TestHub } from './laptop.ts';
import { firstSeed, randomFrom } from '../../tools/seeded-random.ts';
import type { Random } from '../../tools/seeded-random.ts';
import { eventually } from './eventually.ts';

const FRAMES_EACH = Number(process.env['CAUCUS_FRAMES'] ?? 1000);

function frame(key: string, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, key);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

const sync = (key: string, step: number, payload: Uint8Array): Uint8Array =>
  frame(key, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, payload);
  });

const tokenFrame = ({ documentId, secret }: DocumentKey): Uint8Array =>
  frame(documentId, (encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, accessKeyOf(secret));
    encoding.writeVarString(encoder, '4.8.0');
  });

/** Every frame that a laptop sends, from a document that has one of everything. */
function corpus(key: DocumentKey): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => updates.push(update));
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
  const states = encodeAwarenessUpdate(awareness, [doc.clientID]);
  awareness.destroy();
  const id = key.documentId;
  return [
    tokenFrame(key),
    sync(id, 0, Y.encodeStateVector(doc)),
    sync(id, 1, Y.encodeStateAsUpdate(doc)),
    ...updates.map((update) => sync(id, 2, update)),
    frame(id, (encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint8Array(encoder, states);
    }),
    frame(id, (encoder) => encoding.writeVarUint(encoder, 3)),
    frame(id, (encoder) => encoding.writeVarUint(encoder, 7)),
    frame(id, (encoder) => {
      encoding.writeVarUint(encoder, 5);
      encoding.writeVarString(encoder, 'stateless');
    }),
  ];
}

function mutate(frames: readonly Uint8Array[], random: Random): Uint8Array {
  const pick = (): Uint8Array => random.pick(frames) ?? new Uint8Array();
  const bytes = Uint8Array.from(pick());
  // Half of the mutations leave the address alone, or most would die at the first check.
  const from = random.chance(0.5) ? Math.min(44, bytes.length) : 0;
  const at = from + random.below(Math.max(1, bytes.length - from));
  switch (random.below(7)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      bytes[at] = random.below(256);
      return bytes;
    case 2:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 3:
      return Uint8Array.from([
        ...bytes.subarray(0, at),
        255,
        255,
        255,
        255,
        15,
        ...bytes.subarray(at),
      ]);
    case 4:
      return Uint8Array.from([...bytes.subarray(0, at), ...pick().subarray(at)]);
    case 5:
      return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)]);
    default:
      return Uint8Array.from({ length: 1 + random.below(200) }, () => random.below(256));
  }
}

/** Sends frames one after the other, over a new socket whenever the hub has ended the last one. */
async function storm({ local }: TestHub, key: DocumentKey, frames: Uint8Array[]): Promise<number> {
  let sockets = 0;
  const queue = [...frames];
  while (queue.length > 0) {
    sockets += 1;
    await new Promise<void>((resolve) => {
      const socket = new WebSocket(`ws://${local}/relay`);
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.on('pong', next);
      socket.on('open', () => {
        if (sockets % 8 !== 0) socket.send(tokenFrame(key));
        next();
      });
      // The ping's answer says that the hub has read what was sent before it.
      function next(): void {
        if (socket.readyState !== socket.OPEN) return;
        const bytes = queue.shift();
        if (bytes === undefined) {
          socket.close();
          return;
        }
        socket.send(bytes);
        socket.ping();
      }
    });
  }
  return sockets;
}

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).toReversed()) await close();
  vi.restoreAllMocks();
});

it.for([
  { who: 'a stranger with a document of their own', attacked: testKey(9) },
  { who: 'a member of the same document', attacked: testKey(1) },
])(
  `S2: ${FRAMES_EACH} mutated frames of $who stop nobody (CAUCUS_SEED=${firstSeed})`,
  { timeout: 60_000 },
  async ({ attacked }) => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const started = await startTestHub();
    toClose.push(() => started.hub.stop());
    const key = testKey(1);
    const [one, two] = [
      openLaptop(`ws://${started.local}`, key),
      openLaptop(`ws://${started.local}`, key),
    ];
    toClose.push(one.leave, two.leave);
    one.doc.getText('honest').insert(0, 'before');
    await eventually(() => expect(two.doc.getText('honest').toString()).toBe('before'));

    const random = randomFrom(firstSeed);
    const frames = corpus(attacked);
    const mutated = Array.from({ length: FRAMES_EACH }, () => mutate(frames, random));
    const sockets = await storm(started, attacked, mutated);
    expect(sockets).toBeGreaterThan(10);

    one.doc.getText('honest').insert(6, ' and after');
    await eventually(() => {
      expect(two.doc.getText('honest').toString()).toBe('before and after');
      expect(Y.encodeStateVector(two.doc)).toEqual(Y.encodeStateVector(one.doc));
    });
    two.doc.getText('honest').insert(0, '> ');
    await eventually(() => expect(one.doc.getText('honest').toString()).toBe('> before and after'));
    // Nothing of the attackers is left behind, and Hocuspocus met nothing that it had to complain
    // about. Yjs may: an update that contradicts the document shows only when it is applied.
    await eventually(() => expect(started.hub.counts().documents).toBe(1));
    expect(started.events.filter(({ event }) => event === 'fault')).toEqual([]);
    const [of] = ['Caught error while handling a Yjs update'];
    expect(complaints.mock.calls.filter(([text]) => text !== of)).toEqual([]);
  },
);
