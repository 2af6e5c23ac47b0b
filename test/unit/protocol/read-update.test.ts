import { describe, expect, it } from 'vitest';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { fits, isStateVector, readUpdate } from '../../../src/core/protocol/read-update.ts';
import { firstSeed, randomFrom } from '../../tools/seeded-random.ts';
import type { Random } from '../../tools/seeded-random.ts';

/** One random change of the kinds that a session document sees, and a few that Yjs knows beyond them. */
function change(doc: Y.Doc, random: Random): void {
  const at = (length: number): number => random.below(length + 1);
  const text = doc.getText('text');
  const map = doc.getMap<unknown>('map');
  const list = doc.getArray<unknown>('list');
  const key = `k${at(5)}`;
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
      text.insert(at(text.length), ['héllo', '漢字', '😀', ' ', 'שלום'][at(4)] ?? '');
      break;
    case 3:
      if (text.length > 2) text.delete(at(text.length - 2), 2);
      break;
    case 4:
      if (text.length > 1)
        text.format(0, at(text.length - 1) + 1, { bold: random.chance(0.5) || null });
      break;
    case 5:
      text.insertEmbed(at(text.length), { image: 'x' });
      break;
    case 6:
      map.set(key, [1, -70_000, 1.5, 2n, true, null, undefined, 'x', { y: new Uint8Array([1]) }]);
      break;
    case 7:
      map.set(key, new Y.Map([['inner', new Y.Text('note')]]));
      break;
    case 8:
      map.delete(key);
      break;
    case 9:
      list.insert(at(list.length), [1, 'two', new Uint8Array([3])]);
      break;
    case 10:
      if (list.length > 1) list.delete(at(list.length - 2), 1);
      break;
    default:
      doc.getXmlFragment('xml').insert(0, [new Y.XmlElement('p'), new Y.XmlText('x')]);
  }
}

/** Encodes a hand-made update: what `write` writes, then an empty delete set. */
function madeUp(write: (encoder: encoding.Encoder) => void, deletes = [0]): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  for (const number of deletes) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}

const numbers =
  (...values: number[]) =>
  (encoder: encoding.Encoder): void => {
    for (const value of values) encoding.writeVarUint(encoder, value);
  };

describe('updates', () => {
  it(`all that Yjs writes pass, in order, out of order, merged and cut (CAUCUS_SEED=${firstSeed})`, () => {
    const random = randomFrom(firstSeed);
    const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    const updates: Uint8Array[] = [];
    for (const doc of docs) doc.on('update', (update: Uint8Array) => updates.push(update));
    for (let i = 0; i < 600; i += 1) {
      const doc = random.pick(docs) ?? new Y.Doc();
      change(doc, random);
      // Some get lost, so that structs wait for others and gaps are written.
      const update = random.pick(updates);
      if (update !== null && random.chance(0.4)) Y.applyUpdate(doc, update);
    }
    const whole = docs.map((doc) => Y.encodeStateAsUpdate(doc));
    const vectors = docs.map((doc) => Y.encodeStateVector(doc));
    const cut = whole.flatMap((update) => vectors.map((vector) => Y.diffUpdate(update, vector)));
    const merged = [
      Y.mergeUpdates(whole),
      Y.mergeUpdates(updates.filter(() => random.chance(0.3))),
    ];
    const all = [...updates, ...whole, ...cut, ...merged, Y.encodeStateAsUpdate(new Y.Doc())];
    expect(all.filter((update) => readUpdate(update) === null)).toEqual([]);
    expect(vectors.filter((vector) => !isStateVector(vector))).toEqual([]);
  });

  it(`fits exactly where Yjs keeps nothing waiting (CAUCUS_SEED=${firstSeed})`, () => {
    const random = randomFrom(firstSeed);
    const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    const updates: Uint8Array[] = [];
    for (const doc of docs) doc.on('update', (update: Uint8Array) => updates.push(update));
    const seen = { fitted: 0, refused: 0 };
    for (let i = 0; i < 1200; i += 1) {
      const doc = random.pick(docs) ?? new Y.Doc();
      change(doc, random);
      const update = random.pick(updates);
      if (update === null || random.chance(0.3)) continue;
      const read = readUpdate(update);
      const fit = read !== null && fits(read, (client) => Y.getState(doc.store, client));
      const trial = new Y.Doc();
      Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
      Y.applyUpdate(trial, update);
      const waits = trial.store.pendingStructs !== null || trial.store.pendingDs !== null;
      expect(fit).toBe(!waits);
      if (fit) Y.applyUpdate(doc, update);
      seen[fit ? 'fitted' : 'refused'] += 1;
    }
    expect(Math.min(seen.fitted, seen.refused)).toBeGreaterThan(50);
  });

  it('S4: a document of 10,000 notes passes, and quickly', () => {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (let i = 0; i < 10_000; i += 1) {
        const note = new Y.Map<unknown>([['text', new Y.Text('said in the room')]]);
        doc.getMap('notes').set(`n${i}`, note);
      }
    });
    const update = Y.encodeStateAsUpdate(doc);
    const before = performance.now();
    expect(readUpdate(update)?.memory).toBeGreaterThan(update.length);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it.for([
    ['nothing', new Uint8Array()],
    ['more structs than there are bytes', madeUp(numbers(1, 2 ** 31, 7, 0, 0, 1))],
    ['a struct of length zero', madeUp(numbers(1, 1, 7, 0, 0, 0))],
    ['a gap of length zero', madeUp(numbers(1, 1, 7, 0, 10, 0))],
    ['a clock that no number holds', madeUp(numbers(1, 1, 7, Number.MAX_SAFE_INTEGER, 0, 2))],
    ['a shared type that does not exist', madeUp(numbers(1, 1, 7, 0, 7, 0, 7, 5, 9))],
    ['content that does not exist', madeUp(numbers(1, 1, 7, 0, 11, 0, 7, 5, 9))],
    ['a struct that follows itself', madeUp(numbers(1, 1, 7, 3, 0x84, 7, 3, 1, 65))],
    ['an empty text', madeUp(numbers(1, 1, 7, 3, 0x84, 7, 2, 0))],
    ['a deletion of nothing', madeUp(numbers(0), [1, 7, 1, 0, 0])],
    ['bytes left over', madeUp(numbers(0), [0, 0])],
    ['a document in a document', Y.encodeStateAsUpdate(withSubdocument())],
    ['a value a thousand deep', Y.encodeStateAsUpdate(withDeepValue())],
  ] as const)('is refused: %s', ([, update]) => {
    expect(readUpdate(update)).toBeNull();
  });

  it('many tiny structs count for the memory that they take, not for their bytes', () => {
    const dense = madeUp(
      numbers(1, 1000, 7, 0, ...Array.from({ length: 1000 }, () => [0, 1]).flat()),
    );
    expect(readUpdate(dense)?.memory).toBeGreaterThan(dense.length * 100);
  });
});

function withSubdocument(): Y.Doc {
  const doc = new Y.Doc();
  doc.getMap('map').set('inner', new Y.Doc());
  return doc;
}

function withDeepValue(): Y.Doc {
  const doc = new Y.Doc();
  let value: unknown = 1;
  for (let i = 0; i < 1000; i += 1) value = [value];
  doc.getMap('map').set('deep', value);
  return doc;
}
