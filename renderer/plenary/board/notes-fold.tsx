import { useState } from 'react';
import type { Note } from '../../../src/core/session/model.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { FoldButton } from '../fold-button.tsx';
import { NoteList } from './note-list.tsx';
import styles from './note-list.module.css';

/** Drawn at once; a group may have thousands. */
const STEP = 50;

export interface NotesFoldProps {
  readonly notes: readonly Note[];
  readonly group: string;
  readonly question: string;
}

/** "12 notes": opens to what the group has noted; of very many the latest, the rest on request. */
export function NotesFold({ notes, group, question }: NotesFoldProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(STEP);
  const earlier = Math.max(0, notes.length - shown);
  return (
    <div>
      <FoldButton
        open={open}
        label={t('plenary.notes-of', { count: notes.length, group, question })}
        onToggle={() => setOpen(!open)}
      >
        {t('plenary.notes', { count: notes.length })}
      </FoldButton>
      {open && (
        <div className={styles['opened']}>
          {earlier > 0 && (
            <Button variant="quiet" size="small" onPress={() => setShown(shown + STEP * 4)}>
              {t('plenary.earlier-notes', { count: earlier })}
            </Button>
          )}
          <NoteList notes={earlier > 0 ? notes.slice(earlier) : notes} />
        </div>
      )}
    </div>
  );
}
