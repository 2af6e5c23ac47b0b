import { useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useDrag } from 'react-aria-components/useDrag';
import { isTextDropItem, useDrop } from 'react-aria-components/useDrop';
import type { Proposal } from '../../../src/core/session/model.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import { Button } from '../../shared/button.tsx';
import { classes } from '../../shared/classes.ts';
import { Icon } from '../../shared/icon.tsx';
import { useT } from '../../shared/messages.tsx';
import { Select } from '../../shared/select.tsx';
import { SharedText } from '../../shared/shared-text.tsx';
import { useView } from '../../shared/use-view.ts';
import { PROPOSAL_DRAG_TYPE } from '../board/drag-type.ts';
import { usePlenary } from '../plenary-context.ts';
import { sortedSources } from './proposal-sources.ts';
import { ProposalStanding } from './proposal-standing.tsx';
import { SourceEntry } from './source-entry.tsx';
import styles from './proposals.module.css';

export interface ProposalEntryProps {
  readonly proposal: Proposal;
  /** Its place in the order; people see one more. */
  readonly index: number;
  readonly count: number;
}

type Dropped = Parameters<NonNullable<Parameters<typeof useDrop>[0]['onDrop']>>[0]['items'];

/** The select needs an id for "none". */
const NO_QUESTION = 'none';

/** One proposal with its question, its place and all its sources. */
export function ProposalEntry({ proposal, index, count }: ProposalEntryProps) {
  const t = useT();
  const { session, actions, polls } = usePlenary();
  const plan = useView(session.plan.view);
  const { groups, questions, proposals } = plan;
  const entry = useRef<HTMLLIElement>(null);
  const number = index + 1;
  const name = t('plenary.proposal', { number });

  const takeHere = async ([item]: Dropped): Promise<void> => {
    if (item === undefined || !isTextDropItem(item)) return;
    const id = await item.getText(PROPOSAL_DRAG_TYPE);
    const moved = proposals.find((other) => other.id === id);
    if (moved !== undefined) actions.move(moved.id, index);
  };
  const { dragProps, dragButtonProps, isDragging } = useDrag({
    hasDragButton: true,
    getItems: () => [{ [PROPOSAL_DRAG_TYPE]: proposal.id, 'text/plain': proposal.text }],
    getAllowedDropOperations: () => ['move'],
  });
  const { dropProps, isDropTarget } = useDrop({
    ref: entry,
    getDropOperation: (types) => (types.has(PROPOSAL_DRAG_TYPE) ? 'move' : 'cancel'),
    onDrop: ({ items }) => void takeHere(items),
  });

  return (
    <li
      {...dropProps}
      ref={entry}
      tabIndex={-1}
      aria-label={name}
      className={classes(
        styles['entry'],
        isDropTarget && styles['target'],
        isDragging && styles['moving'],
      )}
    >
      <div className={styles['place']}>
        <span className={styles['number']} aria-hidden="true">
          {number}
        </span>
        <div {...dragProps}>
          <AriaButton
            {...dragButtonProps}
            className={styles['handle'] ?? ''}
            aria-label={t('plenary.drag-proposal', { number })}
          >
            <Icon name="drag" />
          </AriaButton>
        </div>
        <Button
          variant="quiet"
          size="small"
          icon="up"
          aria-label={t('plenary.move-up', { number })}
          isDisabled={index === 0}
          onPress={() => actions.move(proposal.id, index - 1)}
        />
        <Button
          variant="quiet"
          size="small"
          icon="down"
          aria-label={t('plenary.move-down', { number })}
          isDisabled={index === count - 1}
          onPress={() => actions.move(proposal.id, index + 1)}
        />
      </div>
      <div className={styles['wording']}>
        <SharedText
          look="reading"
          label={name}
          value={proposal.text}
          placeholder={t('plenary.proposal-placeholder')}
          onEdit={(text) => actions.edit(proposal.id, text)}
        />
        <ProposalStanding proposal={proposal} plan={plan} />
        <div className={styles['tools']}>
          <Select
            label={t('plenary.question')}
            labelHidden
            size="small"
            choices={[
              ...questions.map(({ id, letter, title }) => ({ id, name: `${letter}  ${title}` })),
              { id: NO_QUESTION, name: t('plenary.no-question-choice') },
            ]}
            value={proposal.questionId ?? NO_QUESTION}
            onChange={(id) => actions.assign(proposal.id, id === NO_QUESTION ? null : id)}
          />
          <Button
            size="small"
            aria-label={t('polls.to-poll-of', { number })}
            onPress={() => polls.fromProposal(proposal.id)}
          >
            {t('polls.to-poll')}
          </Button>
          <Button
            variant="quiet"
            size="small"
            icon="trash"
            onPress={() => actions.remove(proposal.id)}
          >
            {t('plenary.delete')}
          </Button>
        </div>
      </div>
      <ul className={styles['sources']} aria-label={t('plenary.sources')}>
        {sortedSources(proposal.sources, groups).map((source) => (
          <SourceEntry key={recommendationKey(source)} proposal={proposal} source={source} />
        ))}
        {proposal.sources.length === 0 && (
          <li className={styles['none']}>{t('plenary.no-sources')}</li>
        )}
      </ul>
    </li>
  );
}
