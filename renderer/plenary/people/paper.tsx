import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { createPortal } from 'react-dom';
import styles from './sheet.module.css';

export interface PaperProps {
  readonly children: ReactNode;
  readonly onDone: () => void;
}

/** Stands beside everything else on the page, and is all of it on paper. */
export function Paper({ children, onDone }: PaperProps) {
  const done = useEffectEvent(onDone);
  useEffect(() => {
    let gone = false;
    const over = (): void => done();
    const printWhenReady = async (): Promise<void> => {
      await document.fonts.ready;
      if (!gone) window.print();
    };
    window.addEventListener('afterprint', over);
    void printWhenReady();
    return () => {
      gone = true;
      window.removeEventListener('afterprint', over);
    };
  }, []);
  return createPortal(
    <div className={styles['paper']} aria-hidden="true">
      {children}
    </div>,
    document.body,
  );
}
