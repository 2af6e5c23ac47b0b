import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import type { Question } from '../../../src/core/session/model.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import { classes } from '../../shared/classes.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { useT } from '../../shared/messages.tsx';
import { useViewPart } from '../../shared/use-view.ts';
import { useFindings, useGroupDocuments } from '../group-documents.ts';
import { usePlenary } from '../plenary-context.ts';
import {
  boardRows,
  createNumbering,
  byRow,
  hasAnything,
  hasLoose,
  type QuestionChoice,
} from './board-rows.ts';
import { inHand, stillThere, togglePicked } from './board-state.ts';
import { focusCard } from './focus-card.ts';
import { GroupColumn } from './group-column.tsx';
import { isArrow, nextCard, type PlacedCard } from './next-card.ts';
import { useHoldStill } from './use-hold-still.ts';
import styles from './board.module.css';

export interface BoardProps {
  readonly choice: QuestionChoice;
  /** Leaves out what is in a proposal already. */
  readonly onlyUnmerged: boolean;
}

/** All groups side by side: one column per group, one row per question. */
export const Board = memo(function Board({ choice, onlyUnmerged }: BoardProps) {
  const t = useT();
  const { session, board, actions } = usePlenary();
  const { view } = session.plan;
  const groups = useViewPart(view, (plan) => plan.groups);
  const questions = useViewPart(view, (plan) => plan.questions);
  const [numbersOf] = useState(createNumbering);
  const numbers = useViewPart(view, (plan) => numbersOf(plan.proposals));
  const findings = useFindings(session);
  const documents = useGroupDocuments(session);
  const field = useRef<HTMLDivElement>(null);
  useHoldStill(field);

  const anything = hasAnything(findings);
  const loose = hasLoose(questions, findings);
  const rows = useMemo(
    () => (anything ? boardRows(questions, choice, loose) : []),
    [questions, choice, anything, loose],
  );
  const keys = useMemo(() => {
    const shown = new Set(rows.map((row) => row?.id ?? null));
    return groups.flatMap(({ id: groupId }) => {
      const sorted = byRow(findings.get(groupId)?.recommendations ?? [], questions);
      return [...sorted]
        .filter(([question]) => shown.has(question))
        .flatMap(([, found]) =>
          found.map(({ id }) => recommendationKey({ groupId, recommendationId: id })),
        )
        .filter((key) => !onlyUnmerged || !numbers.has(key));
    });
  }, [rows, groups, questions, findings, numbers, onlyUnmerged]);

  useEffect(() => {
    const there = new Set(keys);
    const { picked, active } = board.getState();
    const left = stillThere(picked, there);
    const stillActive = active !== null && there.has(active) ? active : (keys[0] ?? null);
    if (left !== picked || stillActive !== active) {
      board.setState({ picked: left, active: stillActive });
    }
  }, [keys, board]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (!(event.target instanceof HTMLElement) || field.current === null) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.target.dataset['pick'];
    if (event.key === 'Escape' && board.getState().picked.length > 0) {
      board.setState({ picked: [], choosing: false });
    } else if (event.key.toLowerCase() === 'm') {
      actions.merge(inHand(board.getState()));
    } else if (event.key.toLowerCase() === 'p') {
      const { picked } = board.getState();
      board.setState({
        picked: picked.length > 0 ? picked : inHand(board.getState()),
        choosing: true,
      });
    } else if (key !== undefined && isArrow(event.key)) {
      const rightToLeft = getComputedStyle(field.current).direction === 'rtl';
      const next = nextCard(placedCards(field.current), key, event.key, rightToLeft);
      if (next !== null) focusCard(field.current, next);
    } else if (key !== undefined && event.key === ' ' && event.target.tagName !== 'INPUT') {
      board.setState({ picked: togglePicked(board.getState().picked, key) });
    } else {
      return;
    }
    event.preventDefault();
  };

  if (groups.length === 0) {
    return <EmptyState title={t('plenary.no-groups')}>{t('plenary.no-groups-why')}</EmptyState>;
  }
  return (
    <section className={styles['board']} aria-label={t('plenary.board')}>
      <div className={styles['field']} ref={field} onKeyDown={onKeyDown} role="presentation">
        <div
          className={classes(styles['grid'], rows.length === 0 && styles['bare'])}
          style={{
            gridTemplateColumns: `repeat(${groups.length}, minmax(var(--column), 40rem))`,
            gridTemplateRows: `var(--head) repeat(${Math.max(1, rows.length * 2)}, auto)`,
          }}
        >
          {rows.map((row, index) => (
            <RowHeading key={row?.id ?? 'none'} question={row} line={index * 2 + 2} />
          ))}
          {rows.length === 0 && (
            <div className={styles['empty']}>
              <EmptyState
                title={t('plenary.board-empty')}
                example={t('plenary.board-empty-example')}
              >
                {t('plenary.board-empty-why')}
              </EmptyState>
            </div>
          )}
          {groups.map((group, index) => (
            <GroupColumn
              key={group.id}
              group={group}
              document={documents.get(group.id) ?? null}
              column={index}
              rows={rows}
              questions={questions}
              numbers={numbers}
              onlyUnmerged={onlyUnmerged}
            />
          ))}
        </div>
      </div>
    </section>
  );
});

/** Seen only: each column's lists say their question themselves. */
function RowHeading(props: { readonly question: Question | null; readonly line: number }) {
  const t = useT();
  const { question, line } = props;
  return (
    <div className={styles['rowHead']} style={{ gridRow: line }} aria-hidden="true">
      <span className={styles['rowTitle']}>
        {question !== null && <span className={styles['letter']}>{question.letter}</span>}
        <bdi>{question?.title ?? t('plenary.no-question')}</bdi>
        {question !== null && (
          <span className={styles['asked']} dir="auto">
            {question.text}
          </span>
        )}
      </span>
    </div>
  );
}

const placedCards = (field: HTMLElement): readonly PlacedCard[] =>
  [...field.querySelectorAll<HTMLElement>('[data-card]')].map((card) => ({
    key: card.dataset['card'] ?? '',
    column: Number(card.dataset['column']),
    top: card.getBoundingClientRect().top,
  }));
