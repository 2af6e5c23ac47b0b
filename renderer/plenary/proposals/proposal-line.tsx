import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { useDrop } from 'react-aria-components/useDrop';
import type { Proposal } from '../../../src/core/session/model.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import { Button } from '../../shared/button.tsx';
import { classes } from '../../shared/classes.ts';
import { MenuButton } from '../../shared/menu-button.tsx';
import { useT } from '../../shared/messages.tsx';
import { SharedText } from '../../shared/shared-text.tsx';
import { focusCard } from '../board/focus-card.ts';
import { dropOperation } from '../board/drag-type.ts';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { sortedSources } from './proposal-sources.ts';
import { useTravel } from './use-travel.ts';
import { SourceChip } from './source-chip.tsx';
import styles from './proposal-line.module.css';

export interface ProposalLineProps {
  readonly proposal: Proposal;
  readonly number: number;
  /** It has just been made: its text takes the focus. */
  readonly fresh: boolean;
  /** How many notes it rests on. */
  readonly notes: number;
}

/** One proposal in one line: its text, and whose recommendations it merges. */
export function ProposalLine({ proposal, number, fresh, notes }: ProposalLineProps) {
  const t = useT();
  const { session, board, actions, polls } = usePlenary();
  const { groups } = useView(session.plan.view);
  const line = useRef<HTMLLIElement>(null);
  const { dropProps, isDropTarget } = useDrop({
    ref: line,
    getDropOperation: dropOperation,
    onDrop: () => actions.add(proposal.id, board.getState().dragged),
  });
  useTravel(line, proposal.sources, fresh);
  useLayoutEffect(() => {
    if (fresh) line.current?.scrollIntoView({ block: 'nearest' });
  }, [fresh]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' && (event.key !== 'Enter' || event.shiftKey)) return;
    event.preventDefault();
    const { active } = board.getState();
    if (active !== null) focusCard(document, active);
  };
  return (
    <li
      {...dropProps}
      ref={line}
      tabIndex={-1}
      aria-label={t('plenary.proposal', { number })}
      data-proposal={proposal.id}
      className={classes(styles['line'], isDropTarget && styles['target'])}
    >
      <span className={styles['number']} aria-hidden="true">
        {number}
      </span>
      <div className={styles['text']}>
        <SharedText
          label={t('plenary.proposal', { number })}
          value={proposal.text}
          placeholder={t('plenary.proposal-placeholder')}
          onEdit={(text) => actions.edit(proposal.id, text)}
          focusFirst={fresh}
          onKeyDown={onKeyDown}
          onBlur={() => {
            if (fresh) board.setState({ fresh: null });
          }}
        />
      </div>
      <ul className={styles['sources']} aria-label={t('plenary.sources')}>
        {sortedSources(proposal.sources, groups).map((source) => (
          <SourceChip key={recommendationKey(source)} proposal={proposal} source={source} />
        ))}
      </ul>
      <span className={styles['notes']}>{t('plenary.notes', { count: notes })}</span>
      <Button
        variant="quiet"
        size="small"
        aria-label={t('polls.to-poll-of', { number })}
        onPress={() => polls.fromProposal(proposal.id)}
      >
        {t('polls.to-poll')}
      </Button>
      <MenuButton
        label={t('plenary.proposal-menu', { number })}
        icon="more"
        size="small"
        choices={[
          {
            id: 'delete',
            name: t('plenary.delete'),
            danger: true,
            onAction: () => actions.remove(proposal.id),
          },
        ]}
      />
    </li>
  );
}
