import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import type { QuestionId } from '../../src/core/session/ids.ts';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import { useGroupParts, useGroupPart, usePlan, useScreen } from './group-context.tsx';
import { countByQuestion } from './note-lists.ts';
import styles from './question-filter.module.css';

const ALL = 'all';

/** One question's notes or all of them; a question that is chosen is also the next note's. */
export function QuestionFilter() {
  const t = useT();
  const { screen, composer } = useGroupParts();
  const { questions } = usePlan();
  const notes = useGroupPart((group) => group.notes);
  const filter = useScreen((state) => state.filter);
  const counts = countByQuestion(notes);
  const choose = (id: QuestionId | null): void => {
    screen.setState({ filter: id });
    if (id !== null) composer.mark({ questionId: id });
  };
  return (
    <div className={styles['filter']}>
      <Kbd keys="Alt" />
      <ToggleButtonGroup
        className={styles['group'] ?? ''}
        aria-label={t('notes.by-question')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[filter ?? ALL]}
        onSelectionChange={(keys) => choose(questions.find(({ id }) => keys.has(id))?.id ?? null)}
      >
        <ToggleButton id={ALL} className={styles['tab'] ?? ''} aria-keyshortcuts="Alt+0">
          <span className={styles['letter']} aria-hidden="true">
            0
          </span>
          {t('notes.all')}
          <span className={styles['count']}>{notes.length > 0 ? notes.length : ''}</span>
        </ToggleButton>
        {questions.map(({ id, letter, title, text }) => (
          <ToggleButton
            key={id}
            id={id}
            className={styles['tab'] ?? ''}
            aria-keyshortcuts={`Alt+${letter.toUpperCase()}`}
            aria-description={text}
          >
            <span className={styles['letter']}>{letter}</span>
            <bdi>{title}</bdi>
            <span className={styles['count']}>{counts.get(id) ?? ''}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
