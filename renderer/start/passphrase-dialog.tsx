import { type FormEvent, useId, useState } from 'react';
import { MIN_PASSPHRASE_CHARACTERS } from '../../src/browser/storage/key-envelope.ts';
import type { PassphraseResult } from '../../src/browser/storage/keyring.ts';
import { useAppParts } from '../app-context.tsx';
import { Button } from '../shared/button.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { useT } from '../shared/messages.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import styles from './protection-line.module.css';

export type PassphraseTask = 'set' | 'change' | 'remove';
type Fault = Exclude<PassphraseResult, 'done'> | 'not-the-same';

export interface PassphraseDialogProps {
  readonly task: PassphraseTask;
  readonly onClose: () => void;
}

/** Sets, changes or takes away this laptop's passphrase. */
export function PassphraseDialog({ task, onClose }: PassphraseDialogProps) {
  const t = useT();
  const { app } = useAppParts();
  const notices = useNotices();
  const form = useId();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [working, setWorking] = useState(false);

  async function submit(): Promise<void> {
    if (task !== 'remove' && next !== again) {
      setFault('not-the-same');
      return;
    }
    setFault(null);
    setWorking(true);
    const result = await app.setPassphrase(
      task === 'set' ? null : present,
      task === 'remove' ? null : next,
    );
    setWorking(false);
    if (result !== 'done') {
      setFault(result);
      return;
    }
    notices.say(t(`lock.done-${task}`));
    onClose();
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!working) void submit();
  }
  const says = (wanted: Fault): string | null =>
    fault === wanted ? t(`lock.${wanted}`, { count: MIN_PASSPHRASE_CHARACTERS }) : null;

  return (
    <Dialog
      title={t(`lock.${task}-title`)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <output className={styles['soft']}>{working && t('lock.working')}</output>
          <Button onPress={onClose}>{t('shared.cancel')}</Button>
          <Button type="submit" form={form} variant="primary">
            {t(`lock.${task}-submit`)}
          </Button>
        </>
      }
    >
      <form id={form} className={styles['form']} noValidate onSubmit={onSubmit}>
        <p>{t(task === 'remove' ? 'lock.about-remove' : 'lock.about')}</p>
        {task !== 'remove' && <p>{t('lock.about-forgotten')}</p>}
        {task !== 'set' && (
          <TextField
            focusFirst
            type="password"
            autoComplete="current-password"
            label={t('lock.present')}
            error={says('wrong')}
            value={present}
            onChange={setPresent}
          />
        )}
        {task !== 'remove' && (
          <>
            <TextField
              focusFirst={task === 'set'}
              type="password"
              autoComplete="new-password"
              label={t('lock.new')}
              description={t('lock.new-help', { count: MIN_PASSPHRASE_CHARACTERS })}
              error={says('too-short')}
              value={next}
              onChange={setNext}
            />
            <TextField
              type="password"
              autoComplete="new-password"
              label={t('lock.again')}
              error={says('not-the-same')}
              value={again}
              onChange={setAgain}
            />
          </>
        )}
        {fault === 'failed' && <p role="alert">{t('lock.failed')}</p>}
      </form>
    </Dialog>
  );
}
