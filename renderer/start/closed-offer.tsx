import { useState } from 'react';
import { useStore } from 'zustand';
import { useAppParts } from '../app-context.tsx';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import styles from './waiting-file.module.css';

/** For a laptop that is shared: the session that was closed just now can be taken off it. */
export function ClosedOffer() {
  const t = useT();
  const { app, holder } = useAppParts();
  const left = useStore(holder.left);
  const record = useStore(app.sessions, (all) => all.find(({ sessionId }) => sessionId === left));
  const [removing, setRemoving] = useState(false);
  if (record === undefined) return null;
  return (
    <section className={styles['offer']}>
      <p>{t('start.closed', { title: record.title })}</p>
      <div className={styles['actions']}>
        <Button onPress={() => setRemoving(true)}>{t('start.remove')}</Button>
        <Button variant="quiet" onPress={holder.forgetLeft}>
          {t('shared.dismiss')}
        </Button>
      </div>
      {removing && <RemoveDialog record={record} onClose={() => setRemoving(false)} />}
    </section>
  );
}
