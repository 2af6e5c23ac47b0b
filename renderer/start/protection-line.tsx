import { useState } from 'react';
import { useStore } from 'zustand';
import { useAppParts } from '../app-context.tsx';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { PassphraseDialog, type PassphraseTask } from './passphrase-dialog.tsx';
import styles from './protection-line.module.css';

/** What protects the keys to the sessions on this laptop, in words, and the passphrase. */
export function ProtectionLine() {
  const t = useT();
  const { app } = useAppParts();
  const { keptIn, passphrase } = useStore(app.protection);
  const [task, setTask] = useState<PassphraseTask | null>(null);
  const offer = (offered: PassphraseTask) => (
    <Button key={offered} size="small" onPress={() => setTask(offered)}>
      {t(`lock.${offered}`)}
    </Button>
  );
  return (
    <section className={styles['line']}>
      <p className={styles['words']}>{t(`lock.summary-${passphrase ? 'passphrase' : keptIn}`)}</p>
      {keptIn !== 'nowhere' && (
        <div className={styles['actions']}>
          {passphrase ? [offer('change'), offer('remove')] : offer('set')}
        </div>
      )}
      {task !== null && <PassphraseDialog task={task} onClose={() => setTask(null)} />}
    </section>
  );
}
