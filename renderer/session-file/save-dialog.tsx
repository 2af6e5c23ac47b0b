import { Button as AriaButton } from 'react-aria-components/Button';
import type { FileChoice, FileChoices } from '../../src/browser/app/types.ts';
import { Button } from '../shared/button.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { timeOfDay } from '../shared/time-of-day.ts';
import { sizeWords } from './file-words.ts';
import styles from './save-dialog.module.css';

export interface SaveDialogProps {
  /** Null while nothing is to be saved. */
  readonly choices: FileChoices | null;
  readonly onSave: (only: FileChoice) => void;
  readonly onClose: () => void;
}

/** What to put onto the stick: what the plenary laptop lacks, or everything. */
export function SaveDialog({ choices, onSave, onClose }: SaveDialogProps) {
  const t = useT();
  const language = useLanguage();
  if (choices === null) return null;
  const { lacking, all } = choices;
  const time = timeOfDay(lacking?.at ?? 0, language);
  const offersLacking = lacking !== null && lacking.bytes > 0;
  return (
    <Dialog
      isOpen
      title={t('file.save-title')}
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('shared.cancel')}</Button>}
    >
      {lacking !== null && !offersLacking && <p>{t('file.save-nothing-lacking', { time })}</p>}
      <div className={styles['choices']}>
        {offersLacking && (
          <Choice
            first
            name={t('file.save-lacking')}
            what={t('file.save-lacking-what', {
              count: lacking.changes,
              size: sizeWords(lacking.bytes, language),
            })}
            why={t('file.save-lacking-why', { time })}
            onPress={() => onSave('lacking')}
          />
        )}
        <Choice
          first={!offersLacking}
          name={t('file.save-all')}
          what={sizeWords(all, language)}
          why={t('file.save-all-why')}
          onPress={() => onSave('all')}
        />
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly name: string;
  /** How much it is. */
  readonly what: string;
  /** What it is good for. */
  readonly why: string;
  /** Takes the focus when the dialog opens. */
  readonly first: boolean;
  readonly onPress: () => void;
}

function Choice({ name, what, why, first, onPress }: ChoiceProps) {
  return (
    <AriaButton
      className={styles['choice'] ?? ''}
      {...(first && { autoFocus: true })}
      onPress={onPress}
    >
      <span className={styles['name']}>{name}</span>
      <span className={styles['what']}>{what}</span>
      <span className={styles['why']}>{why}</span>
    </AriaButton>
  );
}
