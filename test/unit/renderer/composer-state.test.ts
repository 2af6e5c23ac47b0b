import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { createComposer } from '../../../renderer/facilitator/composer-state.ts';
import type { NoteLocks } from '../../../renderer/facilitator/note-locks.ts';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../src/core/session/group-document.ts';
import type { DeviceId, GroupId, NoteId } from '../../../src/core/session/ids.ts';
import { testContext } from '../../tools/context.ts';

const mine = 'mine' as DeviceId;

/** The locks of one laptop, shared by its windows. */
function laptopLocks(): { readonly held: Set<NoteId>; readonly locks: NoteLocks } {
  const held = new Set<NoteId>();
  return {
    held,
    locks: {
      async hold(id) {
        if (held.has(id)) return null;
        held.add(id);
        return () => void held.delete(id);
      },
      held: async () => held,
    },
  };
}

function openWindow(doc: Y.Doc, locks: NoteLocks) {
  const group = openGroupDocument(doc, testContext('mine'));
  const writing: boolean[] = [];
  const composer = createComposer(group, locks, (is) => writing.push(is));
  const close = composer.open();
  return { group, composer, close, writing, state: () => composer.state.getState() };
}
function newDocument(): Y.Doc {
  const doc = new Y.Doc();
  initialiseGroupDocument(doc, 'g' as GroupId);
  return doc;
}

describe('the composer', () => {
  it('has the text in the document from the first letter on (S1)', () => {
    const { group, composer } = openWindow(newDocument(), laptopLocks().locks);
    composer.edit('S');
    expect(group.view.snapshot().drafts.map(({ text }) => text)).toEqual(['S']);
    composer.edit('Small makers');
    expect(group.view.snapshot().drafts.map(({ text }) => text)).toEqual(['Small makers']);
    expect(group.view.snapshot().notes).toEqual([]);
  });

  it('makes one note of one Enter, and begins anew', () => {
    const { group, composer, state } = openWindow(newDocument(), laptopLocks().locks);
    composer.mark({ kind: 'concern', stakeholderGroupId: 'sg' });
    composer.edit('Small makers');
    expect(composer.finish()).toBeNull();
    expect(composer.finish()).toBeNull();
    const { notes, drafts } = group.view.snapshot();
    expect(notes.map(({ text, kind }) => [text, kind])).toEqual([['Small makers', 'concern']]);
    expect(drafts).toEqual([]);
    expect(state()).toMatchObject({ noteId: null, kind: 'point', stakeholderGroupId: 'sg' });
  });

  it('finishes nothing while there is only space', () => {
    const { group, composer, state } = openWindow(newDocument(), laptopLocks().locks);
    composer.edit('  ');
    expect(composer.finish()).toBeNull();
    expect(group.view.snapshot().notes).toEqual([]);
    expect(state().noteId).not.toBeNull();
  });

  it('marks the note that is being typed', () => {
    const { group, composer } = openWindow(newDocument(), laptopLocks().locks);
    composer.edit('Two schemes report figures');
    composer.mark({ kind: 'evidence', regionId: 'r1' });
    expect(group.view.snapshot().drafts[0]).toMatchObject({ kind: 'evidence', regionId: 'r1' });
  });

  it('takes up what a window that died left behind (S2)', async () => {
    const doc = newDocument();
    const first = laptopLocks();
    const dying = openWindow(doc, first.locks);
    dying.composer.mark({ kind: 'idea' });
    dying.composer.edit('Half a sent');
    // The window dies: its locks go, nothing else is said.
    const next = openWindow(doc, laptopLocks().locks);
    await next.composer.takeUp(mine);
    const { noteId, kind } = next.state();
    expect(kind).toBe('idea');
    next.composer.edit('Half a sentence');
    next.composer.finish();
    expect(next.group.view.note(noteId as NoteId)?.text).toBe('Half a sentence');
    expect(next.group.view.snapshot().notes).toHaveLength(1);
  });

  it('leaves alone what another window on this laptop is typing', async () => {
    const doc = newDocument();
    const { locks, held } = laptopLocks();
    const one = openWindow(doc, locks);
    one.composer.edit('In the first window');
    await Promise.resolve();
    expect(held.size).toBe(1);
    const two = openWindow(doc, locks);
    await two.composer.takeUp(mine);
    expect(two.state().noteId).toBeNull();
    one.close();
    expect(held.size).toBe(0);
  });

  it('leaves alone what another laptop is typing', async () => {
    const doc = newDocument();
    const theirs = openGroupDocument(doc, testContext('theirs'));
    theirs.beginNote({ kind: 'point', questionId: null, text: 'Theirs' });
    const { composer, state } = openWindow(doc, laptopLocks().locks);
    await composer.takeUp(mine);
    expect(state().noteId).toBeNull();
  });

  it('does not take up anything once somebody types', async () => {
    const doc = newDocument();
    openWindow(doc, laptopLocks().locks).composer.edit('Left behind');
    const { composer, state, group } = openWindow(doc, laptopLocks().locks);
    const taking = composer.takeUp(mine);
    composer.edit('New');
    await taking;
    expect(group.view.note(state().noteId as NoteId)?.text).toBe('New');
  });

  it('lets go of a note that was finished or deleted elsewhere', () => {
    const { group, composer, state } = openWindow(newDocument(), laptopLocks().locks);
    composer.edit('Kept from another window');
    group.finishNote(state().noteId as NoteId);
    expect(state().noteId).toBeNull();
    composer.edit('Deleted from another window');
    group.deleteNote(state().noteId as NoteId);
    expect(state().noteId).toBeNull();
    expect(group.view.snapshot().notes).toHaveLength(1);
  });

  it('tells the others that somebody is writing, and when not any more', () => {
    const { composer, close, writing } = openWindow(newDocument(), laptopLocks().locks);
    composer.edit('A');
    composer.finish();
    close();
    expect(writing).toEqual([true, false, false]);
  });

  it('says why where the document refuses', () => {
    const doc = newDocument();
    doc.getMap('meta').set('schemaVersion', 99);
    const { composer } = openWindow(doc, laptopLocks().locks);
    expect(composer.edit('A')).toBe('read-only');
    const { composer: other } = openWindow(newDocument(), laptopLocks().locks);
    expect(other.edit('x'.repeat(1_000_001))).toBe('too-long');
  });
});
