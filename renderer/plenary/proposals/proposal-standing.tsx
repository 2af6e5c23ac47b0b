import type { Plan, Proposal } from '../../../src/core/session/model.ts';
import { closedRounds, verdictOfPoll } from '../../../src/core/session/poll-verdict.ts';
import { useT } from '../../shared/messages.tsx';
import styles from './proposals.module.css';

/** What the room has said of a proposal, objections for ever; nothing before it was asked. C3 */
export function ProposalStanding(props: { readonly proposal: Proposal; readonly plan: Plan }) {
  const { proposal, plan } = props;
  const t = useT();
  const last = closedRounds(plan.voting, proposal.id).at(-1);
  const verdict = last && verdictOfPoll(plan.voting, last);
  const objections = plan.voting.objections.filter(
    ({ proposalId, state }) => proposalId === proposal.id && state !== 'withdrawn',
  );
  const count = (state: 'open' | 'addressed' | 'dissent'): number =>
    objections.filter((one) => one.state === state).length;
  if (!verdict && objections.length === 0) return null;
  return (
    <p className={styles['standing']}>
      {verdict && <strong>{t(`polls.status-${verdict.status}`)}</strong>}
      {objections.length > 0 && (
        <span className={styles['objections']}>
          {t('polls.objections-of', {
            count: objections.length,
            open: count('open'),
            addressed: count('addressed'),
            dissent: count('dissent'),
          })}
        </span>
      )}
    </p>
  );
}
