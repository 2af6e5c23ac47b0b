import type { KeyboardEvent } from 'react';
import type { Note } from '../../src/core/session/model.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { SharedText } from '../shared/shared-text.tsx';
import { useGroupParts, useOutcome } from './group-context.tsx';
import { NoteFields } from './note-fields.tsx';
import styles from './note-editor.module.css';

interface NoteEditorProps {
  readonly note: Note;
  readonly onDone: () => void;
}

/** A note that is being changed in its place. What is typed is kept as it is typed. */
export function NoteEditor({ note, onDone }: NoteEditorProps) {
  const t = useT();
  const { group, actions } = useGroupParts();
  const accepted = useOutcome();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      onDone();
    }
  };
  return (
    <div className={styles['editor']}>
      <SharedText
        value={note.text}
        onEdit={(text) => accepted(group.editNote(note.id, text))}
        label={t('notes.text')}
        look="boxed"
        focusFirst
        onKeyDown={onKeyDown}
      />
      <div className={styles['below']}>
        <NoteFields marks={note} onChange={(change) => actions.changeNote(note.id, change)} />
        <Button size="small" keys="Enter" onPress={onDone}>
          {t('notes.done')}
        </Button>
      </div>
    </div>
  );
}
