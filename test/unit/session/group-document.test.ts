import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../src/core/session/group-document.ts';
import type {
  GroupId,
  NoteId,
  QuestionId,
  RecommendationId,
} from '../../../src/core/session/ids.ts';
import { MAX_TEXT_LENGTH } from '../../../src/core/session/schema.ts';
import { testContext } from '../../tools/context.ts';

const questionId = 'q1' as QuestionId;
const point = (text: string) => ({ kind: 'point', questionId, text }) as const;

function laptop(name: string, doc = new Y.Doc()) {
  if (doc.getMap('meta').size === 0) initialiseGroupDocument(doc, 'g1' as GroupId);
  const context = testContext(name);
  return { doc, context, group: openGroupDocument(doc, context) };
}
function twoLaptops() {
  const a = laptop('a');
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(a.doc));
  return { a, b: laptop('b', other) };
}
function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
}
function idOf<T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

describe('notes', () => {
  it('carries kind, question, text, stakeholder group, region, laptop and time', () => {
    const { group, context } = laptop('a');
    context.time = 5_000;
    const id = idOf(
      group.addNote({ ...point('A register'), stakeholderGroupId: 's1', regionId: 'r1' }),
    );
    expect(group.view.snapshot().notes).toEqual([
      {
        id,
        kind: 'point',
        questionId,
        text: 'A register',
        stakeholderGroupId: 's1',
        regionId: 'r1',
        speakerName: null,
        deviceId: 'a',
        createdAt: 5_000,
        order: 'a0',
        draft: false,
        deleted: false,
      },
    ]);
  });

  it('keeps the order in which they were added, also from two laptops at once', () => {
    const { a, b } = twoLaptops();
    a.group.addNote(point('first'));
    exchange(a.doc, b.doc);
    a.group.addNote(point('from a'));
    b.group.addNote(point('from b'));
    exchange(a.doc, b.doc);
    a.group.addNote(point('last'));
    exchange(a.doc, b.doc);
    const texts = (notes: readonly { text: string }[]) => notes.map(({ text }) => text);
    expect(texts(a.group.view.snapshot().notes)).toEqual(['first', 'from a', 'from b', 'last']);
    expect(texts(b.group.view.snapshot().notes)).toEqual(texts(a.group.view.snapshot().notes));
  });

  it('keeps a draft apart until it is finished, and an empty one on no list', () => {
    const { group, context } = laptop('a');
    const id = idOf(group.beginNote(point('')));
    expect(group.view.snapshot().drafts).toEqual([]);
    expect(group.finishNote(id)).toEqual({ ok: false, reason: 'empty' });
    group.editNote(id, 'half a sen');
    expect(group.view.snapshot().drafts.map(({ text }) => text)).toEqual(['half a sen']);
    expect(group.view.snapshot().notes).toEqual([]);
    context.time = 9_000;
    group.finishNote(id);
    expect(group.view.snapshot().drafts).toEqual([]);
    expect(group.view.snapshot().notes[0]).toMatchObject({ text: 'half a sen', createdAt: 9_000 });
  });

  it('S2: two laptops that edit one note at once both keep their words', () => {
    const { a, b } = twoLaptops();
    const id = idOf(a.group.addNote(point('makers must answer')));
    exchange(a.doc, b.doc);
    a.group.editNote(id, 'small makers must answer');
    b.group.editNote(id, 'makers must answer in time');
    exchange(a.doc, b.doc);
    expect(a.group.view.note(id)?.text).toBe('small makers must answer in time');
    expect(b.group.view.note(id)?.text).toBe('small makers must answer in time');
  });

  it('deletes by a flag and restores what was there', () => {
    const { group } = laptop('a');
    const id = idOf(group.addNote(point('keep me')));
    group.deleteNote(id);
    expect(group.view.snapshot().notes).toEqual([]);
    expect(group.view.snapshot().deletedNotes.map(({ text }) => text)).toEqual(['keep me']);
    group.restoreNote(id);
    expect(group.view.snapshot().notes.map(({ text }) => text)).toEqual(['keep me']);
  });

  it('refuses what is empty, too long, unknown or not there, and changes nothing', () => {
    const { group, doc } = laptop('a');
    const before = Y.encodeStateVector(doc);
    expect(group.addNote(point('  '))).toEqual({ ok: false, reason: 'empty' });
    const long = 'x'.repeat(MAX_TEXT_LENGTH + 1);
    expect(group.addNote(point(long))).toEqual({ ok: false, reason: 'too-long' });
    const rumour = { ...point('x'), kind: 'rumour' as 'point' };
    expect(group.addNote(rumour)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(group.editNote('n' as NoteId, 'x')).toEqual({ ok: false, reason: 'not-found' });
    expect(group.deleteRecommendation('r' as RecommendationId)).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  it('takes a note of 100 KB, right-to-left and CJK text, and emoji', () => {
    const { group } = laptop('a');
    for (const text of ['x'.repeat(100_000), 'الأمن منذ التصميم', '设计即安全', '👩‍👩‍👧 ok 🏳️‍🌈']) {
      const id = idOf(group.addNote(point(text)));
      expect(group.view.note(id)?.text).toBe(text);
    }
  });

  it('refuses to write into a document of a newer Caucus, and shows it', () => {
    const { group, doc } = laptop('a');
    group.addNote(point('old'));
    doc.getMap('meta').set('schemaVersion', 99);
    expect(group.addNote(point('new'))).toEqual({ ok: false, reason: 'read-only' });
    expect(group.view.snapshot()).toMatchObject({ readOnly: true, schemaVersion: 99 });
    expect(group.view.snapshot().notes.map(({ text }) => text)).toEqual(['old']);
  });

  it('leaves fields alone that this version does not know', () => {
    const { group, doc } = laptop('a');
    const id = idOf(group.addNote(point('x')));
    const entry = doc.getMap('notes').get(id) as Y.Map<unknown>;
    entry.set('mood', 'tense');
    group.changeNote(id, { kind: 'concern' });
    group.editNote(id, 'y');
    expect(entry.get('mood')).toBe('tense');
  });
});

describe('recommendations', () => {
  it('M1: keeps the notes that it comes from, added and taken away one by one', () => {
    const { group } = laptop('a');
    const [n1, n2] = [idOf(group.addNote(point('one'))), idOf(group.addNote(point('two')))];
    const id = idOf(
      group.addRecommendation({ questionId, text: 'R', rationale: 'because', noteIds: [n1] }),
    );
    expect(group.view.recommendation(id)).toMatchObject({
      text: 'R',
      rationale: 'because',
      noteIds: [n1],
    });
    group.setNoteSource(id, n2, true);
    expect(group.view.recommendation(id)?.noteIds).toEqual([n1, n2]);
    group.setNoteSource(id, n1, false);
    expect(group.view.recommendation(id)?.noteIds).toEqual([n2]);
  });

  it('M1: two laptops that add different sources at once keep both', () => {
    const { a, b } = twoLaptops();
    const [n1, n2] = [idOf(a.group.addNote(point('1'))), idOf(a.group.addNote(point('2')))];
    const id = idOf(a.group.addRecommendation({ questionId, text: 'R', noteIds: [] }));
    exchange(a.doc, b.doc);
    a.group.setNoteSource(id, n1, true);
    b.group.setNoteSource(id, n2, true);
    exchange(a.doc, b.doc);
    expect(a.group.view.recommendation(id)?.noteIds).toEqual([n1, n2]);
    expect(b.group.view.recommendation(id)?.noteIds).toEqual([n1, n2]);
  });

  it('moves to the place that was asked for', () => {
    const { group } = laptop('a');
    const ids = ['1', '2', '3'].map((text) =>
      idOf(group.addRecommendation({ questionId, text, noteIds: [] })),
    );
    const texts = () => group.view.snapshot().recommendations.map(({ text }) => text);
    group.moveRecommendation(ids[2] as RecommendationId, 0);
    expect(texts()).toEqual(['3', '1', '2']);
    group.moveRecommendation(ids[2] as RecommendationId, 1);
    expect(texts()).toEqual(['1', '3', '2']);
    group.moveRecommendation(ids[0] as RecommendationId, 2);
    expect(texts()).toEqual(['3', '2', '1']);
  });
});

describe('report-back', () => {
  it('is ready when the group says so, and not any more when it takes that back', () => {
    const { group, context } = laptop('a');
    context.time = 7_000;
    group.editReportBack('We agree on two things.');
    group.setReady(true);
    expect(group.view.snapshot().reportBack).toEqual({
      text: 'We agree on two things.',
      readyAt: 7_000,
    });
    group.history.undo();
    expect(group.view.snapshot().reportBack.readyAt).toBeNull();
  });
});

describe('undo', () => {
  it('takes back one step at a time and does it again', () => {
    const { group } = laptop('a');
    const id = idOf(group.addNote(point('one')));
    group.changeNote(id, { kind: 'concern' });
    group.editNote(id, 'one more');
    expect(group.history.undo()).toBe('text-changed');
    expect(group.view.note(id)?.text).toBe('one');
    expect(group.history.undo()).toBe('note-changed');
    expect(group.view.note(id)?.kind).toBe('point');
    expect(group.history.undo()).toBe('note-added');
    expect(group.view.snapshot().notes).toEqual([]);
    expect(group.history.undo()).toBeNull();
    expect(group.history.redo()).toBe('note-added');
    expect(group.history.redo()).toBe('note-changed');
    expect(group.history.redo()).toBe('text-changed');
    expect(group.view.note(id)).toMatchObject({
      text: 'one more',
      kind: 'concern',
      deleted: false,
    });
  });

  it('S2: takes back only what this laptop did, and never what another wrote into it', () => {
    const { a, b } = twoLaptops();
    const id = idOf(a.group.addNote(point('mine')));
    exchange(a.doc, b.doc);
    b.group.editNote(id, 'mine and yours');
    const theirs = idOf(b.group.addNote(point('theirs')));
    exchange(a.doc, b.doc);
    expect(a.group.history.undo()).toBe('note-added');
    expect(a.group.history.undo()).toBeNull();
    expect(a.group.view.note(theirs)?.deleted).toBe(false);
    a.group.restoreNote(id);
    expect(a.group.view.note(id)?.text).toBe('mine and yours');
  });

  it('leaves a field alone that somebody else has changed since', () => {
    const { a, b } = twoLaptops();
    const id = idOf(a.group.addNote(point('x')));
    a.group.changeNote(id, { kind: 'concern' });
    exchange(a.doc, b.doc);
    b.group.changeNote(id, { kind: 'idea' });
    exchange(a.doc, b.doc);
    expect(a.group.history.undo()).toBe('note-added');
    expect(a.group.view.note(id)?.kind).toBe('idea');
  });
});

describe('the read model', () => {
  it('keeps what did not change the same object', () => {
    const { group } = laptop('a');
    group.addNote(point('one'));
    const id = idOf(group.addNote(point('two')));
    group.addRecommendation({ questionId, text: 'R', noteIds: [id] });
    const before = group.view.snapshot();
    group.editNote(id, 'two!');
    const after = group.view.snapshot();
    expect(after).not.toBe(before);
    expect(after.notes[0]).toBe(before.notes[0]);
    expect(after.notes[1]).not.toBe(before.notes[1]);
    expect(after.recommendations).toBe(before.recommendations);
    expect(group.view.snapshot()).toBe(after);
  });

  it('tells listeners once per transaction, also when it touches several roots', () => {
    const { group } = laptop('a');
    const id = idOf(group.addNote(point('one')));
    let calls = 0;
    const stop = group.view.subscribe(() => (calls += 1));
    group.addRecommendation({ questionId, text: 'R', noteIds: [id] });
    expect(calls).toBe(1);
    stop();
    group.addNote(point('two'));
    expect(calls).toBe(1);
  });

  it('reads the same whether built event by event or all at once', () => {
    const { group, doc } = laptop('a');
    const ids = Array.from({ length: 50 }, (_, index) => idOf(group.addNote(point(`n${index}`))));
    ids.forEach((id, index) => {
      if (index % 3 === 0) group.deleteNote(id);
      if (index % 5 === 0) group.editNote(id, `changed ${index}`);
    });
    group.addRecommendation({ questionId, text: 'R', noteIds: ids.slice(0, 4) });
    const fresh = laptop('b', doc);
    expect(fresh.group.view.snapshot()).toEqual(group.view.snapshot());
  });
});
