import { useStore } from 'zustand';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { usePlenary } from '../plenary-context.ts';
import styles from './people.module.css';

/** What other laptops on the network tried and may not, while there is anything of the kind. */
export function TurnedAwayList() {
  const t = useT();
  const language = useLanguage();
  const { hub } = usePlenary();
  const turnedAway = useStore(hub.view, ({ state }) => state?.turnedAway);
  if (turnedAway === undefined || turnedAway.length === 0) return null;
  return (
    <section className={styles['section']} aria-label={t('people.turned-away')}>
      <h2 className={styles['heading']}>{t('people.turned-away')}</h2>
      <p className={styles['help']}>{t('people.turned-away-help')}</p>
      <ul>
        {turnedAway.map(({ kind, count, lastAt }) => (
          <li key={kind}>
            {t(`people.turned-away-${kind}`, { count, time: timeOfDay(lastAt, language) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
