import type { Facts, Inline, NoteRow, NoteTable, Table as ReportTable } from '../model.ts';
import { typed, words } from '../blocks.ts';
import { Paragraph, Table, TableCell, TableRow } from './docx-library.js';
import { hairline, headFill, noBorder, style, textWidth } from './docx-styles.ts';
import { isShort, lineParagraphs, stackedParagraph } from './docx-text.ts';

/** A table of up to so many rows is kept on one page. */
const MAX_UNBROKEN_ROWS = 10;
/**
 * LibreOffice lays out one table of 10,000 rows far more slowly than many short ones, so that a
 * long record goes on in a new table.
 */
const MAX_ROWS = 200;
const cellMargins = { top: 60, bottom: 50, left: 0, right: 160 };

interface Cell {
  readonly paragraphs: readonly Paragraph[];
}
interface Row {
  readonly cells: readonly Cell[];
  readonly unbroken: boolean;
}

/** A table whose head is repeated on every page, and a little air after it. */
function setTable(
  head: readonly Cell[],
  weights: readonly number[],
  rows: readonly Row[],
  rtl: boolean,
): readonly (Table | Paragraph)[] {
  const widths = columnWidths(weights);
  const cells = (row: readonly Cell[], fill: string | null): TableCell[] =>
    row.map(
      ({ paragraphs }, index) =>
        new TableCell({
          width: { size: widths[index] ?? 0, type: 'dxa' },
          ...(fill === null ? {} : { shading: { type: 'clear', fill } }),
          children: paragraphs,
        }),
    );
  const table = new Table({
    width: { size: textWidth, type: 'dxa' },
    columnWidths: widths,
    layout: 'fixed',
    margins: cellMargins,
    ...(rtl ? { visuallyRightToLeft: true } : {}),
    borders: {
      top: hairline,
      bottom: hairline,
      left: noBorder,
      right: noBorder,
      insideHorizontal: hairline,
      insideVertical: noBorder,
    },
    rows: [
      ...(head.length === 0
        ? []
        : [new TableRow({ tableHeader: true, cantSplit: true, children: cells(head, headFill) })]),
      ...rows.map(
        (row) => new TableRow({ cantSplit: row.unbroken, children: cells(row.cells, null) }),
      ),
    ],
  });
  return [table, new Paragraph({ style: style.afterTable, children: [] })];
}

/** The whole width of the text, shared out by weight. */
function columnWidths(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => Math.floor((textWidth * weight) / sum));
}

const headCell = (title: string, end: boolean): Cell => ({
  paragraphs: lineParagraphs([words(title)], {
    style: end ? style.cellHeadEnd : style.cellHead,
  }),
});

const partsOf = (rows: readonly NoteRow[]): readonly (readonly NoteRow[])[] =>
  Array.from({ length: Math.ceil(rows.length / MAX_ROWS) }, (_, part) =>
    rows.slice(part * MAX_ROWS, (part + 1) * MAX_ROWS),
  );

/** A small table stays in one piece, and no table leaves its last row alone on a page. */
const staysWithNext = (row: number, rows: number): boolean =>
  row < rows - 1 && (rows <= MAX_UNBROKEN_ROWS || row === rows - 2);

export function docxTable(
  { caption, columns, rows }: ReportTable,
  rtl: boolean,
): readonly (Table | Paragraph)[] {
  const table = setTable(
    columns.map(({ title, align }) => headCell(title, align === 'end')),
    columns.map(({ width }) => width),
    rows.map(({ cells, total }, row) => ({
      unbroken: isShort(cells.flat()),
      cells: cells.map((lines, index) => ({
        paragraphs: (lines.length === 0 ? [[]] : lines).flatMap((line) =>
          lineParagraphs(line, {
            style: columns[index]?.align === 'end' ? style.cellEnd : style.cell,
            strong: total,
            keepNext: staysWithNext(row, rows.length),
          }),
        ),
      })),
    })),
    rtl,
  );
  if (caption === '') return table;
  return [...lineParagraphs([words(caption)], { style: style.label }), ...table];
}

export function docxNotes(
  { columns, rows }: NoteTable,
  rtl: boolean,
): readonly (Table | Paragraph)[] {
  const head = [columns.note, columns.about, columns.text, columns.from];
  return partsOf(rows).flatMap((part) =>
    setTable(
      head.map((title) => headCell(title, false)),
      [2.1, 2.8, 8.4, 3.5],
      part.map((row, index) => noteRow(row, staysWithNext(index, part.length))),
      rtl,
    ),
  );
}

function noteRow({ label, time, about, text, from, usedIn }: NoteRow, keepNext: boolean): Row {
  const said = text.some(({ kind }) => kind === 'typed');
  const stacked = (inlines: readonly Inline[], paragraphStyle: string): Cell => ({
    paragraphs: [stackedParagraph(inlines, { style: paragraphStyle, keepNext })],
  });
  return {
    unbroken: isShort([text]),
    cells: [
      stacked([label, words(time)], style.cell),
      stacked(about.map(typed), style.cell),
      {
        paragraphs: [
          ...lineParagraphs(text, { style: said ? style.cell : style.cellQuiet, keepNext }),
          ...(usedIn.length === 0
            ? []
            : lineParagraphs(usedIn, { style: style.cellQuiet, keepNext })),
        ],
      },
      stacked(from.map(typed), style.cellQuiet),
    ],
  };
}

export const docxFacts = ({ rows }: Facts, rtl: boolean): readonly (Table | Paragraph)[] =>
  setTable(
    [],
    [3.4, 13.4],
    rows.map(({ term, line }) => ({
      unbroken: true,
      cells: [
        { paragraphs: lineParagraphs([words(term)], { style: style.term }) },
        { paragraphs: lineParagraphs(line, { style: style.cell }) },
      ],
    })),
    rtl,
  );
