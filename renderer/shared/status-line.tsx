import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './status-line.module.css';

/** good: all is well; wait: it will be; bad: a person has to act; quiet: nothing to say. */
export type Tone = 'good' | 'wait' | 'bad' | 'quiet';

const icons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  wait: 'clock',
  bad: 'alert',
  quiet: 'laptop',
};

export interface StatusLineProps {
  readonly tone: Tone;
  /** The status in words; icon and colour only repeat it. */
  readonly words: string;
  /** What a person reads who wants to know more: opens below the line when it is pressed. */
  readonly children?: ReactNode;
}

export function StatusLine({ tone, words, children }: StatusLineProps) {
  const inside = (
    <>
      <Icon name={icons[tone]} />
      <span>{words}</span>
    </>
  );
  if (children === undefined) {
    return <span className={classes(styles['line'], styles[tone])}>{inside}</span>;
  }
  return (
    <DialogTrigger>
      <AriaButton className={classes(styles['line'], styles['pressable'], styles[tone])}>
        {inside}
      </AriaButton>
      <Popover className={styles['popover'] ?? ''} placement="bottom end" aria-label={words}>
        <div className={styles['more']}>{children}</div>
      </Popover>
    </DialogTrigger>
  );
}
