import { memo, useMemo } from 'react';
import type { GroupDocument } from '../../../src/core/session/group-document.ts';
import type { Group, Question, Recommendation } from '../../../src/core/session/model.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import { classes } from '../../shared/classes.ts';
import { useT } from '../../shared/messages.tsx';
import { useViewPart } from '../../shared/use-view.ts';
import { useCards } from '../group-documents.ts';
import { type BoardRow, byRow } from './board-rows.ts';
import { ColumnHead } from './column-head.tsx';
import { NotesFold } from './notes-fold.tsx';
import { RecommendationCard } from './recommendation-card.tsx';
import styles from './board.module.css';

export interface GroupColumnProps {
  readonly group: Group;
  /** Null where this laptop may not open the group's notes. */
  readonly document: GroupDocument | null;
  readonly column: number;
  readonly rows: readonly BoardRow[];
  readonly questions: readonly Question[];
  /** In which proposals each recommendation is, by its key. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  /** Leaves out what is in a proposal already. */
  readonly onlyUnmerged: boolean;
}

/** One group: how it stands, and row by row what it recommends. Draws when its group changes. */
export const GroupColumn = memo(function GroupColumn(props: GroupColumnProps) {
  const { group, document, column } = props;
  const t = useT();
  return (
    <section
      className={styles['column']}
      style={{ gridColumn: column + 1 }}
      aria-label={group.name}
    >
      <ColumnHead group={group} document={document} />
      {document === null ? (
        <p className={classes(styles['cell'], styles['closed'])}>{t('plenary.no-access')}</p>
      ) : (
        <Cells {...props} document={document} />
      )}
    </section>
  );
});

function Cells(props: GroupColumnProps & { readonly document: GroupDocument }) {
  const { group, document, column, rows, questions, numbers, onlyUnmerged } = props;
  const t = useT();
  const recommendations = useCards(document);
  const notes = useViewPart(document.view, (all) => all.notes);
  const recommended = useMemo(
    () => byRow(recommendations, questions),
    [recommendations, questions],
  );
  const noted = useMemo(() => byRow(notes, questions), [notes, questions]);

  return rows.map((row, index) => {
    const id = row?.id ?? null;
    const title = row?.title ?? t('plenary.no-question');
    const keyOf = (recommendation: Recommendation): string =>
      recommendationKey({ groupId: group.id, recommendationId: recommendation.id });
    const cards = (recommended.get(id) ?? []).filter(
      (recommendation) => !onlyUnmerged || !numbers.has(keyOf(recommendation)),
    );
    const rowNotes = noted.get(id) ?? [];
    return (
      <div key={id} className={styles['cell']} style={{ gridRow: index * 2 + 3 }}>
        {cards.length > 0 && (
          <ul
            className={styles['cards']}
            aria-label={t('plenary.recommendations-of', { group: group.name, question: title })}
          >
            {cards.map((recommendation) => {
              const key = keyOf(recommendation);
              return (
                <RecommendationCard
                  key={key}
                  cardKey={key}
                  recommendation={recommendation}
                  document={document}
                  column={column}
                  inProposals={(numbers.get(key) ?? []).join(', ')}
                />
              );
            })}
          </ul>
        )}
        {rowNotes.length > 0 ? (
          <NotesFold notes={rowNotes} group={group.name} question={title} />
        ) : (
          cards.length === 0 && (
            <p className={styles['nothing']} aria-hidden="true">
              —
            </p>
          )
        )}
      </div>
    );
  });
}
