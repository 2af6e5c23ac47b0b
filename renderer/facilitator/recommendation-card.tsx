import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Recommendation } from '../../src/core/session/model.ts';
import { Button } from '../shared/button.tsx';
import { classes } from '../shared/classes.ts';
import { Icon } from '../shared/icon.tsx';
import { isMac } from '../shared/keys.ts';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import { Select } from '../shared/select.tsx';
import { SharedText } from '../shared/shared-text.tsx';
import { useGroupParts, useGroupPart, useOutcome, usePlan, useScreen } from './group-context.tsx';
import { excerpt, sourcesOf } from './note-lists.ts';
import type { DragState } from './reorder.ts';
import type { DragOrder } from './use-drag-order.ts';
import styles from './recommendation-card.module.css';

interface RecommendationCardProps {
  readonly recommendation: Recommendation;
  readonly number: number;
  readonly count: number;
  readonly drag: DragState;
  readonly handle: ReturnType<DragOrder['handle']>;
  readonly onMove: (by: number) => void;
}

/** One draft recommendation: what it says, why, and which notes it comes from. */
export function RecommendationCard(props: RecommendationCardProps) {
  const { recommendation, number, count, drag } = props;
  const t = useT();
  const { group, actions, screen, mayWrite } = useGroupParts();
  const accepted = useOutcome();
  const fresh = useScreen((state) => state.fresh === recommendation.id);
  // It slides in where it was just made, and not whenever the list is shown.
  const [arriving] = useState(fresh);
  const picking = useScreen((state) => state.sourcesFor === recommendation.id);
  const card = useRef<HTMLLIElement>(null);
  const { id } = recommendation;

  useEffect(() => {
    if (!fresh) return;
    card.current?.scrollIntoView({ block: 'nearest' });
    screen.setState({ fresh: null });
  }, [fresh, screen]);

  /** Alt+↑ and Alt+↓ move the card wherever in it the focus is. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const chord = event.altKey && event.ctrlKey === isMac() && !event.metaKey && !event.shiftKey;
    if (!chord || !mayWrite) return;
    if (event.key === 'ArrowUp') props.onMove(-1);
    else if (event.key === 'ArrowDown') props.onMove(1);
    else return;
    event.preventDefault();
  };
  return (
    <li
      ref={card}
      className={classes(
        styles['card'],
        picking && styles['picking'],
        arriving && styles['arriving'],
        drag !== null && styles[drag],
      )}
    >
      <div className={styles['number']}>
        <span>{number}</span>
        {mayWrite && count > 1 && (
          <button
            type="button"
            className={styles['handle']}
            aria-label={t('drafts.drag', { number })}
            onKeyDown={onKeyDown}
            {...props.handle}
          >
            <Icon name="drag" />
          </button>
        )}
      </div>
      <div className={styles['body']}>
        <SharedText
          value={recommendation.text}
          onEdit={(text) => accepted(group.editRecommendation(id, 'text', text))}
          label={t('drafts.text', { number })}
          placeholder={t('drafts.text-placeholder')}
          look="reading"
          readOnly={!mayWrite}
          focusFirst={fresh}
          onKeyDown={onKeyDown}
        />
        {(mayWrite || recommendation.rationale !== '') && (
          <div className={styles['rationale']}>
            <SharedText
              value={recommendation.rationale}
              onEdit={(text) => accepted(group.editRecommendation(id, 'rationale', text))}
              label={t('drafts.rationale', { number })}
              placeholder={t('drafts.rationale-placeholder')}
              readOnly={!mayWrite}
              onKeyDown={onKeyDown}
            />
          </div>
        )}
        <Sources recommendation={recommendation} />
        {mayWrite && (
          <div className={styles['actions']}>
            <QuestionOf recommendation={recommendation} />
            <Button
              variant={picking ? 'secondary' : 'quiet'}
              size="small"
              icon="plus"
              onPress={() => screen.setState({ sourcesFor: picking ? null : id })}
            >
              {t(picking ? 'drafts.done-choosing' : 'drafts.choose-notes')}
            </Button>
            <span className={styles['moves']}>
              <Button
                variant="quiet"
                size="small"
                icon="up"
                aria-label={t('drafts.move-up', { number })}
                isDisabled={number === 1}
                onPress={() => props.onMove(-1)}
              />
              <Button
                variant="quiet"
                size="small"
                icon="down"
                aria-label={t('drafts.move-down', { number })}
                isDisabled={number === count}
                onPress={() => props.onMove(1)}
              />
              {count > 1 && (
                <>
                  <Kbd keys="Alt+↑" /> <Kbd keys="Alt+↓" />
                </>
              )}
              <Button
                variant="quiet"
                size="small"
                icon="trash"
                aria-label={t('drafts.delete', { number })}
                onPress={() => actions.deleteRecommendation(id)}
              />
            </span>
          </div>
        )}
      </div>
    </li>
  );
}

function QuestionOf({ recommendation }: Pick<RecommendationCardProps, 'recommendation'>) {
  const t = useT();
  const { group } = useGroupParts();
  const accepted = useOutcome();
  const { questions } = usePlan();
  if (questions.length === 0) return null;
  return (
    <Select
      label={t('notes.question')}
      labelHidden
      size="small"
      choices={[
        { id: '', name: t('notes.no-question') },
        ...questions.map(({ id, letter, title }) => ({ id, name: `${letter} ${title}` })),
      ]}
      value={recommendation.questionId ?? ''}
      onChange={(chosen) =>
        accepted(group.changeRecommendation(recommendation.id, chosen === '' ? null : chosen))
      }
    />
  );
}

/** The notes that it comes from, each with a way to take it away again. */
function Sources({ recommendation }: Pick<RecommendationCardProps, 'recommendation'>) {
  const t = useT();
  const { group, mayWrite } = useGroupParts();
  const accepted = useOutcome();
  // Drawn again when a note changes, because its text stands here.
  useGroupPart((notes) => notes.notes);
  const sources = sourcesOf(recommendation, (id) => group.view.note(id));
  if (sources.length === 0) {
    return <p className={styles['noSources']}>{t('drafts.no-sources')}</p>;
  }
  return (
    <ul className={styles['sources']} aria-label={t('drafts.sources')}>
      {sources.map((note) => (
        <li key={note.id} className={classes(styles['source'], note.deleted && styles['gone'])}>
          <span dir="auto">{excerpt(note.text, 110)}</span>
          {mayWrite && (
            <Button
              variant="quiet"
              size="small"
              icon="close"
              aria-label={t('drafts.remove-source', { note: excerpt(note.text, 40) })}
              onPress={() => accepted(group.setNoteSource(recommendation.id, note.id, false))}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
