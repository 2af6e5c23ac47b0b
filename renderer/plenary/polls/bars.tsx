import { classes } from '../../shared/classes.ts';
import { Icon } from '../../shared/icon.tsx';
import styles from './bars.module.css';
import trackStyles from './track.module.css';

export interface Bar {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  /** quiz: marked as the right one. */
  readonly isRight?: boolean;
}

export interface BarsProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** What a full bar stands for. */
  readonly most: number;
  readonly large?: boolean;
  /** What stands beside a bar; the number if left out. */
  readonly words?: (value: number) => string;
}

/** How many for what, one line each. */
export function Bars({ label, bars, most, large = false, words = String }: BarsProps) {
  return (
    <ul className={classes(styles['bars'], large && styles['large'])} aria-label={label}>
      {bars.map(({ id, name, value, isRight = false }) => (
        <li key={id} className={classes(styles['line'], isRight && styles['right'])}>
          <span className={styles['name']} dir="auto">
            {name} {isRight && <Icon name="check" />}
          </span>
          <span className={trackStyles['track']} aria-hidden="true">
            <span
              className={classes(trackStyles['bar'], isRight && trackStyles['good'])}
              style={{ inlineSize: `${most === 0 ? 0 : (value / most) * 100}%` }}
            />
          </span>
          <span className={styles['value']}>{words(value)}</span>
        </li>
      ))}
    </ul>
  );
}
