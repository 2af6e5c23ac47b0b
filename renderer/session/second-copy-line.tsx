import { useStore } from 'zustand';
import { useAppParts } from '../app-context.tsx';
import { useT } from '../shared/messages.tsx';
import styles from './session-status.module.css';

/**
 * Whether this laptop's second copy has everything, and that it has no keychain where it has none;
 * nothing where this Caucus keeps no second copy and locks its keys.
 */
export function SecondCopyLine() {
  const t = useT();
  const { app } = useAppParts();
  const copy = useStore(app.secondCopy);
  const { keptIn, passphrase } = useStore(app.protection);
  const how = copy.state === 'failed' ? copy.reason : copy.state;
  const isOpen = (keptIn === 'file' && !passphrase) || keptIn === 'nowhere';
  return (
    <>
      {how !== 'absent' && <p className={styles['quiet']}>{t(`status.second-copy-${how}`)}</p>}
      {isOpen && <p className={styles['quiet']}>{t(`status.keys-${keptIn}`)}</p>}
    </>
  );
}
