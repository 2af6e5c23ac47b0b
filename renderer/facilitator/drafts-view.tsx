import { useRef } from 'react';
import { Button } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { useT } from '../shared/messages.tsx';
import { useGroupParts, useGroupPart, useOutcome, useScreen } from './group-context.tsx';
import { RecommendationCard } from './recommendation-card.tsx';
import { dragState } from './reorder.ts';
import { SourcePicker } from './source-picker.tsx';
import { useDragOrder } from './use-drag-order.ts';
import styles from './drafts-view.module.css';

/** The group's recommendations, and beside them the notes that they come from. */
export function DraftsView() {
  const t = useT();
  const { group, actions, mayWrite } = useGroupParts();
  const accepted = useOutcome();
  const recommendations = useGroupPart((notes) => notes.recommendations);
  const sourcesFor = useScreen((state) => state.sourcesFor);
  const list = useRef<HTMLOListElement>(null);
  const picking = recommendations.find(({ id }) => id === sourcesFor);

  const move = (from: number, to: number): void => {
    const moved = recommendations[from];
    if (moved !== undefined && to >= 0 && to < recommendations.length) {
      accepted(group.moveRecommendation(moved.id, to));
    }
  };
  const order = useDragOrder(list, move);

  return (
    <div className={styles['view']}>
      <section className={styles['list']} aria-label={t('drafts.title')}>
        {recommendations.length === 0 ? (
          <EmptyState
            title={t('drafts.empty-title')}
            example={t('drafts.empty-example')}
            action={
              mayWrite ? (
                <Button variant="primary" onPress={() => actions.recommend([])}>
                  {t('drafts.add')}
                </Button>
              ) : undefined
            }
          >
            <p>{t(mayWrite ? 'drafts.empty' : 'drafts.empty-reader')}</p>
          </EmptyState>
        ) : (
          <>
            <ol ref={list}>
              {recommendations.map((recommendation, index) => (
                <RecommendationCard
                  key={recommendation.id}
                  recommendation={recommendation}
                  number={index + 1}
                  count={recommendations.length}
                  drag={dragState(order.drag, index, recommendations.length)}
                  handle={order.handle(index)}
                  onMove={(by) => move(index, index + by)}
                />
              ))}
            </ol>
            {mayWrite && (
              <div className={styles['add']}>
                <Button icon="plus" size="small" onPress={() => actions.recommend([])}>
                  {t('drafts.add')}
                </Button>
              </div>
            )}
          </>
        )}
      </section>
      {picking !== undefined && mayWrite && <SourcePicker recommendation={picking} />}
    </div>
  );
}
