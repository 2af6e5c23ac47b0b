import type { ReactNode } from 'react';
import type { Plan } from '../../src/core/session/model.ts';
import { Button } from '../shared/button.tsx';
import { classes } from '../shared/classes.ts';
import { Icon } from '../shared/icon.tsx';
import { useT } from '../shared/messages.tsx';
import styles from './missing-strip.module.css';
import { MissingWords } from './missing-words.tsx';
import { type Missing, nextStep, type Place } from './what-is-missing.ts';

export interface MissingStripProps {
  readonly missing: readonly Missing[];
  readonly plan: Plan;
  readonly onGo: (place: Place) => void;
  /** At the end of the strip: the export. */
  readonly children: ReactNode;
}

const openTexts: ReadonlySet<Missing['kind']> = new Set(['assessments', 'summary', 'advice']);

/** What the report still lacks, in words that lead there, and the one next step. */
export function MissingStrip({ missing, plan, onGo, children }: MissingStripProps) {
  const t = useT();
  const next = nextStep(missing);
  const writing = missing.some(({ kind }) => openTexts.has(kind));
  return (
    <section className={styles['strip']} aria-label={t('report.missing')} data-region tabIndex={-1}>
      {missing.length === 0 ? (
        <p className={styles['nothing']}>
          <Icon name="check" />
          {t('report.nothing-missing')}
        </p>
      ) : (
        <>
          {next !== null && (
            <Button size="small" keys="Alt+N" onPress={() => onGo(next)}>
              <NextWords place={next} plan={plan} />
            </Button>
          )}
          <div className={classes(styles['words'], writing && styles['writing'])}>
            <h2 className={styles['title']}>{t('report.missing')}</h2>
            <ul className={styles['list']}>
              {missing.map((one) => (
                <li key={one.kind} className={styles['item']}>
                  <MissingWords missing={one} plan={plan} onGo={onGo} />
                </li>
              ))}
            </ul>
          </div>
        </>
      )}
      <div className={styles['end']}>{children}</div>
    </section>
  );
}

function NextWords({ place, plan }: { readonly place: Place; readonly plan: Plan }) {
  const t = useT();
  if (place.kind !== 'text') {
    const group =
      place.kind === 'group' ? plan.groups.find(({ id }) => id === place.groupId) : undefined;
    return t(`report.next-${place.kind}`, { number: group?.number ?? '' });
  }
  const { section } = place;
  if (section.section !== 'assessment') return t(`report.next-${section.section}`);
  const question = plan.questions.find(({ id }) => id === section.questionId);
  return t('report.next-assessment', { letter: question?.letter ?? '' });
}
