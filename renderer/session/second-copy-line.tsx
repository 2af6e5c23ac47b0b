import { useStore } from 'zustand';
import { useAppParts } from '../app-context.tsx';
import { useT } from '../shared/messages.tsx';
import styles from './session-status.module.css';

/** Whether this laptop's second copy has everything; nothing where this Caucus keeps none. */
export function SecondCopyLine() {
  const t = useT();
  const { app } = useAppParts();
  const copy = useStore(app.secondCopy);
  if (copy.state === 'absent') return null;
  const how = copy.state === 'failed' ? copy.reason : copy.state;
  return <p className={styles['quiet']}>{t(`status.second-copy-${how}`)}</p>;
}
