import { memo, useDeferredValue, useMemo, useState } from 'react';
import { Button } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import { Select } from '../shared/select.tsx';
import { TextField } from '../shared/text-field.tsx';
import styles from './feed-pane.module.css';
import { FeedQuestionView } from './feed-question.tsx';
import type { FeedActions } from './feed-row.tsx';
import type { FeedQuestion } from './feed.ts';
import { type FeedView, feedViews, filterFeed, waitingIn } from './filter-feed.ts';
import type { ReportPlaces } from './use-report-places.ts';
import { useTaken } from './use-taken.ts';

export interface FeedPaneProps {
  readonly feed: readonly FeedQuestion[];
  readonly actions: FeedActions;
  readonly onGoToQuestion: ReportPlaces['goToFeed'];
}

/** What the report is made from, as it arrives: each question's recommendations and notes. */
export const FeedPane = memo(function FeedPane(props: FeedPaneProps) {
  const { feed, actions, onGoToQuestion } = props;
  const t = useT();
  const { taken, takeIn } = useTaken(feed);
  const [query, setQuery] = useState('');
  const [view, setView] = useState<FeedView>('everything');
  const words = useDeferredValue(query);
  const shown = useMemo(
    () => filterFeed(feed, { query: words, view, taken }),
    [feed, words, view, taken],
  );
  const waiting = useMemo(() => waitingIn(feed, taken).length, [feed, taken]);
  const found = shown.some(({ items }) => items.length > 0);
  const narrowed = query.trim() !== '' || view !== 'everything';
  const empty = taken.shown.size === 0;
  const choices = feedViews
    .filter((one) => one !== 'new' || taken.newest.size > 0)
    .map((id) => ({ id, name: t(`report.view-${id}`) }));
  const showEverything = (): void => {
    setQuery('');
    setView('everything');
  };
  const showNew = (): void => {
    takeIn();
    setQuery('');
    setView('new');
  };

  return (
    <section className={styles['feed']} aria-label={t('report.feed')} data-region tabIndex={-1}>
      <header className={styles['head']}>
        <div className={styles['top']}>
          <h2 className={styles['title']}>{t('report.feed')}</h2>
          {!empty && <QuestionLetters feed={feed} onGoToQuestion={onGoToQuestion} />}
        </div>
        {!empty && (
          <div className={styles['tools']}>
            <div className={styles['filter']} data-filter>
              <TextField
                label={t('report.filter')}
                labelHidden
                type="search"
                placeholder={t('report.filter-hint')}
                value={query}
                onChange={setQuery}
              />
              {query === '' && (
                <span className={styles['filterKey']}>
                  <Kbd keys="/" />
                </span>
              )}
            </div>
            <Select
              label={t('report.view')}
              labelHidden
              size="small"
              choices={choices}
              value={view}
              onChange={setView}
            />
          </div>
        )}
      </header>
      <output className={styles['waiting']}>
        {waiting > 0 && !empty && (
          <Button size="small" icon="down" onPress={showNew}>
            {t('report.new', { count: waiting })}
          </Button>
        )}
      </output>
      <div className={styles['list']}>
        {empty ? (
          <EmptyState title={t('report.feed-empty')} example={t('report.feed-example')}>
            <p>{t('report.feed-empty-words')}</p>
          </EmptyState>
        ) : !found ? (
          <EmptyState
            title={t('report.none-found')}
            action={<Button onPress={showEverything}>{t('report.show-everything')}</Button>}
          >
            <p>{t('report.none-found-words')}</p>
          </EmptyState>
        ) : (
          shown.map((question) => (
            <FeedQuestionView
              // Another filter is another list: it begins at its start again.
              key={`${question.questionId ?? ''}/${view}/${words}`}
              question={question}
              newest={taken.newest}
              narrowed={narrowed}
              actions={actions}
            />
          ))
        )}
      </div>
      {!empty && (
        <footer className={styles['keys']}>
          <span>
            <Kbd keys="Enter" /> {t('report.key-show')}
          </span>
          <span>
            <Kbd keys="C" /> {t('report.key-cite')}
          </span>
          <span>
            <Kbd keys="X" /> {t('report.key-omit')}
          </span>
        </footer>
      )}
    </section>
  );
});

/** Leads to each question's part of the list. */
function QuestionLetters({ feed, onGoToQuestion }: Omit<FeedPaneProps, 'actions'>) {
  const t = useT();
  return (
    <div className={styles['letters']}>
      {feed
        .filter(({ letter }) => letter !== '')
        .map(({ questionId, letter, title }) => (
          <button
            key={letter}
            type="button"
            className={styles['letter']}
            aria-label={t('report.go-to-question', { letter, title })}
            title={title}
            onClick={() => onGoToQuestion(questionId)}
          >
            {letter}
          </button>
        ))}
    </div>
  );
}
