import { memo, type ReactNode, useCallback, useId } from 'react';
import { MAX_GROUPS, MAX_QUESTIONS, MAX_SEGMENTS } from '../../src/core/session/plan-input.ts';
import type { PlanFault } from '../../src/core/session/plan-input.ts';
import { useT } from '../shared/messages.tsx';
import { GroupFields, NameFields, QuestionFields, SegmentFields } from './row-fields.tsx';
import { RowList } from './row-list.tsx';
import type { Rows } from './rows.ts';
import {
  badGroup,
  badQuestion,
  badSegment,
  type GroupRow,
  type QuestionRow,
  type SegmentRow,
  type SessionForm,
  totalMinutes,
} from './session-form.ts';
import styles from './create-screen.module.css';

/** Changes the form as it is by then; the same function from drawing to drawing. */
export type ChangeForm = (change: (form: SessionForm) => Partial<SessionForm>) => void;

interface SectionProps<T> {
  readonly rows: Rows<T>;
  readonly onChange: ChangeForm;
  /** What is wrong with the list as a whole; null where nothing is, or not to be said yet. */
  readonly fault: PlanFault | null;
  /** Whether faults are to be said. */
  readonly strict: boolean;
}

interface FrameProps {
  readonly heading: string;
  readonly help: string;
  readonly error?: string | null;
  readonly children: ReactNode;
}

function Section({ heading, help, error = null, children }: FrameProps) {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <h2 id={id} className={styles['heading']}>
        {heading}
      </h2>
      <p className={styles['help']}>{help}</p>
      {error !== null && <p className={styles['error']}>{error}</p>}
      {children}
    </section>
  );
}

const blankQuestion: QuestionRow = { title: '', text: '' };
const blankGroup: GroupRow = { name: '', online: false };
const blankSegment: SegmentRow = { title: '', kind: 'other', minutes: '10' };

export const QuestionSection = memo(function QuestionSection(props: SectionProps<QuestionRow>) {
  const { rows, onChange, fault, strict } = props;
  const t = useT();
  const onUpdate = useCallback(
    (change: (rows: Rows<QuestionRow>) => Rows<QuestionRow>) =>
      onChange((form) => ({ questions: change(form.questions) })),
    [onChange],
  );
  return (
    <Section
      heading={t('create.questions')}
      help={t('create.questions-help')}
      error={fault === null ? null : t(`plan-fault.${fault}`)}
    >
      <RowList
        rows={rows}
        onUpdate={onUpdate}
        fields={QuestionFields}
        errorOf={(row) => (strict && badQuestion(row) ? t('plan-fault.question-missing') : null)}
        blank={blankQuestion}
        rowName={t('create.question')}
        addWords={t('create.add-question')}
        mayAdd={rows.length < MAX_QUESTIONS}
      />
    </Section>
  );
});

export const GroupSection = memo(function GroupSection(props: SectionProps<GroupRow>) {
  const { rows, onChange, fault, strict } = props;
  const t = useT();
  const onUpdate = useCallback(
    (change: (rows: Rows<GroupRow>) => Rows<GroupRow>) =>
      onChange((form) => ({ groups: change(form.groups) })),
    [onChange],
  );
  return (
    <Section
      heading={t('create.groups')}
      help={t('create.groups-help')}
      error={fault === null ? null : t(`plan-fault.${fault}`)}
    >
      <RowList
        rows={rows}
        onUpdate={onUpdate}
        fields={GroupFields}
        errorOf={(row) => (strict && badGroup(row) ? t('plan-fault.group-name-missing') : null)}
        blank={blankGroup}
        rowName={t('create.group')}
        addWords={t('create.add-group')}
        mayAdd={rows.length < MAX_GROUPS}
      />
    </Section>
  );
});

export const AgendaSection = memo(function AgendaSection(props: SectionProps<SegmentRow>) {
  const { rows, onChange, fault, strict } = props;
  const t = useT();
  const onUpdate = useCallback(
    (change: (rows: Rows<SegmentRow>) => Rows<SegmentRow>) =>
      onChange((form) => ({ agenda: change(form.agenda) })),
    [onChange],
  );
  return (
    <Section
      heading={t('create.agenda')}
      help={t('create.agenda-help')}
      error={fault === null ? null : t(`plan-fault.${fault}`)}
    >
      <RowList
        rows={rows}
        onUpdate={onUpdate}
        fields={SegmentFields}
        errorOf={(row) => (strict && badSegment(row) ? t('plan-fault.segment-invalid') : null)}
        blank={blankSegment}
        rowName={t('create.segment')}
        addWords={t('create.add-segment')}
        mayAdd={rows.length < MAX_SEGMENTS}
      />
      <p className={styles['total']}>{t('create.agenda-total', { minutes: totalMinutes(rows) })}</p>
    </Section>
  );
});

interface ChoiceSectionProps extends Pick<SectionProps<string>, 'rows' | 'onChange'> {
  readonly list: 'stakeholder-group' | 'region';
}

export const ChoiceSection = memo(function ChoiceSection(props: ChoiceSectionProps) {
  const { list, rows, onChange } = props;
  const t = useT();
  const onUpdate = useCallback(
    (change: (rows: Rows<string>) => Rows<string>) =>
      onChange((form) =>
        list === 'region'
          ? { regions: change(form.regions) }
          : { stakeholderGroups: change(form.stakeholderGroups) },
      ),
    [onChange, list],
  );
  return (
    <Section heading={t(`create.${list}s`)} help={t(`create.${list}s-help`)}>
      <RowList
        rows={rows}
        onUpdate={onUpdate}
        fields={NameFields}
        blank=""
        rowName={t(`create.${list}`)}
        addWords={t(`create.add-${list}`)}
      />
    </Section>
  );
});
