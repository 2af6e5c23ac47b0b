import { inDeclaredOrder } from '../../../src/core/consensus/declared-order.ts';
import type { SupportLine } from '../../../src/core/consensus/support-lines.ts';
import type { Verdict } from '../../../src/core/consensus/verdict.ts';
import type { Choice, Plan } from '../../../src/core/session/model.ts';
import { classes } from '../../shared/classes.ts';
import { Icon } from '../../shared/icon.tsx';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { missingWords, partName, percent } from './poll-words.ts';
import trackStyles from './track.module.css';
import styles from './verdict.module.css';

export interface VerdictViewProps {
  readonly verdict: Verdict;
  readonly plan: Pick<Plan, 'stakeholderGroups'>;
  /** For the whole room to read. */
  readonly large?: boolean;
}

/** What a vote comes to, to be understood in five seconds: the word, the lines, what is missing. C2, C3 */
export function VerdictView({ verdict, plan, large = false }: VerdictViewProps) {
  const t = useT();
  const missing = missingWords(verdict, plan, t);
  const isGood = verdict.status === 'rough-consensus' || verdict.status === 'to-confirm';
  const { open, addressed, dissent } = verdict.objections;
  return (
    <div className={classes(styles['verdict'], large && styles['large'])}>
      <p className={classes(styles['status'], isGood && styles['good'])}>
        <Icon name={isGood ? 'check' : 'more'} />
        {t(`polls.status-${verdict.status}`)}
      </p>
      {missing !== null && <p className={styles['missing']}>{missing}</p>}
      <SupportLines
        label={t('polls.by-stakeholder-group')}
        lines={verdict.lines}
        declared={plan.stakeholderGroups}
        threshold={verdict.threshold}
      />
      {large && open === 0 && dissent > 0 && (
        <p className={styles['objections']}>
          {t('polls.objections-of', { count: addressed + dissent, open, addressed, dissent })}
        </p>
      )}
    </div>
  );
}

export interface SupportLinesProps {
  readonly label: string;
  readonly lines: readonly SupportLine[];
  readonly declared: readonly Pick<Choice, 'id' | 'name'>[];
  /** Marked on every line; null where the rule does not judge by these parts. */
  readonly threshold: number | null;
}

/** A line for each part of the room: who, how far it supports, and of how many. */
export function SupportLines({ label, lines, declared, threshold }: SupportLinesProps) {
  const t = useT();
  const language = useLanguage();
  return (
    <ul className={styles['lines']} aria-label={label}>
      {inDeclaredOrder(lines, declared).map((line) => {
        const enough = threshold !== null && line.support >= threshold;
        return (
          <li key={line.part} className={styles['line']}>
            <span className={styles['part']} dir="auto">
              {partName(line.part, declared, t)}
            </span>
            <span className={classes(trackStyles['track'], styles['bar'])} aria-hidden="true">
              <span
                className={classes(
                  trackStyles['bar'],
                  trackStyles[
                    !line.judged || threshold === null ? 'unjudged' : enough ? 'good' : 'short'
                  ],
                )}
                style={{ inlineSize: `${line.support * 100}%` }}
              />
              {threshold !== null && (
                <span
                  className={styles['threshold']}
                  style={{ insetInlineStart: `${threshold * 100}%` }}
                />
              )}
            </span>
            <span className={styles['figure']}>
              {line.judged ? percent(line.support, language) : '–'}
            </span>
            <span className={styles['counts']}>
              {line.judged
                ? t('polls.agree-of', { agree: line.agree, votes: line.votes })
                : t('polls.too-few-here', { votes: line.votes })}
              {line.fromHands > 0 && ` · ${t('polls.of-them-hands', { count: line.fromHands })}`}
            </span>
          </li>
        );
      })}
      {threshold !== null && lines.length > 0 && (
        <li className={styles['legend']}>
          {t('polls.threshold', { threshold: percent(threshold, language) })}
        </li>
      )}
    </ul>
  );
}
