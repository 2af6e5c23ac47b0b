import { useEffect } from 'react';
import type { Plan } from '../../src/core/session/model.ts';
import { clockDigits, clockState } from './clock-state.ts';
import { classes } from './classes.ts';
import { useT } from './messages.tsx';
import { useNotices } from './toast-region.tsx';
import { useNow } from './use-now.ts';
import styles from './clock.module.css';

export interface ClockProps {
  readonly plan: Pick<Plan, 'agenda' | 'clock'>;
  /** The plenary laptop's clock, which all laptops go by: milliseconds since 1970. */
  readonly time: () => number;
  /** Huge: for the plenary's own clock on a projector. */
  readonly size?: 'bar' | 'room' | 'huge';
  /** The segment's name stands elsewhere on the screen, and is only read out here. */
  readonly segmentHidden?: boolean;
}

/** The running segment and its remaining time, always in the same place. */
export function Clock({ plan, time, size = 'bar', segmentHidden = false }: ClockProps) {
  const t = useT();
  const notices = useNotices();
  const now = useNow(1000, time);
  const state = clockState(plan, now);
  const stage = state?.stage ?? 'stopped';
  const title = state?.segment.title ?? '';

  useEffect(() => {
    if (stage === 'soon') notices.announce(t('clock.five-minutes', { segment: title }));
    if (stage === 'last') notices.announce(t('clock.one-minute', { segment: title }));
    if (stage === 'over') notices.announce(t('clock.time-is-up', { segment: title }));
  }, [stage, title, notices, t]);

  if (state === null) {
    return (
      <div className={classes(styles['clock'], styles[size])}>
        <span className={styles['stopped']}>{t('clock.stopped')}</span>
      </div>
    );
  }
  const digits = clockDigits(state.secondsLeft);
  return (
    <div className={classes(styles['clock'], styles[size], styles[state.stage])} role="timer">
      <bdi className={styles[segmentHidden ? 'hidden' : 'segment']}>{title}</bdi>
      <span className={styles['digits']}>
        {state.secondsLeft < 0 ? t('clock.over', { time: digits }) : digits}
      </span>
      <span className={styles['track']} aria-hidden="true">
        <span className={styles['rest']} style={{ inlineSize: `${(1 - state.gone) * 100}%` }} />
      </span>
    </div>
  );
}
