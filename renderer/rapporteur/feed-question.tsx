import { type KeyboardEvent, useState } from 'react';
import { GridList } from 'react-aria-components/GridList';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import styles from './feed-pane.module.css';
import { type FeedActions, FeedRow } from './feed-row.tsx';
import type { FeedItem, FeedQuestion } from './feed.ts';
import { idOfFeedQuestion } from './use-report-places.ts';

/** So many are drawn at a time: enough to read on, few enough to stay quick. */
const STEP = 40;

export interface FeedQuestionViewProps {
  readonly question: FeedQuestion;
  /** What came with the last "6 new"; marked. */
  readonly newest: ReadonlySet<string>;
  /** Whether a filter is on: then questions without a match are not shown. */
  readonly narrowed: boolean;
  readonly actions: FeedActions;
}

export function FeedQuestionView(props: FeedQuestionViewProps) {
  const { question, newest, narrowed, actions } = props;
  const t = useT();
  const [limit, setLimit] = useState(STEP);
  const { questionId, letter, title, items } = question;
  if (items.length === 0 && (narrowed || questionId === null)) return null;
  const recommendations = items.filter(({ kind }) => kind === 'recommendation').length;
  const name = questionId === null ? t('report.no-question') : title;
  const shown = items.slice(0, limit);

  const onKeyDown = (event: KeyboardEvent): void => {
    const item = itemAt(event.target, shown);
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'c') actions.onCite(item);
    else if (key === 'x' && item.omittable !== null) actions.onOmit(item);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section className={styles['question']} aria-labelledby={idOfFeedQuestion(questionId)}>
      <h3 className={styles['questionHead']} id={idOfFeedQuestion(questionId)} tabIndex={-1}>
        {letter !== '' && <span className={styles['questionLetter']}>{letter}</span>}
        <bdi className={styles['questionTitle']}>{name}</bdi>
        <span className={styles['counts']}>
          {t('report.counts', { recommendations, notes: items.length - recommendations })}
        </span>
      </h3>
      {items.length === 0 ? (
        <p className={styles['nothing']}>{t('report.nothing-yet')}</p>
      ) : (
        // Letters act on the row that one is on; the list would take them for the start of a word.
        <div className={styles['rows']} onKeyDownCapture={onKeyDown} role="presentation">
          <GridList
            aria-labelledby={idOfFeedQuestion(questionId)}
            items={shown}
            dependencies={[newest, actions]}
            disallowTypeAhead
          >
            {(item) => <FeedRow item={item} isNew={newest.has(item.id)} actions={actions} />}
          </GridList>
          {items.length > limit && (
            <Button variant="quiet" size="small" onPress={() => setLimit(limit + 2 * STEP)}>
              {t('report.show-more', { count: items.length - limit })}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

/** The item whose row itself has the focus, not a button in it. */
function itemAt(target: EventTarget, items: readonly FeedItem[]): FeedItem | undefined {
  if (!(target instanceof HTMLElement) || target.role !== 'row') return undefined;
  return items.find(({ id }) => id === target.dataset['key']);
}
