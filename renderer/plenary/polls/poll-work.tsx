import { useState } from 'react';
import { isAgreementKind } from '../../../src/core/consensus/agreement.ts';
import type { Tally } from '../../../src/core/consensus/tally.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import { verdictOfPoll } from '../../../src/core/session/poll-verdict.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { useT } from '../../shared/messages.tsx';
import { Notice } from '../../shared/notice.tsx';
import { usePlenary } from '../plenary-context.ts';
import { BallotBoxLine } from './ballot-box.tsx';
import { ConsensusDecision } from './consensus-decision.tsx';
import { HandCounts } from './hand-counts.tsx';
import { ObjectionList } from './objection-list.tsx';
import { PollControls } from './poll-controls.tsx';
import { PollForm } from './poll-form.tsx';
import { PollResult } from './poll-result.tsx';
import { pollName } from './poll-words.ts';
import { QuizLeaders } from './quiz-leaders.tsx';
import { RoundChange } from './round-change.tsx';
import { ShortTexts } from './short-texts.tsx';
import { useLive, useLiveTally } from './voting-desk-context.ts';
import styles from './polls.module.css';

/** Nobody has answered, or nobody but hands. */
const nothing = (poll: Poll): Tally => ({
  poll: poll.id,
  version: 0,
  all: { ballots: 0, by: {} },
  byStakeholderGroup: {},
  byRegion: {},
  byBreakoutGroup: {},
  texts: [],
});

/** One poll, from opening it to what the room agreed on. */
export function PollWork({ poll, plan }: { readonly poll: Poll; readonly plan: Plan }) {
  const t = useT();
  const { polls } = usePlenary();
  const [changing, setChanging] = useState(false);
  const live = useLiveTally(poll.id);
  const isUnfit = useLive(({ unfitPolls }) => unfitPolls.includes(poll.id));
  const written = plan.voting.results[poll.id]?.tally ?? null;
  const tally = (poll.state === 'closed' ? (written ?? live) : live) ?? nothing(poll);
  const about = plan.proposals.find(({ id }) => id === poll.proposalId);
  const seen = poll.state === 'closed' || (poll.state === 'open' && poll.shown && live !== null);
  const verdict = isAgreementKind(poll.kind) ? verdictOfPoll(plan.voting, poll, tally) : null;

  if (changing && poll.state === 'draft') {
    return (
      <PollForm
        input={poll}
        onCancel={() => setChanging(false)}
        onSave={(input) => {
          if (polls.change(poll.id, input)) setChanging(false);
        }}
      />
    );
  }
  return (
    <article className={styles['work']} aria-label={pollName(poll, plan, t)}>
      <header className={styles['head']}>
        <p className={styles['small']}>
          {pollName(poll, plan, t)}
          {about !== undefined && ` · ${t(`polls.kind-${poll.kind}`)}`}
        </p>
        <h2 className={styles['asked']} dir="auto">
          {poll.question}
        </h2>
      </header>
      {isUnfit && <Notice tone="wait">{t('polls.unfit')}</Notice>}
      <PollControls poll={poll} plan={plan} onChange={() => setChanging(true)} />
      {seen && poll.kind !== 'text' && (
        <section className={styles['part']} aria-label={t('polls.result')}>
          <PollResult poll={poll} plan={plan} tally={tally} />
        </section>
      )}
      {poll.kind === 'text' && poll.state !== 'draft' && <ShortTexts poll={poll} tally={tally} />}
      {poll.kind === 'quiz' && poll.state === 'closed' && <QuizLeaders plan={plan} />}
      {about !== undefined && <ObjectionList proposal={about} poll={poll} plan={plan} />}
      {about !== undefined && poll.state === 'closed' && verdict !== null && (
        <ConsensusDecision proposal={about} poll={poll} plan={plan} verdict={verdict} />
      )}
      {poll.state === 'closed' && <RoundChange poll={poll} plan={plan} />}
      {poll.state !== 'draft' && <HandCounts poll={poll} plan={plan} />}
      {poll.state === 'closed' && <BallotBoxLine poll={poll} plan={plan} />}
    </article>
  );
}
