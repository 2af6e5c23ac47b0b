import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { exchange, groupOnAnotherLaptop, newGroup, valueOf } from './laptops.ts';

const point = (text: string) => ({ kind: 'point', questionId: null, text }) as const;

function twoLaptops() {
  const a = newGroup('a');
  const id = valueOf(a.group.addNote(point('a register')));
  return { a, b: groupOnAnotherLaptop('b', a.doc), id };
}

describe('undo', () => {
  it('goes back through texts and fields in the order in which they were changed', () => {
    const { a, b, id } = twoLaptops();
    a.group.editReportBack('first');
    a.group.changeNote(id, { kind: 'concern' });
    a.group.editReportBack('first second');
    exchange(a.doc, b.doc);
    b.group.editReportBack('first');
    exchange(a.doc, b.doc);
    // What was typed last is gone already, so the newest step left is the kind of the note.
    expect(a.group.history.undo()).toBe('note-changed');
    expect(a.group.view.snapshot().reportBack.text).toBe('first');
    expect(a.group.history.undo()).toBe('text-changed');
    expect(a.group.view.snapshot().reportBack.text).toBe('');
    expect(a.group.history.redo()).toBe('text-changed');
    expect(a.group.history.redo()).toBe('note-changed');
    expect(a.group.history.redo()).toBeNull();
    expect(a.group.view.snapshot().reportBack.text).toBe('first');
  });

  it('makes a step of its own of what is typed right after a redo', () => {
    const { group } = newGroup('a');
    group.editReportBack('one');
    group.history.undo();
    group.history.redo();
    group.editReportBack('one two');
    expect(group.history.undo()).toBe('text-changed');
    expect(group.view.snapshot().reportBack.text).toBe('one');
    expect(group.history.undo()).toBe('text-changed');
    expect(group.view.snapshot().reportBack.text).toBe('');
  });

  it('forgets what could be done again once something else was done', () => {
    const { a, b, id } = twoLaptops();
    a.group.editReportBack('one');
    a.group.setReady(true);
    a.group.editReportBack('one two');
    a.group.history.undo();
    a.group.changeNote(id, { kind: 'idea' });
    expect(a.group.history.canRedo).toBe(false);
    a.group.history.undo();
    a.group.history.undo();
    a.group.history.undo();
    expect(a.group.view.snapshot().reportBack).toEqual({ text: '', readyAt: null });
    exchange(a.doc, b.doc);
    expect(a.group.history.redo()).toBe('text-changed');
    expect(a.group.view.snapshot().reportBack.text).toBe('one');
    expect(a.group.history.redo()).toBe('report-back-changed');
    expect(a.group.history.redo()).toBe('note-changed');
    expect(a.group.history.redo()).toBeNull();
    expect(a.group.view.snapshot().reportBack.text).toBe('one');
  });

  it('leaves the letters of a draft to the text field, and takes a finished note back whole', () => {
    const { group } = newGroup('a');
    const id = valueOf(group.beginNote(point('')));
    for (const text of ['s', 'sa', 'said']) group.editNote(id, text);
    expect(group.history.canUndo).toBe(false);
    group.finishNote(id);
    expect(group.history.undo()).toBe('note-added');
    expect(group.history.undo()).toBeNull();
    expect(group.view.note(id)).toMatchObject({ text: 'said', deleted: true });
  });

  it('finishing a note twice is one step and leaves the time as it was', () => {
    const { group, context } = newGroup('a');
    const id = valueOf(group.beginNote(point('said once')));
    context.time = 5_000;
    group.finishNote(id);
    context.time = 9_000;
    expect(group.finishNote(id)).toEqual({ ok: true, value: undefined });
    expect(group.view.note(id)?.createdAt).toBe(5_000);
    expect(group.history.undo()).toBe('note-added');
    expect(group.history.undo()).toBeNull();
  });

  it('S3: taking back typed words goes out whole, in one update', () => {
    const { group, doc } = newGroup('a');
    const id = valueOf(group.addNote(point('one')));
    group.editNote(id, 'one two');
    const updates: Uint8Array[] = [];
    doc.on('update', (update) => updates.push(update));
    group.history.undo();
    expect(group.view.note(id)?.text).toBe('one');
    expect(updates).toHaveLength(1);
    group.history.redo();
    expect(group.view.note(id)?.text).toBe('one two');
    expect(updates).toHaveLength(2);
  });

  it('tells listeners when there is something to take back', () => {
    const { group } = newGroup('a');
    const seen: boolean[][] = [];
    const stop = group.history.subscribe(() =>
      seen.push([group.history.canUndo, group.history.canRedo]),
    );
    group.editReportBack('x');
    group.history.undo();
    group.history.redo();
    stop();
    group.history.undo();
    expect(seen).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
  });

  it('has nothing to take back of a document that was just opened', () => {
    const { a } = twoLaptops();
    const reopened = groupOnAnotherLaptop('a', a.doc);
    expect(reopened.group.history.undo()).toBeNull();
    expect(Y.encodeStateVector(reopened.doc)).toEqual(Y.encodeStateVector(a.doc));
  });
});
