import { useState } from 'react';
import type { QuestionId } from '../../src/core/session/ids.ts';
import type { Recommendation } from '../../src/core/session/model.ts';
import { Button } from '../shared/button.tsx';
import { Checkbox } from '../shared/checkbox.tsx';
import { useT } from '../shared/messages.tsx';
import { Select } from '../shared/select.tsx';
import { useGroupParts, useGroupPart, useOutcome, usePlan } from './group-context.tsx';
import { notesOf } from './note-lists.ts';
import styles from './source-picker.module.css';

/** So many notes are listed at once; more come when they are asked for. */
const STEP = 100;

/** The notes, to be ticked where the recommendation comes from them. */
export function SourcePicker({ recommendation }: { readonly recommendation: Recommendation }) {
  const t = useT();
  const { group, screen } = useGroupParts();
  const accepted = useOutcome();
  const { questions } = usePlan();
  const notes = useGroupPart((all) => all.notes);
  const [question, setQuestion] = useState<QuestionId | null>(recommendation.questionId);
  const [shown, setShown] = useState(STEP);
  const list = notesOf(notes, question);
  const joined = new Set(recommendation.noteIds);
  return (
    <aside className={styles['picker']} aria-label={t('drafts.picker')}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{t('drafts.picker')}</h2>
        <Select
          label={t('notes.question')}
          labelHidden
          size="small"
          choices={[
            { id: '', name: t('notes.all') },
            ...questions.map(({ id, letter, title }) => ({ id, name: `${letter} ${title}` })),
          ]}
          value={question ?? ''}
          onChange={(id) => setQuestion(id === '' ? null : id)}
        />
        <Button
          variant="quiet"
          size="small"
          icon="close"
          aria-label={t('drafts.done-choosing')}
          onPress={() => screen.setState({ sourcesFor: null })}
        />
      </header>
      {list.length === 0 ? (
        <p className={styles['none']}>{t('drafts.picker-empty')}</p>
      ) : (
        <ul className={styles['notes']}>
          {list.slice(0, shown).map((note) => (
            <li key={note.id}>
              <Checkbox
                isSelected={joined.has(note.id)}
                onChange={(on) => accepted(group.setNoteSource(recommendation.id, note.id, on))}
              >
                <span dir="auto" className={styles['text']}>
                  {note.text}
                </span>
              </Checkbox>
            </li>
          ))}
        </ul>
      )}
      {list.length > shown && (
        <Button size="small" onPress={() => setShown(shown + STEP)}>
          {t('drafts.more-notes', { count: list.length - shown })}
        </Button>
      )}
    </aside>
  );
}
