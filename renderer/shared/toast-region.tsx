import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
} from 'react';
import { Group } from 'react-aria-components/Group';
import { useStore } from 'zustand';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { useT } from './messages.tsx';
import { createNotices, type Notices, type Toast } from './notices.ts';
import styles from './toast-region.module.css';

/** Long enough to read a sentence and to reach for Undo. */
const SHOWN_MS = 8000;

const NoticesContext = createContext<Notices | null>(null);

/** Says what happened, with Undo; complains; announces to screen readers. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error('Notices are used outside of NoticesProvider');
  return notices;
}

/** Holds the toasts at the edge of the screen and the live region that reads them out. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [notices] = useState(createNotices);
  return (
    <NoticesContext value={notices}>
      {children}
      <ToastRegion notices={notices} />
    </NoticesContext>
  );
}

function ToastRegion({ notices }: { readonly notices: Notices }) {
  const t = useT();
  const { toasts, spoken } = useStore(notices.store);
  return (
    <>
      <output className={styles['unseen']}>{spoken}</output>
      <section aria-label={t('shared.notices')}>
        <Group role="presentation" className={styles['place'] ?? ''}>
          {({ isHovered, isFocusWithin }) => (
            <ol className={styles['toasts']} aria-live="polite" aria-relevant="additions">
              {toasts.map((toast) => (
                <ToastLine
                  key={toast.id}
                  toast={toast}
                  held={isHovered || isFocusWithin}
                  onDone={() => notices.dismiss(toast.id)}
                />
              ))}
            </ol>
          )}
        </Group>
      </section>
    </>
  );
}

interface ToastLineProps {
  readonly toast: Toast;
  readonly held: boolean;
  readonly onDone: () => void;
}

function ToastLine({ toast, held, onDone }: ToastLineProps) {
  const t = useT();
  const { undo, tone } = toast;
  const timeIsUp = useEffectEvent(onDone);
  useEffect(() => {
    if (held || tone === 'problem') return undefined;
    const timer = setTimeout(() => timeIsUp(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, tone]);
  return (
    <li className={classes(styles['toast'], tone === 'problem' && styles['problem'])}>
      <span className={styles['words']} dir="auto">
        {toast.message}
      </span>
      {undo !== null && (
        <Button
          variant="quiet"
          size="small"
          keys="Mod+Z"
          onPress={() => {
            undo();
            onDone();
          }}
        >
          {t('shared.undo')}
        </Button>
      )}
      <Button
        variant="quiet"
        size="small"
        icon="close"
        aria-label={t('shared.dismiss')}
        onPress={onDone}
      />
    </li>
  );
}
