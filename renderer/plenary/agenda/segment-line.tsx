import { Button } from '../../shared/button.tsx';
import { classes } from '../../shared/classes.ts';
import { Icon } from '../../shared/icon.tsx';
import { useT } from '../../shared/messages.tsx';
import type { AgendaLine } from './agenda-state.ts';
import styles from './agenda.module.css';

export interface SegmentLineProps extends AgendaLine {
  readonly onStart: () => void;
  readonly onStretch: (by: number) => void;
}

/** One segment with its planned minutes; may be started out of turn. */
export function SegmentLine({ segment, state, onStart, onStretch }: SegmentLineProps) {
  const t = useT();
  const { title, minutes } = segment;
  return (
    <li
      className={classes(styles['segment'], styles[state])}
      aria-current={state === 'running' ? 'step' : undefined}
    >
      <span className={styles['mark']}>
        {state === 'past' && <Icon name="check" />}
        {state === 'running' && <Icon name="clock" />}
      </span>
      <span className={styles['title']}>
        <bdi>{title}</bdi>
        {state === 'running' && <span className={styles['said']}>{t('plenary.running')}</span>}
      </span>
      <span className={styles['length']}>
        <Button
          variant="quiet"
          size="small"
          aria-label={t('plenary.shorten', { segment: title })}
          isDisabled={minutes <= 1}
          onPress={() => onStretch(-1)}
        >
          −
        </Button>
        <span className={styles['minutes']}>{t('plenary.minutes', { count: minutes })}</span>
        <Button
          variant="quiet"
          size="small"
          aria-label={t('plenary.lengthen', { segment: title })}
          onPress={() => onStretch(1)}
        >
          +
        </Button>
      </span>
      {state === 'running' ? (
        <span />
      ) : (
        <Button
          variant="quiet"
          size="small"
          aria-label={t('plenary.start-segment', { segment: title })}
          onPress={onStart}
        >
          {t('plenary.start')}
        </Button>
      )}
    </li>
  );
}
