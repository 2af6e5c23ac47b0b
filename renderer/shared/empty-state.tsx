import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export interface EmptyStateProps {
  readonly title: string;
  /** What this place is for: a sentence or two. */
  readonly children: ReactNode;
  /** The one thing to do. */
  readonly action?: ReactNode;
  /** A line as it could stand here. */
  readonly example?: string;
}

export function EmptyState({ title, children, action, example }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      <h2 className={styles['title']}>{title}</h2>
      <div className={styles['words']}>{children}</div>
      {example !== undefined && <p className={styles['example']}>{example}</p>}
      {action}
    </div>
  );
}
