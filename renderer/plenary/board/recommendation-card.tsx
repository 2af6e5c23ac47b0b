import { memo, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react';
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
import { shorten } from './shorten.ts';
import styles from './recommendation-card.module.css';

export interface RecommendationCardProps {
  /** Its key over all groups. */
  readonly cardKey: string;
  /** As it was laid out; its words are read where they are shown. */
  readonly recommendation: Recommendation;
  readonly document: GroupDocument;
  readonly column: number;
  /** "1, 3": the numbers of the proposals that it is in; empty where it is in none. */
  readonly inProposals: string;
}

/** Longer ones are shown whole once they are opened. Characters. */
const MOST_SHOWN = 600;

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
  const textId = useId();

  const { dragProps, dragButtonProps } = useDrag({
    hasDragButton: true,
    getItems: () => {
      const words = document.view.recommendation(recommendation.id)?.text ?? '';
      return [{ [DRAG_TYPE]: cardKey, 'text/plain': words }];
    },
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
      aria-labelledby={textId}
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
        <CardText id={textId} recommendation={recommendation} document={document} whole={open} />
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

/**
 * The one part of a card that changes with every letter, and it is written past React: a letter
 * typed in a group then stands here as soon as its message has come, before this laptop stores it,
 * passes it on and draws whatever else has changed (docs/PERFORMANCE.md).
 */
function CardText(
  props: Pick<RecommendationCardProps, 'recommendation' | 'document'> & {
    readonly id: string;
    readonly whole: boolean;
  },
) {
  const { document, whole } = props;
  const { id } = props.recommendation;
  const t = useT();
  const span = useRef<HTMLSpanElement>(null);
  const none = t('plenary.no-text');
  const words = (): string => {
    const text = document.view.recommendation(id)?.text ?? '';
    if (text.trim() === '') return none;
    return whole ? text : shorten(text, MOST_SHOWN);
  };
  const show = useEffectEvent(() => {
    const now = words();
    if (span.current !== null && span.current.textContent !== now) span.current.textContent = now;
  });
  useLayoutEffect(() => document.view.subscribe(() => show()), [document]);
  return (
    <span ref={span} id={props.id} className={styles['text']} dir="auto">
      {words()}
    </span>
  );
}
