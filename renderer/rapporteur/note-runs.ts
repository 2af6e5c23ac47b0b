import type { NoteRow, NoteTable } from '../../src/core/report/model.ts';
import type { Piece } from './place-texts.ts';

/** So many notes are set at a time; a report may have ten thousand, and a page must stay quick. */
export const RUN_LENGTH = 100;
/** A report with no more notes than this shows them all at once. */
const ALL_SHOWN = 200;

/** A stretch of a group's notes that is folded and unfolded as one. */
export interface NoteRun {
  /** Names the run among all runs and tables of the report. */
  readonly id: string;
  readonly rows: readonly NoteRow[];
}

/** Names the table itself, which folds as a whole too. */
export const foldOfTable = ({ rows }: NoteTable): string => `table ${rows[0]?.label.anchor ?? ''}`;
const foldOfRun = (table: NoteTable, start: number): string =>
  `run ${table.rows[start]?.label.anchor ?? ''}`;

export function runsOf(table: NoteTable): readonly NoteRun[] {
  const runs: NoteRun[] = [];
  for (let start = 0; start < table.rows.length; start += RUN_LENGTH) {
    runs.push({
      id: foldOfRun(table, start),
      rows: table.rows.slice(start, start + RUN_LENGTH),
    });
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

/** What has to be unfolded to get to `anchor`, outermost first; nothing where it is no note. */
export function foldsAround(pieces: readonly Piece[], anchor: string): readonly string[] {
  for (const table of tablesOf(pieces)) {
    const index = table.rows.findIndex(({ label }) => label.anchor === anchor);
    if (index >= 0) return [foldOfTable(table), foldOfRun(table, index - (index % RUN_LENGTH))];
  }
  return [];
}
