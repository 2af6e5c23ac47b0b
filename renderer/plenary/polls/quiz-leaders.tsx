import { classes } from '../../shared/classes.ts';
import { useT } from '../../shared/messages.tsx';
import { useLive } from './voting-desk-context.ts';
import styles from './polls.module.css';

/** The best of the quiz so far, on the laptop whose hub counts the points. */
export function QuizLeaders({ large = false }: { readonly large?: boolean }) {
  const t = useT();
  const leaders = useLive((live) => live.leaders);
  if (leaders.length === 0) return null;
  return (
    <section className={styles['part']} aria-label={t('polls.leaders')}>
      {!large && <h3 className={styles['small']}>{t('polls.leaders')}</h3>}
      <ol className={classes(styles['leaders'], large && styles['largeLeaders'])}>
        {leaders.map(({ place, name, points }) => (
          <li key={`${place} ${name}`}>
            <span>{place}</span>
            <span dir="auto">{name === '' ? t('polls.no-name') : name}</span>
            <span className={styles['figures']}>{t('polls.points', { count: points })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
