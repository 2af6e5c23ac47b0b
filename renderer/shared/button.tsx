import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components/Button';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import styles from './button.module.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** One primary per screen; quiet for what stands beside text. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: IconName;
  /** Takes the focus when it appears: in a dialog, the answer that does no harm. */
  readonly focusFirst?: boolean;
  /** The chord that does the same, shown beside the words: "Mod+Enter". */
  readonly keys?: string;
  /** Words; leave out only with an icon and an aria-label. */
  readonly children?: ReactNode;
}

export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'medium',
    icon,
    keys,
    focusFirst = false,
    children,
    ...rest
  } = props;
  const iconOnly = children === undefined;
  return (
    <AriaButton
      {...rest}
      {...(focusFirst && { autoFocus: true })}
      className={classes(
        styles['button'],
        styles[variant],
        styles[size],
        iconOnly && styles['iconOnly'],
      )}
    >
      {icon !== undefined && <Icon name={icon} />}
      {!iconOnly && <span className={styles['words']}>{children}</span>}
      {keys !== undefined && <Kbd keys={keys} inverse={variant === 'primary'} />}
    </AriaButton>
  );
}
