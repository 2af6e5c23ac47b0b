import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { changesBehind } from '../../../src/core/session/behind.ts';
import { firstSeed, forSeeds, type Random } from '../../tools/seeded-random.ts';
import {
  copyOf,
  exchange,
  type GroupLaptop,
  groupOnAnotherLaptop,
  newGroup,
  newPlan,
  newReport,
  planOnAnotherLaptop,
  reportOnAnotherLaptop,
  valueOf,
} from './laptops.ts';
import { playGroup } from './random-operations.ts';
import { Speaker, WordLedger } from './words.ts';

const point = (text: string) => ({ kind: 'point', questionId: null, text }) as const;

/** How many changes of `doc` the laptop with `other` does not have. */
const behind = (doc: Y.Doc, other: Y.Doc): number | null =>
  changesBehind(doc, Y.encodeStateVector(other));

function twoLaptops() {
  const a = newGroup('a');
  const id = valueOf(a.group.addNote(point('one two')));
  return { a, b: groupOnAnotherLaptop('b', a.doc), id };
}

describe('changesBehind', () => {
  it('S3: is 0 once the other laptop has everything, and everything there is for a new one', () => {
    const { a, b } = twoLaptops();
    expect(behind(a.doc, b.doc)).toBe(0);
    a.group.addNote(point('three'));
    a.group.addNote(point('four'));
    expect(behind(a.doc, b.doc)).toBe(2);
    expect(behind(b.doc, a.doc)).toBe(0);
    exchange(a.doc, b.doc);
    expect(behind(a.doc, b.doc)).toBe(0);
    const roots = ['kind', 'schemaVersion', 'groupId'].length;
    expect(behind(a.doc, new Y.Doc())).toBe(roots + 3);
  });

  it('counts notes, not letters', () => {
    const { a, b } = twoLaptops();
    const draft = valueOf(a.group.beginNote(point('')));
    for (let length = 1; length <= 100; length += 1) a.group.editNote(draft, 'x'.repeat(length));
    expect(behind(a.doc, b.doc)).toBe(1);
    a.group.finishNote(draft);
    expect(behind(a.doc, b.doc)).toBe(1);
    a.group.addNote(point('another'));
    expect(behind(a.doc, b.doc)).toBe(2);
  });

  it('counts a note once, also where letters were taken out while typing', () => {
    const { a, b } = twoLaptops();
    const id = valueOf(a.group.beginNote(point('')));
    for (const text of ['reg', 'regg', 'reg', 'regi', 'register']) a.group.editNote(id, text);
    expect(behind(a.doc, b.doc)).toBe(1);
    a.group.finishNote(id);
    a.group.editNote(id, 'registers');
    a.group.editNote(id, 'register');
    a.group.history.undo();
    expect(behind(a.doc, b.doc)).toBe(1);
  });

  it('counts alike in a document that nobody has opened', () => {
    const { a, b } = twoLaptops();
    a.group.addNote(point('three'));
    a.group.addNote(point('four'));
    expect(behind(copyOf(a.doc), b.doc)).toBe(2);
  });

  it('S3: sees what only deletes', () => {
    const { a, b, id } = twoLaptops();
    a.group.editNote(id, 'one');
    expect(behind(a.doc, b.doc)).toBe(1);
    exchange(a.doc, b.doc);
    expect(behind(a.doc, b.doc)).toBe(0);
    expect(b.group.view.note(id)?.text).toBe('one');

    a.group.setReady(true);
    exchange(a.doc, b.doc);
    a.group.setReady(false);
    expect(behind(a.doc, b.doc)).toBe(1);
    exchange(a.doc, b.doc);
    expect(b.group.view.snapshot().reportBack.readyAt).toBeNull();

    a.group.deleteNote(id);
    expect(behind(a.doc, b.doc)).toBe(1);
  });

  it('S3: sees letters taken out of a draft, of the report-back and of the report, and a clock that stops', () => {
    const { a, b } = twoLaptops();
    const draft = valueOf(a.group.beginNote(point('half a sen')));
    a.group.editReportBack('We agree.');
    exchange(a.doc, b.doc);
    a.group.editNote(draft, 'half a');
    expect(behind(a.doc, b.doc)).toBe(1);
    a.group.editReportBack('We');
    expect(behind(a.doc, b.doc)).toBe(2);

    const report = newReport('a');
    report.report.edit({ section: 'advice' }, 'Go on.');
    const reader = reportOnAnotherLaptop('b', report.doc);
    report.report.edit({ section: 'advice' }, 'Go');
    expect(behind(report.doc, reader.doc)).toBe(1);
    exchange(report.doc, reader.doc);
    expect(behind(report.doc, reader.doc)).toBe(0);

    const plan = newPlan('a');
    const other = planOnAnotherLaptop('b', plan.doc);
    plan.plan.startSegment(plan.plan.view.snapshot().agenda[0]?.id as never);
    exchange(plan.doc, other.doc);
    plan.plan.stopClock();
    expect(behind(plan.doc, other.doc)).toBe(1);
  });

  it('S3: sees undo and redo of typed words', () => {
    const { a, b, id } = twoLaptops();
    a.group.editNote(id, 'one two three');
    exchange(a.doc, b.doc);
    for (const [way, text] of [
      ['undo', 'one two'],
      ['redo', 'one two three'],
      ['undo', 'one two'],
    ] as const) {
      expect(a.group.history[way]()).toBe('text-changed');
      expect(behind(a.doc, b.doc)).toBe(1);
      exchange(a.doc, b.doc);
      expect(behind(a.doc, b.doc)).toBe(0);
      expect(b.group.view.note(id)?.text).toBe(text);
    }
  });

  it('S3: never says 0 for an undo of which a part was lost on the way', () => {
    const { a, b, id } = twoLaptops();
    a.group.editNote(id, 'one two three');
    exchange(a.doc, b.doc);
    const updates: Uint8Array[] = [];
    a.doc.on('update', (update) => updates.push(update));
    a.group.history.undo();
    for (const update of updates.slice(1)) Y.applyUpdate(b.doc, update);
    expect(behind(a.doc, b.doc)).toBe(1);
  });

  it('still knows that something changed after it was deleted and tidied away', () => {
    const { a, b, id } = twoLaptops();
    const notes = a.doc.getMap('notes');
    a.group.editNote(id, 'one two three');
    const before = Y.encodeStateVector(b.doc);
    // No operation of ours does this; it is what a document from outside may hold.
    notes.delete(id);
    expect(changesBehind(a.doc, before)).toBe(1);
    const reopened = copyOf(a.doc);
    expect(changesBehind(reopened, before)).toBe(1);
    expect(changesBehind(reopened, Y.encodeStateVector(reopened))).toBe(0);
  });

  it('has no answer to a state vector that cannot be read', () => {
    const { a } = twoLaptops();
    const vector = Y.encodeStateVector(a.doc);
    for (let length = 0; length < vector.length; length += 1) {
      expect(changesBehind(a.doc, vector.subarray(0, length))).toBeNull();
    }
    const endless = Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255);
    expect(changesBehind(a.doc, endless)).toBeNull();
    expect(changesBehind(a.doc, Uint8Array.of(255, 255, 255, 255, 15, 1, 1))).toBeNull();
  });

  it('takes a state vector of strangers, and of who claims more than there is', () => {
    const { a, b } = twoLaptops();
    const claims = new Map([...Y.decodeStateVector(Y.encodeStateVector(b.doc)), [77, 1_000]]);
    for (const client of claims.keys()) claims.set(client, Number.MAX_SAFE_INTEGER);
    expect(changesBehind(a.doc, Y.encodeStateVector(claims))).toBe(0);
  });
});

/** Whether `doc` holds something that changes `other`: told by trying. */
function changesOther(doc: Y.Doc, other: Y.Doc): boolean {
  const trial = copyOf(other);
  const before = Y.snapshot(trial);
  Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
  return !Y.equalSnapshots(before, Y.snapshot(trial));
}

/** Hands over some of what waits, in any order, some of it twice and some of it never. */
function deliver(random: Random, waiting: Uint8Array[], to: Y.Doc): void {
  for (let count = random.below(4); count > 0 && waiting.length > 0; count -= 1) {
    const [update] = waiting.splice(random.below(waiting.length), 1);
    if (update === undefined || random.chance(0.1)) continue;
    Y.applyUpdate(to, update);
    if (random.chance(0.1)) Y.applyUpdate(to, update);
  }
}

describe('S3: changesBehind against what is really missing', () => {
  it(`is 0 exactly when nothing is (40 runs of 40 operations, seeds from ${firstSeed})`, () => {
    let missing = 0;
    let complete = 0;
    forSeeds(40, (random) => {
      const ledger = new WordLedger();
      const a = newGroup('a');
      const b = groupOnAnotherLaptop('b', a.doc);
      const waiting = { a: [] as Uint8Array[], b: [] as Uint8Array[] };
      const sides = [
        { from: a, to: b, waiting: waiting.b, speaker: new Speaker(random, ledger) },
        { from: b, to: a, waiting: waiting.a, speaker: new Speaker(random, ledger) },
      ];
      for (const { from, waiting } of sides) {
        from.doc.on('update', (update: Uint8Array, _origin, _doc, { local }: Y.Transaction) => {
          if (local) waiting.push(update);
        });
      }
      const check = (from: GroupLaptop, to: GroupLaptop): void => {
        const count = behind(from.doc, to.doc);
        const really = changesOther(from.doc, to.doc);
        expect(count === 0).toBe(!really);
        if (really) missing += 1;
        else complete += 1;
      };
      for (let step = 0; step < 40; step += 1) {
        const side = random.pick(sides);
        if (side === null) break;
        playGroup(side.from.group, random, side.speaker);
        for (const { to, waiting } of sides) deliver(random, waiting, to.doc);
        if (random.chance(0.1)) exchange(a.doc, b.doc);
        for (const { from, to } of sides) check(from, to);
      }
      exchange(a.doc, b.doc);
      expect(behind(a.doc, b.doc)).toBe(0);
      expect(behind(b.doc, a.doc)).toBe(0);
      expect(b.group.view.snapshot()).toEqual(a.group.view.snapshot());
    });
    // Both answers must have come up often enough to mean something.
    expect(missing).toBeGreaterThan(500);
    expect(complete).toBeGreaterThan(500);
  }, 60_000);
});
