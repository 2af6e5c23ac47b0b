import { useLayoutEffect, useRef } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { useStore } from 'zustand';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { Workbench } from '../board/workbench.tsx';
import { useFindings } from '../group-documents.ts';
import { usePlenary } from '../plenary-context.ts';
import { countNotes } from './proposal-sources.ts';
import { ProposalLine } from './proposal-line.tsx';
import styles from './proposal-strip.module.css';

export interface ProposalStripProps {
  /** How many recommendations are in no proposal yet. */
  readonly unmerged: number;
  /** The board leaves out all others. */
  readonly onlyUnmerged: boolean;
  readonly onOnlyUnmerged: (only: boolean) => void;
  readonly onShowAll: () => void;
}

/** The proposals at the foot of the board; the newest is in sight. */
export function ProposalStrip(props: ProposalStripProps) {
  const t = useT();
  const { session, board } = usePlenary();
  const findings = useFindings(session);
  const { proposals } = useView(session.plan.view);
  const fresh = useStore(board, (state) => state.fresh);
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    // The newest stands last.
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, []);
  return (
    <section className={styles['strip']} aria-label={t('plenary.proposals')}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{t('plenary.proposals')}</h2>
        <Workbench>
          {proposals.length === 0
            ? t('plenary.strip-empty')
            : t('plenary.unmerged', { count: props.unmerged })}
          {(proposals.length > 0 || props.onlyUnmerged) && (
            <ToggleButton
              className={styles['only'] ?? ''}
              isSelected={props.onlyUnmerged}
              onChange={props.onOnlyUnmerged}
            >
              {t('plenary.unmerged-only')}
            </ToggleButton>
          )}
        </Workbench>
        {proposals.length > 0 && (
          <Button variant="quiet" size="small" onPress={props.onShowAll}>
            {t('plenary.show-proposals')}
          </Button>
        )}
      </header>
      {proposals.length > 0 && (
        <ol className={styles['list']} ref={list}>
          {proposals.map((proposal, index) => (
            <ProposalLine
              key={proposal.id}
              proposal={proposal}
              number={index + 1}
              fresh={proposal.id === fresh}
              notes={countNotes(proposal, findings)}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
