import { classes } from './classes.ts';
import styles from './group-badge.module.css';

export interface GroupBadgeProps {
  /** The group's number: 1, 2, …. Colours come again after eight; the number never does. */
  readonly number: number;
  /** Shown beside the badge. */
  readonly name?: string;
  readonly size?: 'small' | 'medium';
}

/** The colour and the number of a group, always together. */
export function GroupBadge({ number, name, size = 'medium' }: GroupBadgeProps) {
  const colour = ((Math.max(1, number) - 1) % 8) + 1;
  return (
    <span className={classes(styles['group'], styles[size])}>
      <span
        className={styles['badge']}
        style={{ background: `var(--group-${colour})`, color: `var(--group-${colour}-ink)` }}
      >
        {number}
      </span>
      {name !== undefined && <bdi className={styles['name']}>{name}</bdi>}
    </span>
  );
}
