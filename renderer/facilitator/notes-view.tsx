import { EmptyState } from '../shared/empty-state.tsx';
import { useT } from '../shared/messages.tsx';
import { ComposerBar } from './composer.tsx';
import { useGroupParts, useGroupPart, usePlan, useScreen } from './group-context.tsx';
import { NoteGrid } from './note-grid.tsx';
import { notesOf } from './note-lists.ts';
import { SelectionBar } from './selection-bar.tsx';
import { UnfinishedNotes } from './unfinished-notes.tsx';
import styles from './notes-view.module.css';

/** What was said, and below it the place to write what is being said. */
export function NotesView() {
  const t = useT();
  const { screen, mayWrite } = useGroupParts();
  const filter = useScreen((state) => state.filter);
  const all = useGroupPart((group) => group.notes);
  const { questions } = usePlan();
  const notes = notesOf(all, filter);
  const question = questions.find(({ id }) => id === filter);
  return (
    <div className={styles['view']}>
      {question !== undefined && question.text !== '' && (
        <p className={styles['question']} dir="auto">
          {question.text}
        </p>
      )}
      {notes.length > 0 ? (
        // Another question is another list, which is shown from its end again.
        <NoteGrid key={filter ?? ''} notes={notes} showLetters={filter === null} />
      ) : (
        <div className={styles['empty']}>
          <EmptyState
            title={t(filter === null ? 'notes.empty-title' : 'notes.empty-question-title')}
            example={t('notes.empty-example')}
          >
            <p>{t(mayWrite ? 'notes.empty' : 'notes.empty-reader')}</p>
          </EmptyState>
        </div>
      )}
      <UnfinishedNotes />
      {mayWrite && <SelectionBar />}
      {mayWrite && (
        <ComposerBar onUp={() => screen.setState({ current: null, wantsFocus: true })} />
      )}
    </div>
  );
}
