import { memo, useId, useRef, useState } from 'react';
import { useDrag } from 'react-aria-components/useDrag';
import { useDrop } from 'react-aria-components/useDrop';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useStore } from 'zustand';
import type { GroupDocument } from '../../../src/core/session/group-document.ts';
import type { Recommendation } from '../../../src/core/session/model.ts';
import { classes } from '../../shared/classes.ts';
import { Icon } from '../../shared/icon.tsx';
import { useT } from '../../shared/messages.tsx';
import { FoldButton } from '../fold-button.tsx';
import { usePlenary } from '../plenary-context.ts';
import { movedWith, togglePicked } from './board-state.ts';
import { NewDot } from './new-dot.tsx';
import { SourceNotes } from './source-notes.tsx';
import { DRAG_TYPE, dropOperation } from './drag-type.ts';
import styles from './recommendation-card.module.css';

export interface RecommendationCardProps {
  /** Its key over all groups. */
  readonly cardKey: string;
  readonly recommendation: Recommendation;
  readonly document: GroupDocument;
  readonly column: number;
  /** "1, 3": the numbers of the proposals that it is in; empty where it is in none. */
  readonly inProposals: string;
}

/** A group's recommendation: picked, dragged onto others, opened to what it comes from. */
export const RecommendationCard = memo(function RecommendationCard(props: RecommendationCardProps) {
  const { cardKey, recommendation, document, column, inProposals } = props;
  const t = useT();
  const { board, actions } = usePlenary();
  const picked = useStore(board, (state) => state.picked.includes(cardKey));
  const active = useStore(board, (state) => state.active === cardKey);
  const moving = useStore(board, (state) => state.dragged.includes(cardKey));
  const [open, setOpen] = useState(false);
  const card = useRef<HTMLLIElement>(null);
  const metaId = useId();
  const text = recommendation.text.trim() === '' ? t('plenary.no-text') : recommendation.text;

  const { dragProps, dragButtonProps } = useDrag({
    hasDragButton: true,
    getItems: () => [{ [DRAG_TYPE]: cardKey, 'text/plain': recommendation.text }],
    getAllowedDropOperations: () => ['link'],
    onDragStart: () => board.setState({ dragged: movedWith(board.getState().picked, cardKey) }),
    onDragEnd: () => board.setState({ dragged: [] }),
  });
  const { dropProps, isDropTarget } = useDrop({
    ref: card,
    getDropOperation: dropOperation,
    onDrop: () => actions.drop(board.getState().dragged, cardKey),
  });

  return (
    <li
      {...dragProps}
      {...dropProps}
      ref={card}
      aria-label={text}
      tabIndex={-1}
      data-card={cardKey}
      data-column={column}
      className={classes(
        styles['card'],
        picked && styles['picked'],
        inProposals !== '' && styles['merged'],
        moving && styles['moving'],
        isDropTarget && styles['target'],
      )}
    >
      <label className={styles['words']}>
        <input
          type="checkbox"
          className={styles['pick']}
          data-pick={cardKey}
          checked={picked}
          tabIndex={active ? 0 : -1}
          aria-describedby={metaId}
          aria-keyshortcuts="Space M P Enter"
          onChange={() =>
            board.setState({ picked: togglePicked(board.getState().picked, cardKey) })
          }
          onFocus={() => board.setState({ active: cardKey })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') setOpen(!open);
          }}
        />
        <span className={styles['tick']} aria-hidden="true">
          <Icon name="check" />
        </span>
        <span className={styles['text']} dir="auto">
          {text}
        </span>
      </label>
      <div className={styles['meta']} id={metaId}>
        <NewDot cardKey={cardKey} />
        <FoldButton open={open} tabbable={active} onToggle={() => setOpen(!open)}>
          {t('plenary.notes', { count: recommendation.noteIds.length })}
        </FoldButton>
        {inProposals !== '' && (
          <span className={styles['in']}>
            {t('plenary.in-proposals', { numbers: inProposals })}
          </span>
        )}
        <AriaButton
          {...dragButtonProps}
          className={styles['handle'] ?? ''}
          aria-label={t('plenary.drag')}
          excludeFromTabOrder={!active}
        >
          <Icon name="drag" />
        </AriaButton>
      </div>
      {open && <SourceNotes recommendation={recommendation} document={document} />}
    </li>
  );
});
