import { rankingResult } from '../../../src/core/consensus/ranking-result.ts';
import { loudness, stepResult } from '../../../src/core/consensus/step-result.ts';
import type { Tally } from '../../../src/core/consensus/tally.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import { verdictOfPoll } from '../../../src/core/session/poll-verdict.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { Bars } from './bars.tsx';
import { OtherParts } from './other-parts.tsx';
import { percent } from './poll-words.ts';
import { VerdictView } from './verdict-view.tsx';
import styles from './polls.module.css';

export interface PollResultProps {
  readonly poll: Poll;
  readonly plan: Plan;
  readonly tally: Tally;
  /** For the whole room: without what is for the moderator. */
  readonly large?: boolean;
}

/** What a poll has come to, as its kind asks for it. */
export function PollResult({ poll, plan, tally, large = false }: PollResultProps) {
  const verdict = verdictOfPoll(plan.voting, poll, tally);
  return (
    <>
      {verdict === null ? (
        <Counted poll={poll} plan={plan} tally={tally} large={large} />
      ) : (
        <VerdictView verdict={verdict} plan={plan} large={large} />
      )}
      {!large && <OtherParts poll={poll} plan={plan} tally={tally} />}
    </>
  );
}

/** Kinds that ask for no agreement. */
function Counted({ poll, plan, tally, large = false }: PollResultProps) {
  const t = useT();
  const language = useLanguage();
  const { kind, options } = poll;
  const label = t('polls.result');
  if (kind === 'hum') {
    const loud = loudness(tally.all);
    const bars = [{ id: 'hum', name: t('polls.loudness'), value: loud }];
    return (
      <Bars label={label} bars={bars} most={1} large={large} words={(n) => percent(n, language)} />
    );
  }
  if (kind === 'scale') {
    const { median, mean, bySteps } = stepResult(poll.most, tally.all);
    const bars = bySteps.map((value, index) => ({
      id: String(index),
      name: String(index + 1),
      value,
    }));
    const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    return (
      <>
        <Bars label={label} bars={bars} most={tally.all.ballots} large={large} />
        {median !== null && mean !== null && (
          <p className={large ? styles['largeNote'] : styles['help']}>
            {t('polls.middle', { median: number.format(median), mean: number.format(mean) })}
          </p>
        )}
      </>
    );
  }
  if (kind === 'ranking') {
    const ranked = rankingResult(options, tally.all);
    const bars = ranked.map(({ option, place, points }) => ({
      id: option,
      name: `${place}. ${options.find(({ id }) => id === option)?.text ?? ''}`,
      value: points,
    }));
    const most = Math.max(1, ...bars.map(({ value }) => value));
    const words = (points: number): string => t('polls.points', { count: points });
    return <Bars label={label} bars={bars} most={most} large={large} words={words} />;
  }
  const hands = plan.voting.handCounts.filter(({ pollId }) => pollId === poll.id);
  const raised = (option: string): number =>
    hands.reduce((sum, { by }) => sum + (by[option] ?? 0), 0);
  const all = options.reduce((sum, { id }) => sum + raised(id), tally.all.ballots);
  const bars = options.map(({ id, text }) => ({
    id,
    name: text,
    value: (tally.all.by[id] ?? 0) + raised(id),
    isRight: kind === 'quiz' && poll.state === 'closed' && id === poll.right,
  }));
  return <Bars label={label} bars={bars} most={all} large={large} />;
}
