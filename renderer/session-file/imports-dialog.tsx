import { useStore } from 'zustand';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import { Button } from '../shared/button.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { useLanguage, useT } from '../shared/messages.tsx';
import { useView } from '../shared/use-view.ts';
import { momentWords, sourceWords } from './file-words.ts';
import styles from './session-file-dialog.module.css';

export interface ImportsDialogProps {
  readonly isOpen: boolean;
  readonly session: OpenedSession;
  readonly onTurn: (importId: string, takenBack: boolean) => void;
  readonly onClose: () => void;
}

/** The session files that were taken in, each with the way back and forth. */
export function ImportsDialog({ isOpen, session, onTurn, onClose }: ImportsDialogProps) {
  const t = useT();
  const language = useLanguage();
  const imports = useStore(session.imports);
  const { groups } = useView(session.plan.view);
  if (!isOpen) return null;
  return (
    <Dialog
      isOpen
      title={t('file.imports')}
      onClose={onClose}
      actions={
        <Button focusFirst onPress={onClose}>
          {t('shared.close')}
        </Button>
      }
    >
      <p className={styles['soft']}>{t('file.take-back-words')}</p>
      <ul className={styles['imports']} aria-label={t('file.imports')}>
        {imports.map(({ id, at, name, contents, takenBack }) => (
          <li key={id}>
            <span className={styles['import']}>
              <bdi>{name}</bdi>
              <span className={styles['soft']}>
                {t(takenBack ? 'file.import-taken-back' : 'file.import-taken-in', {
                  count: contents.news,
                  when: momentWords(at, language, t),
                  whose: contents.ownFile
                    ? t('file.from-here')
                    : sourceWords(contents.from, groups, t),
                })}
              </span>
            </span>
            <Button
              size="small"
              aria-label={t(takenBack ? 'file.bring-back-file' : 'file.take-back-file', { name })}
              onPress={() => onTurn(id, !takenBack)}
            >
              {t(takenBack ? 'file.bring-back' : 'file.take-back')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
