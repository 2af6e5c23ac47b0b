import { type FormEvent, type ReactNode, useState } from 'react';
import type { Lock } from '../../src/browser/storage/keyring.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { Page } from '../shared/page.tsx';
import { TextField } from '../shared/text-field.tsx';
import { StartOverDialog } from './start-over-dialog.tsx';
import styles from './unlock-screen.module.css';

/** Before the first screen, where this laptop's sessions take something of a person to be opened. */
export function UnlockScreen({ lock }: { readonly lock: Lock }) {
  const t = useT();
  const [startingOver, setStartingOver] = useState(false);
  const startOver = <Button onPress={() => setStartingOver(true)}>{t('lock.start-over')}</Button>;
  return (
    <Page title={t(lock.reason === 'passphrase' ? 'lock.title' : 'lock.lost-title')} back={false}>
      {lock.reason === 'passphrase' ? (
        <>
          <PassphraseForm lock={lock} />
          <Forgotten>{startOver}</Forgotten>
        </>
      ) : (
        <div className={styles['words']}>
          <p>{t('lock.lost-words')}</p>
          <p>{t('lock.lost-next')}</p>
          <div className={styles['actions']}>
            <Button variant="primary" onPress={() => window.location.reload()}>
              {t('lock.try-again')}
            </Button>
            {startOver}
          </div>
        </div>
      )}
      {startingOver && <StartOverDialog lock={lock} onClose={() => setStartingOver(false)} />}
    </Page>
  );
}

function PassphraseForm({ lock }: { readonly lock: Lock }) {
  const t = useT();
  const [passphrase, setPassphrase] = useState('');
  const [wrong, setWrong] = useState(false);
  const [working, setWorking] = useState(false);
  async function open(): Promise<void> {
    setWorking(true);
    setWrong(false);
    const result = await lock.unlock(passphrase);
    setWorking(false);
    setWrong(result === 'wrong');
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!working && passphrase !== '') void open();
  }
  return (
    <form className={styles['form']} noValidate onSubmit={onSubmit}>
      <TextField
        focusFirst
        type="password"
        autoComplete="current-password"
        label={t('lock.passphrase')}
        description={t('lock.lead')}
        error={wrong ? t('lock.wrong') : null}
        characters={40}
        value={passphrase}
        onChange={(next) => {
          setPassphrase(next);
          setWrong(false);
        }}
      />
      <div className={styles['actions']}>
        <Button type="submit" variant="primary" isDisabled={passphrase === ''}>
          {t('lock.open')}
        </Button>
        <output className={styles['soft']}>{working && t('lock.working')}</output>
      </div>
    </form>
  );
}

function Forgotten({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <div>
        <Button variant="quiet" onPress={() => setOpen(true)}>
          {t('lock.forgotten')}
        </Button>
      </div>
    );
  }
  return (
    <section className={styles['words']} role="status">
      <p>{t('lock.forgotten-words')}</p>
      <p>{t('lock.forgotten-next')}</p>
      <div className={styles['actions']}>{children}</div>
    </section>
  );
}
