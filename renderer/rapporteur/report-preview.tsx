import { memo } from 'react';
import type { Plan, ReportDraft } from '../../src/core/session/model.ts';
import type { ReportDocument } from '../../src/core/session/report-document.ts';
import type { ReportSection } from '../../src/core/session/report-view.ts';
import { BlockView } from './block-view.tsx';
import type { ReportModel } from './build-model.ts';
import { NoteRunsView } from './note-runs-view.tsx';
import { showsAllNotes } from './note-runs.ts';
import type { Piece } from './place-texts.ts';
import styles from './report-preview.module.css';
import type { ReportPlaces } from './use-report-places.ts';
import { WrittenText } from './written-text.tsx';

export interface ReportPreviewProps {
  readonly model: ReportModel;
  readonly document: ReportDocument;
  readonly draft: ReportDraft;
  readonly plan: Plan;
  readonly places: Pick<ReportPlaces, 'unfolded' | 'fold' | 'goToFeed'>;
  readonly onFocusText: (section: ReportSection) => void;
}

/** The report as it will print, with the rapporteur's texts written in place. */
export function ReportPreview(props: ReportPreviewProps) {
  const { model, document, draft, plan, places, onFocusText } = props;
  const { report, pieces, anchors } = model;
  const allShown = showsAllNotes(pieces);
  return (
    <article className={styles['sheet']} lang={report.language} dir={report.direction}>
      <header className={styles['head']}>
        <p className={styles['documentKind']}>{report.documentKind}</p>
        <h2 className={styles['title']} dir="auto">
          {report.title}
        </h2>
        <p className={styles['date']}>{report.dateLine}</p>
      </header>
      {pieces.map((piece) => {
        if (piece.kind === 'block') {
          return (
            <SessionPiece
              key={piece.key}
              piece={piece}
              allShown={allShown}
              unfolded={places.unfolded}
              onFold={places.fold}
            />
          );
        }
        const { section } = piece;
        return (
          <WrittenText
            key={piece.key}
            document={document}
            draft={draft}
            plan={plan}
            section={section}
            anchors={anchors}
            onFocus={onFocusText}
            {...(section.section === 'assessment' && {
              onFeed: () => places.goToFeed(section.questionId),
            })}
          />
        );
      })}
    </article>
  );
}

interface SessionPieceProps {
  readonly piece: Extract<Piece, { readonly kind: 'block' }>;
  readonly allShown: boolean;
  readonly unfolded: ReadonlyMap<string, boolean>;
  readonly onFold: (id: string, open: boolean) => void;
}

/** Kept as it is while the rapporteur types: a long report would make every key slow. */
const SessionPiece = memo(function SessionPiece(props: SessionPieceProps) {
  const { piece, allShown, unfolded, onFold } = props;
  const { block } = piece;
  if (block.kind !== 'notes') return <BlockView block={block} />;
  return <NoteRunsView table={block} allShown={allShown} unfolded={unfolded} onFold={onFold} />;
});
