import { reference, words } from './blocks.ts';
import { cleanLines, firstDirection } from './clean-text.ts';
import {
  Bookmark,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from './docx/docx-library.js';
import { docxStyles, fontTable, page, style } from './docx/docx-styles.ts';
import { docxFacts, docxNotes, docxTable } from './docx/docx-tables.ts';
import { bookmarkName, isShort, lineParagraphs, textRuns } from './docx/docx-text.ts';
import type { Block, Entry, Heading, Report } from './model.ts';

/**
 * The report as a Word document (Office Open XML): headings, tables with heads that repeat, page
 * numbers, references as links, right-to-left text in its own direction. There is no field that a
 * reader would have to update first. Takes time in proportion to the report: seconds for 10,000
 * notes, so that a screen does better to run it in a worker.
 */
export async function writeDocx(report: Report): Promise<Uint8Array> {
  const title = oneLine(report.title);
  const footer = new Footer({ children: [pageNumbers(report.pageLine)] });
  const document = new Document({
    title,
    subject: oneLine(report.documentKind),
    creator: 'Caucus',
    lastModifiedBy: 'Caucus',
    // Word 2013 and later; without it Word opens the document in compatibility mode.
    compatibility: { version: 15 },
    styles: docxStyles(report),
    sections: [
      {
        properties: { titlePage: true, page },
        headers: {
          default: new Header({
            children: [...lineParagraphs([words(title)], { style: style.header })],
          }),
          // The title stands on the first page itself; a header must not be without a paragraph.
          first: new Header({ children: [new Paragraph({ style: style.footer, children: [] })] }),
        },
        footers: { default: footer, first: footer },
        children: [
          ...lineParagraphs([words(report.documentKind)], { style: style.kind }),
          ...lineParagraphs([words(title)], { style: style.title }),
          ...lineParagraphs([words(report.dateLine)], { style: style.date }),
          ...report.blocks.flatMap((block) => writeBlock(block, report.direction === 'rtl')),
        ],
      },
    ],
  });
  return Packer.pack(document, 'uint8array', false, [fontTable]);
}

const oneLine = (text: string): string => cleanLines(text).join(' ').trim();

function pageNumbers(template: string): Paragraph {
  const parts = template.split(/(\{pages?\})/).map((part) => {
    if (part === '{page}') return PageNumber.CURRENT;
    return part === '{pages}' ? PageNumber.TOTAL_PAGES : part;
  });
  return new Paragraph({ style: style.footer, children: [new TextRun({ children: parts })] });
}

function writeBlock(block: Block, rtl: boolean): readonly (Paragraph | Table)[] {
  if (block.kind === 'heading') return [writeHeading(block)];
  if (block.kind === 'paragraph') return lineParagraphs(block.line, { style: style[block.tone] });
  if (block.kind === 'contents') {
    return [
      ...lineParagraphs([words(block.title)], { style: style.label }),
      ...block.entries.flatMap(({ text, anchor }) =>
        lineParagraphs([reference({ label: text, anchor })], { style: style.contents }),
      ),
    ];
  }
  if (block.kind === 'callout') {
    return [
      ...lineParagraphs([words(block.title)], { style: style.calloutTitle }),
      ...block.lines.flatMap((line) => lineParagraphs(line, { style: style.callout })),
    ];
  }
  if (block.kind === 'facts') return docxFacts(block, rtl);
  if (block.kind === 'entry') return writeEntry(block);
  return block.kind === 'table' ? docxTable(block, rtl) : docxNotes(block, rtl);
}

function writeHeading({ level, anchor, text, newPage }: Heading): Paragraph {
  const title = oneLine(text);
  return new Paragraph({
    style: style.headings[level],
    pageBreakBefore: newPage,
    ...(firstDirection(title) === 'rtl' ? { bidirectional: true } : {}),
    children: [new Bookmark({ id: bookmarkName(anchor), children: textRuns(title, {}) })],
  });
}

/** An entry stays on one page with its trail, unless it is long; a leading one with its table too. */
function writeEntry({ label, weight, text, details, trail }: Entry): readonly Paragraph[] {
  const keepNext = trail.length > 0 && isShort([text, ...details]);
  return [
    ...lineParagraphs(text, {
      style: weight === 'lead' ? style.entryLead : style.entry,
      continued: weight === 'lead' ? style.entryLeadMore : style.entryMore,
      label,
      keepNext,
    }),
    ...details.flatMap((line) => lineParagraphs(line, { style: style.entryMore, keepNext })),
    ...trail.flatMap((line) =>
      lineParagraphs(line, { style: style.entryTrail, keepNext: weight === 'lead' }),
    ),
  ];
}
