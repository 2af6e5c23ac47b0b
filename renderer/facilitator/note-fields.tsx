import { memo } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { type NoteKind, noteKinds } from '../../src/core/session/model.ts';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import { Select } from '../shared/select.tsx';
import { TextField } from '../shared/text-field.tsx';
import type { NoteMarks } from './composer-state.ts';
import { usePlan } from './group-context.tsx';
import styles from './note-fields.module.css';

export interface NoteFieldsProps {
  readonly marks: NoteMarks;
  readonly onChange: (change: Partial<NoteMarks>) => void;
}

/**
 * Kind, question and speaker of a note that is being written or changed. Drawn again only when they
 * change, and not with every letter of the text above.
 */
export const NoteFields = memo(function NoteFields({ marks, onChange }: NoteFieldsProps) {
  const t = useT();
  const plan = usePlan();
  const choices = (
    words: string,
    list: readonly { readonly id: string; readonly name: string }[],
  ) => [{ id: '', name: words }, ...list];
  return (
    <div className={styles['fields']}>
      <KindPicker kind={marks.kind} onChange={(kind) => onChange({ kind })} />
      {plan.questions.length > 0 && (
        <Select
          label={t('notes.question')}
          labelHidden
          size="small"
          choices={[
            { id: '', name: t('notes.no-question') },
            ...plan.questions.map(({ id, letter, title }) => ({
              id,
              name: `${letter} ${title}`,
              keys: `Alt+${letter.toUpperCase()}`,
            })),
          ]}
          value={marks.questionId ?? ''}
          onChange={(id) => onChange({ questionId: id === '' ? null : id })}
        />
      )}
      {plan.stakeholderGroups.length > 0 && (
        <Select
          label={t('notes.stakeholder-group')}
          labelHidden
          size="small"
          choices={choices(t('notes.no-stakeholder-group'), plan.stakeholderGroups)}
          value={marks.stakeholderGroupId ?? ''}
          onChange={(id) => onChange({ stakeholderGroupId: id === '' ? null : id })}
        />
      )}
      {plan.regions.length > 0 && (
        <Select
          label={t('notes.region')}
          labelHidden
          size="small"
          choices={choices(t('notes.no-region'), plan.regions)}
          value={marks.regionId ?? ''}
          onChange={(id) => onChange({ regionId: id === '' ? null : id })}
        />
      )}
      {plan.attribution && (
        <TextField
          label={t('notes.speaker')}
          labelHidden
          placeholder={t('notes.speaker')}
          characters={16}
          value={marks.speakerName ?? ''}
          onChange={(name) => onChange({ speakerName: name === '' ? null : name })}
        />
      )}
    </div>
  );
});

interface KindPickerProps {
  readonly kind: NoteKind;
  readonly onChange: (kind: NoteKind) => void;
}

function KindPicker({ kind, onChange }: KindPickerProps) {
  const t = useT();
  return (
    <div className={styles['kinds']}>
      <Kbd keys="Ctrl" />
      <ToggleButtonGroup
        className={styles['group'] ?? ''}
        aria-label={t('notes.kind')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[kind]}
        onSelectionChange={(keys) => {
          const chosen = noteKinds.find((one) => keys.has(one));
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {noteKinds.map((one, index) => (
          <ToggleButton
            key={one}
            id={one}
            className={styles['kind'] ?? ''}
            aria-keyshortcuts={`Control+${index + 1}`}
          >
            <span className={styles['digit']} aria-hidden="true">
              {index + 1}
            </span>
            {t(`kind.${one}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
