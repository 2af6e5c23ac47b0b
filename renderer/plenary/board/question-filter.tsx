import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import type { Question } from '../../../src/core/session/model.ts';
import { useT } from '../../shared/messages.tsx';
import type { QuestionChoice } from './board-rows.ts';
import styles from './question-filter.module.css';

export interface QuestionFilterProps {
  readonly questions: readonly Question[];
  readonly counts: ReadonlyMap<QuestionChoice | null, number>;
  readonly choice: QuestionChoice;
  readonly onChoose: (choice: QuestionChoice) => void;
}

/** Which question the board shows, with how many recommendations each has. */
export function QuestionFilter({ questions, counts, choice, onChoose }: QuestionFilterProps) {
  const t = useT();
  const entry = (id: QuestionChoice, letter: string | null, name: string, full: string) => {
    const count = counts.get(id) ?? 0;
    return (
      <ToggleButton key={id} id={id} className={styles['choice'] ?? ''}>
        {letter !== null && <span className={styles['letter']}>{letter}</span>}
        <bdi title={full}>{name}</bdi>
        {count > 0 && <span className={styles['count']}>{count}</span>}
      </ToggleButton>
    );
  };
  return (
    <ToggleButtonGroup
      className={styles['filter'] ?? ''}
      aria-label={t('plenary.questions')}
      disallowEmptySelection
      selectedKeys={[choice]}
      onSelectionChange={(keys) => {
        const [chosen] = keys;
        // The keys are the ids given below.
        if (chosen !== undefined) onChoose(chosen as QuestionChoice);
      }}
    >
      {entry('all', null, t('plenary.all-questions'), t('plenary.all-questions'))}
      {questions.map(({ id, letter, title, text }) => entry(id, letter, title, text))}
    </ToggleButtonGroup>
  );
}
