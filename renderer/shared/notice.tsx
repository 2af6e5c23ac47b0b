import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import styles from './notice.module.css';

export interface NoticeProps {
  /** bad: something is being lost; wait: something is not possible at the moment. */
  readonly tone: 'bad' | 'wait';
  readonly children: ReactNode;
  readonly action?: { readonly words: string; readonly onPress: () => void };
}

/** A calm line across the screen that stays as long as what it says is so. */
export function Notice({ tone, children, action }: NoticeProps) {
  return (
    <div
      className={classes(styles['notice'], styles[tone])}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      <Icon name="alert" />
      <p className={styles['words']}>{children}</p>
      {action !== undefined && (
        <Button size="small" onPress={action.onPress}>
          {action.words}
        </Button>
      )}
    </div>
  );
}
