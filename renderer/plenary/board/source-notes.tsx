import type { GroupDocument } from '../../../src/core/session/group-document.ts';
import type { Recommendation } from '../../../src/core/session/model.ts';
import { compareOrder } from '../../../src/core/session/order.ts';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { NoteList } from './note-list.tsx';
import styles from './recommendation-card.module.css';

export interface SourceNotesProps {
  readonly recommendation: Recommendation;
  readonly document: GroupDocument;
}

/** Why the group recommends it, and the notes that it comes from. M1. */
export function SourceNotes({ recommendation, document }: SourceNotesProps) {
  const t = useT();
  useView(document.view);
  const notes = recommendation.noteIds
    .flatMap((id) => document.view.note(id) ?? [])
    .toSorted(compareOrder);
  const missing = recommendation.noteIds.length - notes.length;
  return (
    <div className={styles['sources']}>
      {recommendation.rationale.trim() !== '' && (
        <p className={styles['rationale']} dir="auto">
          {recommendation.rationale}
        </p>
      )}
      {notes.length > 0 && <NoteList notes={notes} />}
      {missing > 0 && (
        <p className={styles['missing']}>{t('plenary.notes-missing', { count: missing })}</p>
      )}
      {recommendation.noteIds.length === 0 && (
        <p className={styles['missing']}>{t('plenary.no-source-notes')}</p>
      )}
    </div>
  );
}
