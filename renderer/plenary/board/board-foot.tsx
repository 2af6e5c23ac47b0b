import { type ReactNode, useEffect, useRef } from 'react';
import styles from './board.module.css';

/** What stands below the board. Toasts float above it, so that none covers what is typed there. */
export function BoardFoot({ children }: { readonly children: ReactNode }) {
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = foot.current;
    if (element === null) return undefined;
    const { style } = document.documentElement;
    const watch = new ResizeObserver(() =>
      style.setProperty('--toast-end', `${element.offsetHeight + 12}px`),
    );
    watch.observe(element);
    return () => {
      watch.disconnect();
      style.removeProperty('--toast-end');
    };
  }, []);
  return (
    <div className={styles['foot']} ref={foot}>
      {children}
    </div>
  );
}
