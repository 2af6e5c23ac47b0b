import type { Block } from '../../src/core/report/model.ts';
import type { Question } from '../../src/core/session/model.ts';
import type { ReportSection } from '../../src/core/session/report-view.ts';

/** What the preview shows, from top to bottom: blocks of the report, and texts to write in. */
export type Piece =
  | { readonly kind: 'block'; readonly key: string; readonly block: Block }
  | { readonly kind: 'text'; readonly key: string; readonly section: ReportSection };

/**
 * Puts the rapporteur's own texts in place of the paragraphs that hold them in the report: the
 * first one below the heading of the summary, the advice, and each question. A question's own
 * wording stands before it as `lead`.
 */
export function placeTexts(
  blocks: readonly Block[],
  questions: readonly Pick<Question, 'id'>[],
): readonly Piece[] {
  let awaited: ReportSection | null = null;
  return blocks.map((block, index): Piece => {
    if (block.kind === 'heading') awaited = sectionBelow(block.anchor, questions);
    else if (awaited !== null && block.kind === 'paragraph' && block.tone !== 'lead') {
      const section = awaited;
      awaited = null;
      return { kind: 'text', key: `text-${index}`, section };
    }
    return { kind: 'block', key: keyOf(block, index), block };
  });
}

function sectionBelow(
  anchor: string,
  questions: readonly Pick<Question, 'id'>[],
): ReportSection | null {
  if (anchor === 'summary' || anchor === 'advice') return { section: anchor };
  const place = /^question-(\d+)$/u.exec(anchor)?.[1];
  const question = place === undefined ? undefined : questions[Number(place) - 1];
  return question === undefined ? null : { section: 'assessment', questionId: question.id };
}

/** What has a place of its own keeps it while blocks come and go before it. */
function keyOf(block: Block, index: number): string {
  if (block.kind === 'heading') return block.anchor;
  if (block.kind === 'entry' && block.label.kind === 'target') return block.label.anchor;
  if (block.kind === 'notes') return `notes-${block.rows[0]?.label.anchor ?? index}`;
  return `${block.kind}-${index}`;
}
