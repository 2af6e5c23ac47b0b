import { Button } from '../../shared/button.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { DeletedProposals } from './deleted-proposals.tsx';
import { ProposalEntry } from './proposal-entry.tsx';
import styles from './proposals.module.css';

export interface ProposalsPanelProps {
  /** How many recommendations are in no proposal. */
  readonly unmerged: number;
  readonly onShowBoard: () => void;
  /** Shows the board with nothing but those. */
  readonly onShowUnmerged: () => void;
}

/** All proposals in order, each with everything that it comes from. M1. */
export function ProposalsPanel({ unmerged, onShowBoard, onShowUnmerged }: ProposalsPanelProps) {
  const t = useT();
  const { session } = usePlenary();
  const { proposals, deletedProposals } = useView(session.plan.view);
  return (
    <div className={styles['panel']}>
      {proposals.length === 0 ? (
        <EmptyState
          title={t('plenary.proposals-empty')}
          example={t('plenary.proposals-empty-example')}
          action={
            <Button variant="primary" onPress={onShowBoard}>
              {t('plenary.to-board')}
            </Button>
          }
        >
          {t('plenary.proposals-empty-why')}
        </EmptyState>
      ) : (
        <>
          <p className={styles['left']}>
            {t('plenary.unmerged', { count: unmerged })}
            {unmerged > 0 && (
              <Button variant="quiet" size="small" onPress={onShowUnmerged}>
                {t('plenary.show-unmerged')}
              </Button>
            )}
          </p>
          <ol className={styles['entries']}>
            {proposals.map((proposal, index) => (
              <ProposalEntry
                key={proposal.id}
                proposal={proposal}
                index={index}
                count={proposals.length}
              />
            ))}
          </ol>
        </>
      )}
      {deletedProposals.length > 0 && <DeletedProposals proposals={deletedProposals} />}
    </div>
  );
}
