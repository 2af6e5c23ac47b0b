import type { Plan } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { classes } from '../../shared/classes.ts';
import { useT } from '../../shared/messages.tsx';
import { useNow } from '../../shared/use-now.ts';
import { usePlenary } from '../plenary-context.ts';
import { PhonesForRoom } from '../polls/phones.tsx';
import { PollResult } from '../polls/poll-result.tsx';
import { countdownText, pollName } from '../polls/poll-words.ts';
import { QuizLeaders } from '../polls/quiz-leaders.tsx';
import { useLive, useLiveTally, useVotingDesk } from '../polls/voting-desk-context.ts';
import styles from './poll-slide.module.css';

/** For the room: the question and how to answer it; then what the room has said. C4 */
export function PollSlide({ poll, plan }: { readonly poll: Poll; readonly plan: Plan }) {
  const t = useT();
  const live = useLiveTally(poll.id);
  const written = plan.voting.results[poll.id]?.tally ?? null;
  const tally = poll.state === 'closed' ? (written ?? live) : poll.shown ? live : null;
  const shows = poll.state !== 'draft' && tally !== null;
  return (
    <>
      <h2 className={styles['heading']}>{pollName(poll, plan, t)}</h2>
      <div className={styles['columns']}>
        <div className={styles['words']}>
          <p
            className={classes(
              styles['question'],
              (shows || poll.question.length > 160) && styles['smaller'],
            )}
            dir="auto"
          >
            {poll.question}
          </p>
          {poll.state === 'open' && <Running poll={poll} />}
          {poll.state === 'draft' && <p className={styles['note']}>{t('polls.opens-soon')}</p>}
          {shows && poll.kind !== 'text' && (
            <PollResult poll={poll} plan={plan} tally={tally} large />
          )}
          {poll.kind === 'text' && poll.state !== 'draft' && <LetThrough poll={poll} plan={plan} />}
          {poll.state === 'closed' && tally === null && (
            <p className={styles['note']}>{t('polls.state-closed')}</p>
          )}
        </div>
        {poll.state !== 'closed' && <PhonesForRoom />}
        {poll.kind === 'quiz' && poll.state === 'closed' && (
          <div className={styles['leaders']}>
            <QuizLeaders plan={plan} large />
          </div>
        )}
      </div>
    </>
  );
}

function Running({ poll }: { readonly poll: Poll }) {
  const t = useT();
  const { session } = usePlenary();
  const now = useNow(250, session.now);
  const desk = useVotingDesk();
  const ballots = useLiveTally(poll.id)?.all.ballots ?? 0;
  const phones = useLive(({ voters }) => voters?.connected ?? 0);
  return (
    <p className={styles['running']}>
      {poll.closesAt !== null && (
        <span className={styles['countdown']} role="timer">
          {countdownText(poll.closesAt - now)}
        </span>
      )}
      {desk !== null && <span>{t('polls.answered', { count: ballots, phones })}</span>}
    </p>
  );
}

/** Short texts that a moderator has let through. */
function LetThrough({ poll, plan }: { readonly poll: Poll; readonly plan: Plan }) {
  const live = useLiveTally(poll.id);
  const all = (plan.voting.results[poll.id]?.tally ?? live)?.texts ?? [];
  const shown = all.filter(({ ballot }) => plan.voting.shownTexts.includes(`${poll.id}/${ballot}`));
  return (
    <ul className={styles['texts']}>
      {shown.map(({ ballot, text }) => (
        <li key={ballot} dir="auto">
          {text}
        </li>
      ))}
    </ul>
  );
}
