import type { Plan } from '../../../src/core/session/model.ts';
import { classes } from '../../shared/classes.ts';
import { useT } from '../../shared/messages.tsx';
import styles from './polls.module.css';

export interface QuizLeadersProps {
  readonly plan: Pick<Plan, 'voting'>;
  /** For the whole room to read. */
  readonly large?: boolean;
}

/** The best of the quiz after its last question. */
export function QuizLeaders({ plan, large = false }: QuizLeadersProps) {
  const t = useT();
  const { leaders } = plan.voting;
  if (leaders.length === 0) return null;
  return (
    <section className={styles['part']} aria-label={t('polls.leaders')}>
      <h3 className={styles[large ? 'largeHeading' : 'small']}>{t('polls.leaders')}</h3>
      <ol className={classes(styles['leaders'], large && styles['largeLeaders'])}>
        {leaders.map(({ place, name, points }, index) => (
          <li key={index}>
            <span>{place}</span>
            <span dir="auto">{name === '' ? t('polls.no-name') : name}</span>
            <span className={styles['figures']}>{t('polls.points', { count: points })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
