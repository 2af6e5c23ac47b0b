import { useState } from 'react';
import type { Note } from '../../../src/core/session/model.ts';
import { Button } from '../../shared/button.tsx';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { shorten } from './shorten.ts';
import styles from './note-list.module.css';

/** A pasted transcript is one note; of such only the beginning is shown at first. Characters. */
const MOST_SHOWN = 2000;

/** Notes set like text: when, what kind, who spoke for whom, and what was said. */
export function NoteList({ notes }: { readonly notes: readonly Note[] }) {
  const t = useT();
  const language = useLanguage();
  const { session } = usePlenary();
  const { stakeholderGroups } = useView(session.plan.view);
  return (
    <ul className={styles['notes']}>
      {notes.map((note) => {
        const speaker = stakeholderGroups.find(({ id }) => id === note.stakeholderGroupId)?.name;
        return (
          <li key={note.id} className={styles['note']}>
            <p className={styles['facts']}>
              <time>{timeOfDay(note.createdAt, language)}</time>
              <span>{t(`plenary.kind-${note.kind}`)}</span>
              {speaker !== undefined && <bdi>{speaker}</bdi>}
              {note.deleted && <span>{t('plenary.note-withdrawn')}</span>}
            </p>
            <NoteText text={note.text} />
          </li>
        );
      })}
    </ul>
  );
}

function NoteText({ text }: { readonly text: string }) {
  const t = useT();
  const [whole, setWhole] = useState(false);
  const shown = whole ? text : shorten(text, MOST_SHOWN);
  return (
    <>
      <p className={styles['text']} dir="auto">
        {shown}
      </p>
      {shown !== text && (
        <Button variant="quiet" size="small" onPress={() => setWhole(true)}>
          {t('plenary.whole-note')}
        </Button>
      )}
    </>
  );
}
