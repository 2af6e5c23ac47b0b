import { inDeclaredOrder } from '../../../src/core/consensus/declared-order.ts';
import { changeBetween } from '../../../src/core/consensus/rounds.ts';
import type { SupportLine } from '../../../src/core/consensus/support-lines.ts';
import { wholePercent } from '../../../src/core/consensus/whole-percent.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import { roundBefore, verdictOfPoll } from '../../../src/core/session/poll-verdict.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { partName, percent, percentChange } from './poll-words.ts';
import styles from './polls.module.css';

/** What changed since the round before, part by part. */
export function RoundChange({ poll, plan }: { readonly poll: Poll; readonly plan: Plan }) {
  const t = useT();
  const language = useLanguage();
  const before = roundBefore(plan.voting, poll);
  const [then, now] = [
    before && verdictOfPoll(plan.voting, before),
    verdictOfPoll(plan.voting, poll),
  ];
  if (before === null || then === null || now === null) return null;
  const { lines, moved } = changeBetween(then, now);
  /** In the percentages as they are shown, so that the reader's own subtraction agrees. */
  const change = (from: number, to: number): string =>
    percentChange((wholePercent(to) - wholePercent(from)) / 100, language);
  const figure = (line: SupportLine | null): string =>
    line?.judged === true ? percent(line.support, language) : '–';
  return (
    <section
      className={styles['part']}
      aria-label={t('polls.since-before', { round: before.round })}
    >
      <h3 className={styles['small']}>
        {t('polls.since-before', { round: before.round })}
        {moved !== null && ` · ${change(then.figure ?? 0, now.figure ?? 0)}`}
      </h3>
      {before.question !== poll.question && (
        <p className={styles['help']} dir="auto">
          {t('polls.asked-before')} “{before.question}”
        </p>
      )}
      <ul className={styles['changes']}>
        {inDeclaredOrder(lines, plan.stakeholderGroups).map((line) => (
          <li key={line.part}>
            <span dir="auto">{partName(line.part, plan.stakeholderGroups, t)}</span>
            <span className={styles['figures']}>
              {figure(line.before)} → {figure(line.after)}
              {line.moved !== null &&
                ` (${change(line.before?.support ?? 0, line.after?.support ?? 0)})`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
