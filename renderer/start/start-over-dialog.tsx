import { useState } from 'react';
import type { Lock } from '../../src/browser/storage/keyring.ts';
import { Button } from '../shared/button.tsx';
import { Checkbox } from '../shared/checkbox.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { useT } from '../shared/messages.tsx';

export interface StartOverDialogProps {
  readonly lock: Lock;
  readonly onClose: () => void;
}

/** A question, because the sealed keys cannot be brought back. What was typed stays unless asked. */
export function StartOverDialog({ lock, onClose }: StartOverDialogProps) {
  const t = useT();
  const [notes, setNotes] = useState(false);
  const [failed, setFailed] = useState(false);
  async function startOver(): Promise<void> {
    setFailed(!(await lock.startOver({ notes })));
  }
  return (
    <Dialog
      title={t('lock.start-over-title')}
      role="alertdialog"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button focusFirst onPress={onClose}>
            {t('shared.cancel')}
          </Button>
          <Button variant="danger" onPress={() => void startOver()}>
            {t('lock.start-over-confirm')}
          </Button>
        </>
      }
    >
      <p>{t('lock.start-over-words')}</p>
      <Checkbox isSelected={notes} onChange={setNotes}>
        {t('lock.start-over-notes')}
      </Checkbox>
      {notes && <p role="status">{t('lock.start-over-notes-words')}</p>}
      {failed && <p role="alert">{t('lock.start-over-failed')}</p>}
    </Dialog>
  );
}
