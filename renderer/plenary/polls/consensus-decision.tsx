import { type FormEvent, useState } from 'react';
import type { Verdict } from '../../../src/core/consensus/verdict.ts';
import type { Plan, Proposal } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { Button } from '../../shared/button.tsx';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { usePlenary } from '../plenary-context.ts';
import styles from './polls.module.css';

export interface ConsensusDecisionProps {
  readonly proposal: Proposal;
  readonly poll: Poll;
  readonly plan: Plan;
  readonly verdict: Verdict;
}

/** The moderator's word, with a reason, once the rule allows it. C3 */
export function ConsensusDecision({ proposal, poll, plan, verdict }: ConsensusDecisionProps) {
  const t = useT();
  const language = useLanguage();
  const { polls } = usePlenary();
  const [reason, setReason] = useState('');
  const decision = plan.voting.decisions[proposal.id];
  if (decision?.pollId === poll.id) {
    return (
      <section className={styles['part']} aria-label={t('polls.decision')}>
        <p className={styles['decided']}>
          <strong>{t(decision.confirmed ? 'polls.decided-for' : 'polls.decided-against')}</strong> ·{' '}
          {timeOfDay(decision.at, language)}
        </p>
        <p dir="auto">{decision.reason}</p>
        <div>
          <Button size="small" variant="quiet" onPress={() => polls.withdraw(proposal.id)}>
            {t('polls.withdraw')}
          </Button>
        </div>
      </section>
    );
  }
  const mayConfirm = verdict.status === 'to-confirm';
  function decide(event: FormEvent): void {
    event.preventDefault();
    const done = mayConfirm
      ? polls.confirm(proposal.id, poll.id, reason)
      : polls.decideAgainst(proposal.id, poll.id, reason);
    if (done) setReason('');
  }
  return (
    <section className={styles['part']} aria-label={t('polls.decision')}>
      <form className={styles['form']} onSubmit={decide}>
        <TextField
          label={t('polls.reason')}
          description={t(mayConfirm ? 'polls.reason-why' : 'polls.cannot-confirm')}
          multiline
          value={reason}
          onChange={setReason}
        />
        <div className={styles['buttons']}>
          <Button
            type="submit"
            variant={mayConfirm ? 'primary' : 'secondary'}
            isDisabled={reason.trim() === ''}
          >
            {t(mayConfirm ? 'polls.confirm' : 'polls.decide-against')}
          </Button>
          {mayConfirm && (
            <Button
              variant="quiet"
              isDisabled={reason.trim() === ''}
              onPress={() => {
                if (polls.decideAgainst(proposal.id, poll.id, reason)) setReason('');
              }}
            >
              {t('polls.decide-against')}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}
