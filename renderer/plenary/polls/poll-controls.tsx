import { useState } from 'react';
import type { Plan } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { Select } from '../../shared/select.tsx';
import { useNow } from '../../shared/use-now.ts';
import { usePlenary } from '../plenary-context.ts';
import { type Countdown, isCountdown, secondsOf, useCountdownChoices } from './countdowns.ts';
import { countdownText } from './poll-words.ts';
import { useLive, useLiveTally, useVotingDesk } from './voting-desk-context.ts';
import styles from './polls.module.css';

export interface PollControlsProps {
  readonly poll: Poll;
  readonly plan: Plan;
  readonly onChange: () => void;
}

/** Opens, lengthens and closes a poll, and says how many have answered. */
export function PollControls(props: PollControlsProps) {
  const { poll } = props;
  if (poll.state === 'draft') return <Waiting {...props} />;
  return poll.state === 'open' ? <Open {...props} /> : <Closed {...props} />;
}

const initial = (poll: Poll): Countdown =>
  isCountdown(String(poll.seconds)) ? (String(poll.seconds) as Countdown) : 'none';

function Waiting({ poll, plan, onChange }: PollControlsProps) {
  const t = useT();
  const { polls } = usePlenary();
  const countdowns = useCountdownChoices();
  const [countdown, setCountdown] = useState<Countdown>(() => initial(poll));
  return (
    <div className={styles['buttons']}>
      <Button
        variant="primary"
        keys="O"
        aria-keyshortcuts="O"
        onPress={() => polls.open(poll.id, secondsOf(countdown))}
      >
        {t('polls.open')}
      </Button>
      <Select
        label={t('polls.countdown')}
        labelHidden
        choices={countdowns}
        value={countdown}
        onChange={setCountdown}
      />
      {plan.voting.currentPollId !== poll.id && (
        <Button variant="quiet" onPress={() => polls.showToRoom(poll.id)}>
          {t('polls.show-to-room')}
        </Button>
      )}
      <Button variant="quiet" icon="edit" onPress={onChange}>
        {t('polls.change')}
      </Button>
      <Button variant="quiet" icon="trash" onPress={() => polls.remove(poll.id)}>
        {t('plenary.delete')}
      </Button>
    </div>
  );
}

function Open({ poll, plan }: PollControlsProps) {
  const t = useT();
  const { polls, session } = usePlenary();
  const now = useNow(250, session.now);
  return (
    <>
      <p className={styles['running']}>
        {poll.closesAt !== null && (
          <span className={styles['countdown']} role="timer">
            {countdownText(poll.closesAt - now)}
          </span>
        )}
        <Answered poll={poll} />
      </p>
      <div className={styles['buttons']}>
        <Button
          variant="primary"
          keys="O"
          aria-keyshortcuts="O"
          onPress={() => polls.close(poll.id)}
        >
          {t('polls.close')}
        </Button>
        <Button onPress={() => polls.extend(poll.id, 30)}>{t('polls.extend')}</Button>
        <Button variant="quiet" onPress={() => polls.showResults(poll.id, !poll.shown)}>
          {t(poll.shown ? 'polls.hide-results' : 'polls.show-results')}
        </Button>
        {plan.voting.currentPollId !== poll.id && (
          <Button variant="quiet" onPress={() => polls.showToRoom(poll.id)}>
            {t('polls.show-to-room')}
          </Button>
        )}
      </div>
      {!poll.shown && <p className={styles['help']}>{t('polls.hidden-until-closed')}</p>}
    </>
  );
}

/** How many have answered, and never what. C4 */
function Answered({ poll }: { readonly poll: Poll }) {
  const t = useT();
  const desk = useVotingDesk();
  const ballots = useLiveTally(poll.id)?.all.ballots ?? 0;
  const phones = useLive(({ voters }) => voters?.connected ?? 0);
  if (desk === null) return <span className={styles['help']}>{t('polls.count-elsewhere')}</span>;
  return <span>{t('polls.answered', { count: ballots, phones })}</span>;
}

function Closed({ poll, plan }: PollControlsProps) {
  const t = useT();
  const { polls } = usePlenary();
  const isCurrent = plan.voting.currentPollId === poll.id;
  return (
    <div className={styles['buttons']}>
      <Button onPress={() => polls.secondRound(poll.id)}>{t('polls.another-round')}</Button>
      <Button variant="quiet" onPress={() => polls.reopen(poll.id, null)}>
        {t('polls.reopen')}
      </Button>
      <Button variant="quiet" onPress={() => polls.showToRoom(isCurrent ? null : poll.id)}>
        {t(isCurrent ? 'polls.take-from-room' : 'polls.show-to-room')}
      </Button>
      <Button variant="quiet" icon="trash" onPress={() => polls.remove(poll.id)}>
        {t('plenary.delete')}
      </Button>
    </div>
  );
}
