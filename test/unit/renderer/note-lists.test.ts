import { describe, expect, it } from 'vitest';
import {
  countByQuestion,
  excerpt,
  questionInCommon,
  sourcesOf,
  unfinishedNotes,
} from '../../../renderer/facilitator/note-lists.ts';
import { dragState, placeOfDrop } from '../../../renderer/facilitator/reorder.ts';
import {
  extendedTo,
  nothingSelected,
  stillThere,
  toggled,
} from '../../../renderer/facilitator/selection.ts';
import type { Laptop } from '../../../src/browser/sync/status.ts';
import type { DeviceId, NoteId, QuestionId } from '../../../src/core/session/ids.ts';
import type { Note } from '../../../src/core/session/model.ts';

const note = (id: string, change: Partial<Note> = {}): Note => ({
  id: id as NoteId,
  kind: 'point',
  questionId: null,
  text: id,
  stakeholderGroupId: null,
  regionId: null,
  speakerName: null,
  deviceId: 'mine' as DeviceId,
  createdAt: 0,
  order: id,
  draft: false,
  deleted: false,
  ...change,
});
const ids = (...names: readonly string[]): NoteId[] => names.map((name) => name as NoteId);
const q = 'q' as QuestionId;

describe('lists of notes', () => {
  it('count by question', () => {
    const counts = countByQuestion([
      note('a', { questionId: q }),
      note('b', { questionId: q }),
      note('c'),
    ]);
    expect([...counts]).toEqual([
      [q, 2],
      [null, 1],
    ]);
  });

  it('know the question that notes have in common, and none where they differ', () => {
    expect(questionInCommon([note('a', { questionId: q }), note('b', { questionId: q })])).toBe(q);
    expect(questionInCommon([note('a', { questionId: q }), note('b')])).toBeNull();
    expect(questionInCommon([])).toBeNull();
  });

  it('give the sources in the order in which they were said (M1)', () => {
    const all = new Map(
      [note('z', { order: 'a1' }), note('a', { order: 'a2' })].map((one) => [one.id, one]),
    );
    const sources = sourcesOf({ noteIds: ids('a', 'gone', 'z') }, (id) => all.get(id));
    expect(sources.map(({ id }) => id)).toEqual(['z', 'a']);
  });

  it('cut a text at a word and never through an emoji', () => {
    expect(excerpt('  Small\n makers cannot staff it ', 99)).toBe('Small makers cannot staff it');
    expect(excerpt('Small makers cannot staff it', 16)).toBe('Small makers…');
    expect(excerpt('😀😀😀😀', 3)).toBe('😀😀😀…');
  });
});

describe('unfinished notes', () => {
  const theirs = { deviceId: 'theirs' as DeviceId };
  const laptop = (change: Partial<Laptop>): Laptop => ({
    deviceId: 'theirs',
    role: 'facilitator',
    plenary: false,
    writing: true,
    heardAt: 0,
    inContact: true,
    waiting: 0,
    ...change,
  });
  const own = { deviceId: 'mine' as DeviceId, composing: 'now' as NoteId };
  const left = (drafts: readonly Note[], held: readonly NoteId[], laptops: readonly Laptop[]) =>
    unfinishedNotes(drafts, own, new Set(held), laptops).map((one) => [one.note.id, one.left]);

  it('leave out the one that is being typed here', () => {
    expect(left([note('now')], [], [])).toEqual([]);
  });

  it('tell what a window left behind from what another window has (S2)', () => {
    expect(left([note('a'), note('b')], ids('b'), [])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('tell what another laptop is typing from what it left', () => {
    const drafts = [note('a', theirs)];
    expect(left(drafts, [], [laptop({})])).toEqual([['a', false]]);
    expect(left(drafts, [], [laptop({ writing: false })])).toEqual([['a', true]]);
    expect(left(drafts, [], [laptop({ inContact: false })])).toEqual([['a', true]]);
  });
});

describe('selection', () => {
  const order = ids('a', 'b', 'c', 'd');
  const members = (selection: { ids: ReadonlySet<NoteId> }): string => [...selection.ids].join('');

  it('toggles, and counts a range from where it began', () => {
    const one = toggled(nothingSelected, order[1] as NoteId);
    const range = extendedTo(one, order[3] as NoteId, order);
    expect(members(range)).toBe('bcd');
    expect(members(extendedTo(range, order[0] as NoteId, order))).toBe('bcda');
    expect(members(toggled(range, order[2] as NoteId))).toBe('bd');
  });

  it('forgets what is gone, and only then becomes another', () => {
    const one = toggled(nothingSelected, order[0] as NoteId);
    expect(stillThere(one, () => true)).toBe(one);
    expect(members(stillThere(one, () => false))).toBe('');
  });
});

describe('dragging', () => {
  it('counts places without the one that is moved', () => {
    expect(placeOfDrop(0, 3)).toBe(2);
    expect(placeOfDrop(2, 0)).toBe(0);
  });

  it('shows one edge, and none where nothing would move', () => {
    const edges = (from: number, before: number) =>
      [0, 1, 2].map((index) => dragState({ from, before }, index, 3));
    expect(edges(0, 2)).toEqual(['dragged', null, 'before']);
    expect(edges(0, 3)).toEqual(['dragged', null, 'after']);
    expect(edges(0, 1)).toEqual(['dragged', null, null]);
    expect(dragState(null, 0, 3)).toBeNull();
  });
});
