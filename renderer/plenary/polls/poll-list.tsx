import { Button as AriaButton } from 'react-aria-components/Button';
import { useStore } from 'zustand';
import type { PollId } from '../../../src/core/session/ids.ts';
import { openObjections } from '../../../src/core/session/objection-operations.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { Button } from '../../shared/button.tsx';
import { classes } from '../../shared/classes.ts';
import { useT } from '../../shared/messages.tsx';
import { usePlenary } from '../plenary-context.ts';
import { pollName } from './poll-words.ts';
import styles from './poll-list.module.css';

export interface PollListProps {
  readonly plan: Plan;
  readonly selected: PollId | null;
}

/** All polls, the newest first, and the button for another one. */
export function PollList({ plan, selected }: PollListProps) {
  const t = useT();
  const { place } = usePlenary();
  const writing = useStore(place, ({ poll }) => poll === 'new');
  return (
    <nav className={styles['list']} aria-label={t('plenary.polls')}>
      <Button
        size="small"
        icon="plus"
        variant={writing ? 'quiet' : 'secondary'}
        onPress={() => place.setState({ poll: 'new' })}
      >
        {t('polls.new')}
      </Button>
      <ul className={styles['lines']}>
        {plan.voting.polls.toReversed().map((poll) => (
          <li key={poll.id}>
            <AriaButton
              className={classes(styles['poll'], poll.id === selected && styles['selected'])}
              {...(poll.id === selected && { 'aria-current': 'true' as const })}
              onPress={() => place.setState({ poll: poll.id })}
            >
              <span className={styles['name']}>{pollName(poll, plan, t)}</span>
              <span className={styles['question']} dir="auto">
                {poll.question}
              </span>
              <Standing poll={poll} plan={plan} />
            </AriaButton>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Standing({ poll, plan }: { readonly poll: Poll; readonly plan: Plan }) {
  const t = useT();
  const { polls, objections } = plan.voting;
  // They are the proposal's: said once, beside its last round.
  const isLast = polls.findLast(({ proposalId }) => proposalId === poll.proposalId) === poll;
  const open =
    poll.proposalId === null || !isLast ? 0 : openObjections(objections, poll.proposalId).length;
  return (
    <span className={styles['standing']}>
      <span className={classes(poll.state === 'open' && styles['open'])}>
        {t(`polls.state-${poll.state}`)}
      </span>
      {plan.voting.currentPollId === poll.id && <span>{t('polls.in-view')}</span>}
      {open > 0 && (
        <span className={styles['objections']}>
          {t('polls.missing-objections-short', { count: open })}
        </span>
      )}
    </span>
  );
}
