import type { Note } from '../../../src/core/session/model.ts';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import styles from './note-list.module.css';

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
            <p className={styles['text']} dir="auto">
              {note.text}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
