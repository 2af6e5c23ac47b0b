import type { Block } from '../../src/core/report/model.ts';
import type { ReportSection } from '../../src/core/session/report-view.ts';
import type { Piece } from './place-texts.ts';

export interface ContentsEntry {
  readonly anchor: string;
  readonly text: string;
  readonly level: 1 | 2;
  /** The rapporteur's text that stands there; null where the session writes the section itself. */
  readonly section: ReportSection | null;
}

/** Chapters and their parts, in the report's order, each with the text to write there if any. */
export function tableOfContents(pieces: readonly Piece[]): readonly ContentsEntry[] {
  const entries: ContentsEntry[] = [];
  for (const piece of pieces) {
    const last = entries.at(-1);
    if (piece.kind === 'text') {
      if (last !== undefined) entries[entries.length - 1] = { ...last, section: piece.section };
    } else if (isListed(piece.block)) {
      const { anchor, text, level } = piece.block;
      entries.push({ anchor, text, level: level === 1 ? 1 : 2, section: null });
    }
  }
  return entries;
}

const isListed = (block: Block): block is Extract<Block, { kind: 'heading' }> =>
  block.kind === 'heading' && block.level < 3;
