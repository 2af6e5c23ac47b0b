import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { NoteId } from '../../src/core/session/ids.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { useGroupParts, useGroupPart, useOutcome } from './group-context.tsx';
import { excerpt, unfinishedNotes } from './note-lists.ts';
import { createNoteLocks } from './note-locks.ts';
import styles from './unfinished-notes.module.css';

const nothingHeld: ReadonlySet<NoteId> = new Set();

/** What others in the group are typing, and what was left unfinished. */
export function UnfinishedNotes() {
  const t = useT();
  const { session, group, composer, actions, mayWrite } = useGroupParts();
  const accepted = useOutcome();
  const drafts = useGroupPart((notes) => notes.drafts);
  const composing = useStore(composer.state, ({ noteId }) => noteId);
  const groupId = useGroupPart((notes) => notes.groupId);
  const laptops = useStore(session.status, ({ groups }) =>
    groupId === null ? undefined : groups.get(groupId)?.laptops,
  );
  const held = useHeldNotes(drafts.length);
  const list = unfinishedNotes(
    drafts,
    { deviceId: session.deviceId, composing },
    held,
    laptops ?? [],
  );
  if (list.length === 0) return null;
  return (
    <ul className={styles['list']} aria-label={t('notes.unfinished')}>
      {list.map(({ note, left }) => (
        <li key={note.id} className={styles['line']}>
          <span className={styles['state']}>
            {t(left ? 'notes.left-unfinished' : 'notes.being-written')}
          </span>
          <span className={styles['text']} dir="auto">
            {excerpt(note.text, 120)}
          </span>
          {left && mayWrite && (
            <>
              <Button
                variant="quiet"
                size="small"
                onPress={() => accepted(group.finishNote(note.id))}
              >
                {t('notes.keep-unfinished')}
              </Button>
              <Button
                variant="quiet"
                size="small"
                icon="trash"
                aria-label={t('notes.delete')}
                onPress={() => actions.deleteNote(note.id)}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The unfinished notes that windows on this laptop hold; asked again when their number changes. */
function useHeldNotes(count: number): ReadonlySet<NoteId> {
  const [answer, setAnswer] = useState({ count: 0, held: nothingHeld });
  useEffect(() => {
    if (count === 0) return undefined;
    let wanted = true;
    const ask = async (): Promise<void> => {
      const held = await createNoteLocks(navigator.locks).held();
      if (wanted) setAnswer({ count, held });
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [count]);
  return answer.held;
}
