import { useId, type ReactNode } from 'react';
import { segmentKinds } from '../../src/core/session/model.ts';
import { MAX_GROUPS, MAX_QUESTIONS, MAX_SEGMENTS } from '../../src/core/session/plan-input.ts';
import { Checkbox } from '../shared/checkbox.tsx';
import { useT } from '../shared/messages.tsx';
import { Select } from '../shared/select.tsx';
import { TextField } from '../shared/text-field.tsx';
import { RowList } from './row-list.tsx';
import {
  type FormFaults,
  type SegmentRow,
  type SessionForm,
  totalMinutes,
} from './session-form.ts';
import styles from './create-screen.module.css';

interface SectionProps {
  readonly form: SessionForm;
  /** Null while they are not to be shown. */
  readonly faults: FormFaults | null;
  readonly onChange: (part: Partial<SessionForm>) => void;
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

export function QuestionSection({ form, faults, onChange }: SectionProps) {
  const t = useT();
  return (
    <Section
      heading={t('create.questions')}
      help={t('create.questions-help')}
      error={faults?.questions ? t(`plan-fault.${faults.questions}`) : null}
    >
      <RowList
        rows={form.questions}
        onChange={(questions) => onChange({ questions })}
        blank={{ title: '', text: '' }}
        rowName={t('create.question')}
        addWords={t('create.add-question')}
        mayAdd={form.questions.length < MAX_QUESTIONS}
      >
        {({ value, change, name, focusFirst, onKeyDown }) => (
          <>
            <TextField
              label={`${name}: ${t('create.question-title')}`}
              labelHidden
              placeholder={t('create.question-title')}
              characters={14}
              focusFirst={focusFirst}
              value={value.title}
              onChange={(title) => change({ ...value, title })}
              onKeyDown={onKeyDown}
              error={faults?.badQuestion(value) === true ? t('plan-fault.question-missing') : null}
            />
            <div className={styles['wide']}>
              <TextField
                label={`${name}: ${t('create.question-text')}`}
                labelHidden
                placeholder={t('create.question-text')}
                value={value.text}
                onChange={(text) => change({ ...value, text })}
                onKeyDown={onKeyDown}
              />
            </div>
          </>
        )}
      </RowList>
    </Section>
  );
}

export function GroupSection({ form, faults, onChange }: SectionProps) {
  const t = useT();
  return (
    <Section
      heading={t('create.groups')}
      help={t('create.groups-help')}
      error={faults?.groups ? t(`plan-fault.${faults.groups}`) : null}
    >
      <RowList
        rows={form.groups}
        onChange={(groups) => onChange({ groups })}
        blank={{ name: '', online: false }}
        rowName={t('create.group')}
        addWords={t('create.add-group')}
        mayAdd={form.groups.length < MAX_GROUPS}
      >
        {({ value, change, name, focusFirst, onKeyDown }) => (
          <>
            <div className={styles['wide']}>
              <TextField
                label={`${name}: ${t('create.group-name')}`}
                labelHidden
                placeholder={t('create.group-name')}
                focusFirst={focusFirst}
                value={value.name}
                onChange={(text) => change({ ...value, name: text })}
                onKeyDown={onKeyDown}
                error={faults?.badGroup(value) === true ? t('plan-fault.group-name-missing') : null}
              />
            </div>
            <div className={styles['tick']}>
              <Checkbox
                isSelected={value.online}
                onChange={(online) => change({ ...value, online })}
              >
                {t('create.group-online')}
              </Checkbox>
            </div>
          </>
        )}
      </RowList>
    </Section>
  );
}

const blankSegment: SegmentRow = { title: '', kind: 'other', minutes: '10' };

export function AgendaSection({ form, faults, onChange }: SectionProps) {
  const t = useT();
  const kinds = segmentKinds.map((id) => ({ id, name: t(`create.kind-${id}`) }));
  return (
    <Section
      heading={t('create.agenda')}
      help={t('create.agenda-help')}
      error={faults?.agenda ? t(`plan-fault.${faults.agenda}`) : null}
    >
      <RowList
        rows={form.agenda}
        onChange={(agenda) => onChange({ agenda })}
        blank={blankSegment}
        rowName={t('create.segment')}
        addWords={t('create.add-segment')}
        mayAdd={form.agenda.length < MAX_SEGMENTS}
      >
        {({ value, change, name, focusFirst, onKeyDown }) => (
          <>
            <div className={styles['wide']}>
              <TextField
                label={`${name}: ${t('create.segment-title')}`}
                labelHidden
                placeholder={t('create.segment-title')}
                focusFirst={focusFirst}
                value={value.title}
                onChange={(title) => change({ ...value, title })}
                onKeyDown={onKeyDown}
                error={faults?.badSegment(value) === true ? t('plan-fault.segment-invalid') : null}
              />
            </div>
            <Select
              label={`${name}: ${t('create.segment-kind')}`}
              labelHidden
              choices={kinds}
              value={value.kind}
              onChange={(kind) => change({ ...value, kind })}
            />
            <TextField
              label={`${name}: ${t('create.segment-minutes')}`}
              labelHidden
              inputMode="numeric"
              characters={4}
              value={value.minutes}
              onChange={(minutes) => change({ ...value, minutes })}
              onKeyDown={onKeyDown}
            />
            <span className={styles['unit']}>{t('create.minutes-unit')}</span>
          </>
        )}
      </RowList>
      <p className={styles['total']}>{t('create.agenda-total', { minutes: totalMinutes(form) })}</p>
    </Section>
  );
}

interface ChoiceSectionProps extends Pick<SectionProps, 'form' | 'onChange'> {
  readonly list: 'stakeholder-group' | 'region';
}

export function ChoiceSection({ list, form, onChange }: ChoiceSectionProps) {
  const t = useT();
  return (
    <Section heading={t(`create.${list}s`)} help={t(`create.${list}s-help`)}>
      <RowList
        rows={list === 'region' ? form.regions : form.stakeholderGroups}
        onChange={(rows) =>
          onChange(list === 'region' ? { regions: rows } : { stakeholderGroups: rows })
        }
        blank=""
        rowName={t(`create.${list}`)}
        addWords={t(`create.add-${list}`)}
      >
        {({ value, change, name, focusFirst, onKeyDown }) => (
          <div className={styles['wide']}>
            <TextField
              label={name}
              labelHidden
              placeholder={t(`create.${list}`)}
              focusFirst={focusFirst}
              value={value}
              onChange={change}
              onKeyDown={onKeyDown}
            />
          </div>
        )}
      </RowList>
    </Section>
  );
}
