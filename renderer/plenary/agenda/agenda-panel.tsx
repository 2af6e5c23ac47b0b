import { useEffect, useEffectEvent } from 'react';
import { Group } from 'react-aria-components/Group';
import type { Segment } from '../../../src/core/session/model.ts';
import type { Outcome } from '../../../src/core/session/writer.ts';
import { Button } from '../../shared/button.tsx';
import { classes } from '../../shared/classes.ts';
import { Clock } from '../../shared/clock.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { isTyping } from '../../shared/keys.ts';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { useNotices } from '../../shared/toast-region.tsx';
import { useNow } from '../../shared/use-now.ts';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { takeBackNewest } from '../take-back.ts';
import { agendaState, momentOf } from './agenda-state.ts';
import { useRoomUntil } from './room-until.ts';
import { SegmentLine } from './segment-line.tsx';
import styles from './agenda.module.css';

/** Runs the clock: what runs, what comes next, and how much time is left over. */
export function AgendaPanel() {
  const t = useT();
  const language = useLanguage();
  const notices = useNotices();
  const { session } = usePlenary();
  const plan = useView(session.plan.view);
  const now = useNow(1000, session.now);
  const [until, setUntil] = useRoomUntil(session.record.sessionId, plan);
  const { lines, running, next, minutes, endsAt, inHand } = agendaState(plan, now, until);

  const check = (outcome: Outcome): boolean => {
    if (!outcome.ok) notices.complain(t(`refusal.${outcome.reason}`));
    return outcome.ok;
  };
  const start = (segment: Segment): void => {
    if (!check(session.plan.startSegment(segment.id))) return;
    const takeBack = takeBackNewest(session.plan.history);
    notices.say(t('plenary.started', { segment: segment.title }), () => {
      if (!takeBack()) notices.say(t('plenary.overtaken'));
    });
  };
  const stretch = (segment: Segment, by: number): void => {
    const wanted = Math.max(1, segment.minutes + by);
    if (wanted !== segment.minutes) check(session.plan.setMinutes(segment.id, wanted));
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const step = { '+': 1, '-': -1, ']': 5, '[': -5 }[event.key];
    if (step !== undefined && running !== null) stretch(running, step);
    else if (event.key.toLowerCase() === 'n' && next !== null) start(next);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  if (plan.agenda.length === 0) {
    return <EmptyState title={t('plenary.no-agenda')}>{t('plenary.no-agenda-why')}</EmptyState>;
  }
  return (
    <div className={styles['panel']}>
      <section className={styles['now']} aria-label={t('plenary.clock')}>
        <Clock plan={plan} time={session.now} size="huge" />
        <div className={styles['steps']}>
          {next !== null && (
            <Button variant="primary" size="large" keys="N" onPress={() => start(next)}>
              {t(running === null ? 'plenary.start-segment' : 'plenary.next-segment', {
                segment: next.title,
              })}
            </Button>
          )}
          {running !== null && (
            <Button variant="quiet" onPress={() => check(session.plan.stopClock())}>
              {t('plenary.stop')}
            </Button>
          )}
        </div>
        {running !== null && (
          <Group className={styles['stretch'] ?? ''} aria-label={t('plenary.stretch')}>
            {([-5, -1, 1, 5] as const).map((by) => (
              <Button
                key={by}
                size="small"
                keys={{ '-5': '[', '-1': '−', '1': '＋', '5': ']' }[`${by}`]}
                onPress={() => stretch(running, by)}
              >
                {t(by > 0 ? 'plenary.plus-minutes' : 'plenary.minus-minutes', {
                  count: Math.abs(by),
                })}
              </Button>
            ))}
          </Group>
        )}
        <dl className={styles['sums']}>
          <div>
            <dt>{t('plenary.planned')}</dt>
            <dd>{t('plenary.minutes', { count: minutes })}</dd>
          </div>
          {endsAt !== null && (
            <div>
              <dt>{t('plenary.ends')}</dt>
              <dd>{timeOfDay(endsAt, language)}</dd>
            </div>
          )}
          {inHand !== null && (
            <div className={classes(inHand < 0 && styles['over'])}>
              <dt>{t('plenary.slack')}</dt>
              <dd>
                {inHand < 0
                  ? t('plenary.over', { count: -inHand })
                  : t('plenary.in-hand', { count: inHand })}
              </dd>
            </div>
          )}
        </dl>
        {running !== null && (
          <TextField
            type="time"
            label={t('plenary.until')}
            characters={12}
            value={until === null ? '' : timeOfDay(until, 'en-GB')}
            onChange={(value) => setUntil(momentOf(value, plan.clock.startedAt ?? now))}
          />
        )}
      </section>
      <ol className={styles['segments']} aria-label={t('plenary.agenda')}>
        {lines.map(({ segment, state }) => (
          <SegmentLine
            key={segment.id}
            segment={segment}
            state={state}
            onStart={() => start(segment)}
            onStretch={(by) => stretch(segment, by)}
          />
        ))}
      </ol>
    </div>
  );
}
