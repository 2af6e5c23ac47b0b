import { cleanLines, firstDirection, splitByDirection } from '../clean-text.ts';
import type { Inline, Line } from '../model.ts';
import {
  Bookmark,
  InternalHyperlink,
  Paragraph,
  type ParagraphChild,
  TextRun,
} from './docx-library.js';
import { style } from './docx-styles.ts';

/** Word allows letters, digits and underscores, up to 40 of them. */
export const bookmarkName = (anchor: string): string => anchor.replaceAll('-', '_').slice(0, 40);

/** What is longer than this, in characters, may be parted by the end of a page. */
const MAX_UNBROKEN = 1_200;

export const isShort = (lines: readonly Line[]): boolean =>
  lines.flat().reduce((sum, inline) => sum + ('text' in inline ? inline.text.length : 8), 0) <=
  MAX_UNBROKEN;

export interface LineOptions {
  readonly style: string;
  /** The style of the lines after the first; the same where absent. */
  readonly continued?: string;
  /** Set before the first line, with a tab; does not decide on the direction. */
  readonly label?: Inline;
  readonly strong?: boolean;
  readonly keepNext?: boolean;
}

/**
 * A line of the report as paragraphs, one for each line that people typed, each in the direction
 * of its own text. At least one, since a cell must not be without.
 */
export function lineParagraphs(line: Line, options: LineOptions): readonly Paragraph[] {
  const lines = splitIntoLines(line).filter((inlines, index) => index === 0 || hasText(inlines));
  return lines.map(
    (inlines, index) =>
      new Paragraph({
        style: index === 0 ? options.style : (options.continued ?? options.style),
        ...(directionOf(inlines) === 'rtl' ? { bidirectional: true } : {}),
        ...(options.keepNext === true ? { keepNext: true } : {}),
        children: [
          ...(index === 0 && options.label !== undefined
            ? [...inlineRuns(options.label, {}), new TextRun({ text: '\t' })]
            : []),
          ...inlines.flatMap((inline) =>
            inlineRuns(inline, options.strong === true ? { style: style.strong } : {}),
          ),
        ],
      }),
  );
}

/**
 * Short lines under each other in one paragraph, the first as it is and the others small: a record
 * of 10,000 notes has tens of thousands of them, and each paragraph costs.
 */
export function stackedParagraph(
  [first, ...below]: readonly Inline[],
  options: Pick<LineOptions, 'style' | 'keepNext'>,
): Paragraph {
  const small = (inline: Inline): TextRun[] =>
    textRuns('text' in inline ? cleanLines(inline.text).join(' ') : inline.label, {
      style: style.small,
    });
  return new Paragraph({
    style: options.style,
    ...(options.keepNext === true ? { keepNext: true } : {}),
    children: [
      ...(first === undefined
        ? []
        : splitIntoLines([first])
            .flat()
            .flatMap((inline) => inlineRuns(inline, {}))),
      ...below.flatMap((inline) => [new TextRun({ break: 1 }), ...small(inline)]),
    ],
  });
}

/** Runs of one text, parted where its direction changes. */
export const textRuns = (text: string, format: { readonly style?: string }): TextRun[] =>
  splitByDirection(text.replaceAll('\t', '    ')).map(
    (piece) =>
      new TextRun({ text: piece.text, ...format, ...(piece.rtl ? { rightToLeft: true } : {}) }),
  );

function inlineRuns(inline: Inline, format: { readonly style?: string }): ParagraphChild[] {
  if (inline.kind === 'words' || inline.kind === 'typed') return textRuns(inline.text, format);
  if (inline.kind === 'missing') return textRuns(inline.text, { style: style.missing });
  const name = bookmarkName(inline.anchor);
  return inline.kind === 'target'
    ? [new Bookmark({ id: name, children: textRuns(inline.label, { style: style.target }) })]
    : [
        new InternalHyperlink({
          anchor: name,
          children: textRuns(inline.label, { style: style.reference }),
        }),
      ];
}

function splitIntoLines(line: Line): readonly (readonly Inline[])[] {
  const lines: Inline[][] = [[]];
  for (const inline of line) {
    if (inline.kind === 'target' || inline.kind === 'reference') {
      const label = cleanLines(inline.label).join(' ');
      lines.at(-1)?.push({ ...inline, label });
      continue;
    }
    const [first = '', ...rest] = cleanLines(inline.text);
    lines.at(-1)?.push({ ...inline, text: first });
    for (const text of rest) lines.push([{ ...inline, text }]);
  }
  return lines;
}

const hasText = (inlines: readonly Inline[]): boolean =>
  inlines.some((inline) => !('text' in inline) || inline.text.trim() !== '');

/** Labels are written in Latin letters whatever stands around them, so that they do not decide. */
function directionOf(inlines: readonly Inline[]): 'ltr' | 'rtl' | null {
  for (const inline of inlines) {
    const direction = 'text' in inline ? firstDirection(inline.text) : null;
    if (direction !== null) return direction;
  }
  return null;
}
