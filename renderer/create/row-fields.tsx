import { segmentKinds } from '../../src/core/session/model.ts';
import { Checkbox } from '../shared/checkbox.tsx';
import { useT } from '../shared/messages.tsx';
import { Select } from '../shared/select.tsx';
import { TextField } from '../shared/text-field.tsx';
import type { RowFieldsProps } from './row-list.tsx';
import type { GroupRow, QuestionRow, SegmentRow } from './session-form.ts';
import styles from './create-screen.module.css';

export function QuestionFields(props: RowFieldsProps<QuestionRow>) {
  const { value, onChange, name, error, focusFirst, onKeyDown } = props;
  const t = useT();
  return (
    <>
      <TextField
        label={`${name}: ${t('create.question-title')}`}
        labelHidden
        placeholder={t('create.question-title')}
        characters={14}
        focusFirst={focusFirst}
        value={value.title}
        onChange={(title) => onChange({ ...value, title })}
        onKeyDown={onKeyDown}
        error={error}
      />
      <div className={styles['wide']}>
        <TextField
          label={`${name}: ${t('create.question-text')}`}
          labelHidden
          placeholder={t('create.question-text')}
          value={value.text}
          onChange={(text) => onChange({ ...value, text })}
          onKeyDown={onKeyDown}
        />
      </div>
    </>
  );
}

export function GroupFields(props: RowFieldsProps<GroupRow>) {
  const { value, onChange, name, error, focusFirst, onKeyDown } = props;
  const t = useT();
  return (
    <>
      <div className={styles['wide']}>
        <TextField
          label={`${name}: ${t('create.group-name')}`}
          labelHidden
          placeholder={t('create.group-name')}
          focusFirst={focusFirst}
          value={value.name}
          onChange={(text) => onChange({ ...value, name: text })}
          onKeyDown={onKeyDown}
          error={error}
        />
      </div>
      <div className={styles['tick']}>
        <Checkbox
          aria-label={`${name}: ${t('create.group-online')}`}
          isSelected={value.online}
          onChange={(online) => onChange({ ...value, online })}
        >
          {t('create.group-online')}
        </Checkbox>
      </div>
    </>
  );
}

export function SegmentFields(props: RowFieldsProps<SegmentRow>) {
  const { value, onChange, name, error, focusFirst, onKeyDown } = props;
  const t = useT();
  return (
    <>
      <div className={styles['wide']}>
        <TextField
          label={`${name}: ${t('create.segment-title')}`}
          labelHidden
          placeholder={t('create.segment-title')}
          focusFirst={focusFirst}
          value={value.title}
          onChange={(title) => onChange({ ...value, title })}
          onKeyDown={onKeyDown}
          error={error}
        />
      </div>
      <div className={styles['segmentKind']}>
        <Select
          label={`${name}: ${t('create.segment-kind')}`}
          labelHidden
          choices={segmentKinds.map((id) => ({ id, name: t(`create.kind-${id}`) }))}
          value={value.kind}
          onChange={(kind) => onChange({ ...value, kind })}
        />
      </div>
      <TextField
        label={`${name}: ${t('create.segment-minutes')}`}
        labelHidden
        inputMode="numeric"
        characters={4}
        value={value.minutes}
        onChange={(minutes) => onChange({ ...value, minutes })}
        onKeyDown={onKeyDown}
      />
      <span className={styles['unit']}>{t('create.minutes-unit')}</span>
    </>
  );
}

export function NameFields(props: RowFieldsProps<string>) {
  const { value, onChange, name, focusFirst, onKeyDown } = props;
  return (
    <div className={styles['wide']}>
      <TextField
        label={name}
        labelHidden
        focusFirst={focusFirst}
        value={value}
        onChange={onChange}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
