import type { NoteRow, NoteTable } from '../../src/core/report/model.ts';
import type { Piece } from './place-texts.ts';

/** So many notes are set at a time; a report may have ten thousand, and a page must stay quick. */
export const RUN_LENGTH = 100;
/** A report with no more notes than this shows them all at once. */
const ALL_SHOWN = 200;

export interface NoteRun {
  /** The first note's anchor: it names the run. */
  readonly id: string;
  readonly rows: readonly NoteRow[];
}

export function runsOf(table: NoteTable): readonly NoteRun[] {
  const runs: NoteRun[] = [];
  for (let start = 0; start < table.rows.length; start += RUN_LENGTH) {
    const rows = table.rows.slice(start, start + RUN_LENGTH);
    const first = rows[0];
    if (first !== undefined) runs.push({ id: first.label.anchor, rows });
  }
  return runs;
}

const tablesOf = (pieces: readonly Piece[]): readonly NoteTable[] =>
  pieces.flatMap((piece) =>
    piece.kind === 'block' && piece.block.kind === 'notes' ? [piece.block] : [],
  );

/** Whether so few notes are in the report that none of them needs to be folded away. */
export const showsAllNotes = (pieces: readonly Piece[]): boolean =>
  tablesOf(pieces).reduce((sum, { rows }) => sum + rows.length, 0) <= ALL_SHOWN;

/** The run that has to be unfolded to get to `anchor`; null where it is no note. */
export function runWith(pieces: readonly Piece[], anchor: string): string | null {
  for (const table of tablesOf(pieces)) {
    const index = table.rows.findIndex(({ label }) => label.anchor === anchor);
    if (index < 0) continue;
    return table.rows[index - (index % RUN_LENGTH)]?.label.anchor ?? null;
  }
  return null;
}
