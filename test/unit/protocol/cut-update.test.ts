import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { cutUpdate } from '../../../src/core/protocol/cut-update.ts';
import { fits, readUpdate } from '../../../src/core/protocol/read-update.ts';
import { firstSeed, randomFrom } from '../../tools/seeded-random.ts';

/** Three laptops that type, delete and hear of each other now and then, so that their structs interlock. */
function writtenByThree(seed: number, steps: number): Y.Doc {
  const random = randomFrom(seed);
  const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
  for (let step = 0; step < steps; step += 1) {
    const doc = docs[random.below(3)] ?? new Y.Doc();
    const text = doc.getText('text');
    if (random.chance(0.2) && text.length > 3) text.delete(random.below(text.length - 2), 2);
    else text.insert(random.below(text.length + 1), `word${step} `);
    doc.getMap('notes').set(`n${random.below(20)}`, new Y.Map([['text', new Y.Text('said')]]));
    const other = docs[random.below(3)] ?? doc;
    if (random.chance(0.3)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  }
  const all = docs[0] ?? new Y.Doc();
  for (const doc of docs) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
  return all;
}

describe('a long update in pieces', () => {
  it(`S4: says the same, and each piece fits after those before it (CAUCUS_SEED=${firstSeed})`, () => {
    for (let seed = firstSeed; seed < firstSeed + 10; seed += 1) {
      const doc = writtenByThree(seed, 300);
      const whole = Y.encodeStateAsUpdate(doc);
      const pieces = cutUpdate(whole, 500);
      expect(pieces.length).toBeGreaterThan(10);
      const copy = new Y.Doc();
      for (const piece of pieces) {
        const read = readUpdate(piece);
        expect(read !== null && fits(read, (client) => Y.getState(copy.store, client))).toBe(true);
        Y.applyUpdate(copy, piece);
      }
      expect(copy.getText('text').toString()).toBe(doc.getText('text').toString());
      expect(copy.getMap('notes').toJSON()).toEqual(doc.getMap('notes').toJSON());
      expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(doc));
      expect(Y.encodeStateAsUpdate(copy)).toEqual(whole);
    }
  });

  it(`does so too for what somebody lacks who has a part already (CAUCUS_SEED=${firstSeed})`, () => {
    const early = writtenByThree(firstSeed, 100);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(early));
    const late = new Y.Doc();
    Y.applyUpdate(late, Y.encodeStateAsUpdate(early));
    for (let step = 0; step < 300; step += 1) late.getText('text').insert(step * 2, `late${step} `);
    const lacking = Y.encodeStateAsUpdate(late, Y.encodeStateVector(copy));
    for (const piece of cutUpdate(lacking, 500)) {
      const read = readUpdate(piece);
      expect(read !== null && fits(read, (client) => Y.getState(copy.store, client))).toBe(true);
      Y.applyUpdate(copy, piece);
    }
    expect(copy.getText('text').toString()).toBe(late.getText('text').toString());
  });

  it('is left whole where it is short, or is no update', () => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'short');
    const update = Y.encodeStateAsUpdate(doc);
    expect(cutUpdate(update, 1000)).toEqual([update]);
    const junk = new Uint8Array(100).fill(255);
    expect(cutUpdate(junk, 10)).toEqual([junk]);
  });
});

it('a chain from client to client, made up so as to take long, is cut about as fast as it is read', () => {
  /** Each client's structs stand right of the next client's, which come later in the update. */
  const chain = (clients: number): Uint8Array => {
    const encoder = encoding.createEncoder();
    const write = (...numbers: readonly number[]): void => {
      for (const number of numbers) encoding.writeVarUint(encoder, number);
    };
    write(clients);
    for (let client = 1; client <= clients; client += 1) {
      write(40, client, 0);
      for (let clock = 0; clock < 40; clock += 1) {
        if (client === clients) write(4, 1, 1, 116, 1, 65);
        else {
          encoding.writeUint8(encoder, 0x84);
          write(client + 1, clock, 1, 65);
        }
      }
    }
    write(0);
    return encoding.toUint8Array(encoder);
  };
  const timeFor = (update: Uint8Array): number => {
    const begin = performance.now();
    expect(cutUpdate(update, 64 * 1024).length).toBeGreaterThan(1);
    return performance.now() - begin;
  };
  timeFor(chain(400));
  const short = Math.max(timeFor(chain(400)), timeFor(chain(400)));
  // Ten times as long; looking at every client for every struct would take a hundred times the time.
  expect(timeFor(chain(4_000))).toBeLessThan(40 * short);
});
