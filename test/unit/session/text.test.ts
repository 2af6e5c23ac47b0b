import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { editText, type Splice, spliceBetween } from '../../../src/core/session/text.ts';
import { firstSeed, forSeeds, type Random } from '../../tools/seeded-random.ts';
import {
  exchange,
  groupOnAnotherLaptop,
  newGroup,
  newPlan,
  planOnAnotherLaptop,
} from './laptops.ts';

const apply = (text: string, { index, deleteCount, insert }: Splice): string =>
  text.slice(0, index) + insert + text.slice(index + deleteCount);

const isHigh = (text: string, at: number): boolean => /^[\ud800-\udbff]/.test(text.slice(at));
const isLow = (text: string, at: number): boolean => /^[\udc00-\udfff]/.test(text.slice(at));
/** Whether a cut at `at` goes through an emoji. */
const cutsPair = (text: string, at: number): boolean =>
  at > 0 && isHigh(text, at - 1) && isLow(text, at);

// Emoji that share their first half (😀😁), that share their second (🧀🗀), and families of several.
const pieces = ['a', 'b', ' ', '字', 'م', '😀', '😁', '🧀', '🗀', '👩‍👩‍👧', 'é', '\n'];
const randomText = (random: Random, length: number): string =>
  Array.from({ length: random.below(length) }, () => random.pick(pieces)).join('');

/** `text` with a few changes, as people make them, or another text altogether. */
function changed(random: Random, text: string): string {
  if (random.chance(0.2)) return randomText(random, 12);
  const characters = Array.from(text);
  for (let change = random.below(3); change >= 0; change -= 1) {
    const at = random.below(characters.length + 1);
    characters.splice(at, random.below(3), ...Array.from(randomText(random, 3)));
  }
  return characters.join('');
}

function expectSmallest(before: string, after: string): void {
  const splice = spliceBetween(before, after);
  if (before === after) {
    expect(splice).toBeNull();
    return;
  }
  if (splice === null) throw new Error('A change was not seen');
  const { index, deleteCount, insert } = splice;
  const end = index + deleteCount;
  expect(apply(before, splice)).toBe(after);
  for (const at of [index, end]) expect(cutsPair(before, at)).toBe(false);
  for (const at of [index, index + insert.length]) expect(cutsPair(after, at)).toBe(false);

  // One character less at either end would not do, unless it cut a pair.
  const deleted = before.slice(index, end);
  if (deleted === '' || insert === '') return;
  const sharesFirst = deleted[0] === insert[0];
  const cutsFirst = cutsPair(before, index + 1) || cutsPair(after, index + 1);
  expect(sharesFirst && !cutsFirst).toBe(false);
  const sharesLast = deleted.at(-1) === insert.at(-1);
  const cutsLast = cutsPair(before, end - 1) || cutsPair(after, index + insert.length - 1);
  expect(sharesLast && !cutsLast).toBe(false);
}

describe('spliceBetween', () => {
  it.each([
    ['', 'a', { index: 0, deleteCount: 0, insert: 'a' }],
    ['a', '', { index: 0, deleteCount: 1, insert: '' }],
    ['makers answer', 'makers must answer', { index: 7, deleteCount: 0, insert: 'must ' }],
    ['aaa', 'aa', { index: 2, deleteCount: 1, insert: '' }],
    ['aXc', 'aYc', { index: 1, deleteCount: 1, insert: 'Y' }],
    ['😀', '😁', { index: 0, deleteCount: 2, insert: '😁' }],
    ['🧀', '🗀', { index: 0, deleteCount: 2, insert: '🗀' }],
    ['😀', '😀😁', { index: 2, deleteCount: 0, insert: '😁' }],
    ['😁', '😀😁', { index: 0, deleteCount: 0, insert: '😀' }],
  ])('%j to %j', (before, after, splice) => {
    expect(spliceBetween(before, after)).toEqual(splice);
  });

  it('says nothing where nothing changed', () => {
    expect(spliceBetween('', '')).toBeNull();
    expect(spliceBetween('👩‍👩‍👧', '👩‍👩‍👧')).toBeNull();
  });

  it(`gives the new text, is the smallest and cuts no pair (2,000 seeds from ${firstSeed})`, () => {
    forSeeds(2_000, (random) => {
      const before = randomText(random, 12);
      expectSmallest(before, changed(random, before));
    });
  });
});

describe('editText', () => {
  it.each(['设计即安全', 'الأمن منذ التصميم', '👩‍👩‍👧 ok 🏳️‍🌈', 'نص then text 文'])(
    'takes %s',
    (value) => {
      const text = new Y.Doc().getText();
      expect(editText(text, value)).toBe(true);
      expect(text.toString()).toBe(value);
      expect(editText(text, value)).toBe(false);
      expect(editText(text, '')).toBe(true);
      expect(text.toString()).toBe('');
    },
  );

  it('leaves no change where there is none', () => {
    const doc = new Y.Doc();
    editText(doc.getText(), 'as it was');
    const before = Y.encodeStateVector(doc);
    editText(doc.getText(), 'as it was');
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  it('S2: an emoji cut in half does not read differently on another laptop', () => {
    const here = new Y.Doc();
    editText(here.getText(), 'half \ud83d here, \ude00 there');
    const there = new Y.Doc();
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
    expect(there.getText().toString()).toBe(here.getText().toString());
    editText(here.getText(), 'half 😀 here');
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
    expect(there.getText().toString()).toBe('half 😀 here');
  });

  it('S2: neither does one in a new note, a name or a title', () => {
    const half = 'half \ud83d here';
    const { doc, group } = newGroup('a');
    group.addNote({ kind: 'point', questionId: null, text: half, speakerName: half });
    const there = groupOnAnotherLaptop('b', doc).group;
    expect(there.view.snapshot()).toEqual(group.view.snapshot());
    const { doc: planDoc, plan } = newPlan('a');
    plan.rename(half);
    expect(planOnAnotherLaptop('b', planDoc).plan.view.snapshot()).toEqual(plan.view.snapshot());
    expect(plan.history.undo()).toBe('plan-changed');
  });

  it(`S2: two laptops that edit at once read the same (150 seeds from ${firstSeed})`, () => {
    forSeeds(150, (random) => {
      const docs = [new Y.Doc(), new Y.Doc()] as const;
      docs.forEach((doc, index) => (doc.clientID = index + 1));
      for (let round = 0; round < 8; round += 1) {
        for (const doc of docs) {
          const text = doc.getText();
          const after = changed(random, text.toString());
          editText(text, after);
          expect(text.toString()).toBe(after);
        }
        if (random.chance(0.6)) exchange(...docs);
      }
      exchange(...docs);
      expect(docs[0].getText().toString()).toBe(docs[1].getText().toString());
    });
  });
});
