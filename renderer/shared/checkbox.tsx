import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
} from 'react-aria-components/Checkbox';
import styles from './field.module.css';
import { Icon } from './icon.tsx';

export interface CheckboxProps extends Omit<
  AriaCheckboxProps,
  'className' | 'style' | 'children' | 'slot'
> {
  /** Words; leave out only with an aria-label. */
  readonly children?: ReactNode;
}

export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={styles['checkbox'] ?? ''}>
      <span className={styles['box']}>
        <Icon name="check" />
      </span>
      {children !== undefined && <span>{children}</span>}
    </AriaCheckbox>
  );
}
