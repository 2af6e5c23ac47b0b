import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { classes } from '../shared/classes.ts';
import { Icon } from '../shared/icon.tsx';
import styles from './fold-button.module.css';

export interface FoldButtonProps {
  readonly open: boolean;
  readonly onToggle: () => void;
  /** Read out instead of the words, and beginning with them. */
  readonly label?: string;
  /** Reached by Tab; true if left out. */
  readonly tabbable?: boolean;
  readonly children: ReactNode;
}

/** "› 12 notes": opens what stands below it. */
export function FoldButton({ open, onToggle, label, tabbable = true, children }: FoldButtonProps) {
  return (
    <Button
      className={styles['fold'] ?? ''}
      aria-expanded={open}
      {...(label !== undefined && { 'aria-label': label })}
      excludeFromTabOrder={!tabbable}
      onPress={onToggle}
    >
      <span className={classes(styles['arrow'], open && styles['open'])}>
        <Icon name="down" />
      </span>
      {children}
    </Button>
  );
}
