import type { Report } from '../model.ts';
import type { Border, ParagraphFormat, RunFormat, Styles } from './docx-library.js';

/**
 * How the report looks on paper: a serif body, air instead of boxes, hairlines only where columns
 * need them. The values follow the design of the app's own screens.
 */
const ink = '23201C';
const quietInk = '5C564D';
const accent = '0B5A63';
const attention = '8A3B12';
const hairlineInk = 'CFC8BC';
const paper = 'F6F2EA';

/**
 * Nothing is embedded, so the face must be one that readers have: Office brings Cambria, LibreOffice
 * its metric twin Caladea. The Source Serif of the app's own screens is on few machines, and
 * LibreOffice on Linux sets a name that it does not know in a sans serif, whatever the font table says.
 */
const serif = 'Cambria';

/** A4, in twentieths of a point. */
export const page = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 1_500, right: 1_420, bottom: 1_420, left: 1_420, header: 760, footer: 700 },
} as const;
export const textWidth = page.size.width - page.margin.left - page.margin.right;

export const hairline: Border = { style: 'single', color: hairlineInk, size: 4 };
export const noBorder: Border = { style: 'none' };
export const headFill = paper;

/** Ids of the styles, as the writer names them. */
export const style = {
  title: 'Title',
  headings: { 1: 'Heading1', 2: 'Heading2', 3: 'Heading3' },
  kind: 'ReportKind',
  date: 'ReportDate',
  body: 'ReportBody',
  lead: 'ReportLead',
  label: 'ReportLabel',
  quiet: 'ReportQuiet',
  pending: 'ReportPending',
  entry: 'ReportEntry',
  entryLead: 'ReportEntryLead',
  entryLeadMore: 'ReportEntryLeadMore',
  entryMore: 'ReportEntryMore',
  entryTrail: 'ReportEntryTrail',
  calloutTitle: 'ReportCalloutTitle',
  callout: 'ReportCallout',
  contents: 'ReportContents',
  cell: 'ReportCell',
  cellEnd: 'ReportCellEnd',
  cellQuiet: 'ReportCellQuiet',
  term: 'ReportTerm',
  cellHead: 'ReportCellHead',
  cellHeadEnd: 'ReportCellHeadEnd',
  afterTable: 'ReportAfterTable',
  header: 'ReportHeader',
  footer: 'ReportFooter',
  target: 'ReportTarget',
  reference: 'ReportReference',
  missing: 'ReportMissing',
  strong: 'ReportStrong',
  small: 'ReportSmall',
} as const;

/** In 240ths of the height of a line; where the rule is not named, LibreOffice takes twentieths of a point. */
const lines = (line: number) => ({ line, lineRule: 'auto' }) as const;

const LABEL_WIDTH = 800;

type Rule = readonly [id: string, name: string, paragraph: ParagraphFormat, run?: RunFormat];

const calloutBox: ParagraphFormat = {
  indent: { left: 240, right: 160 },
  border: { left: { style: 'single', color: attention, size: 18, space: 10 } },
  keepLines: true,
};

const paragraphRules: readonly Rule[] = [
  [style.body, 'Report body', {}],
  [style.kind, 'Report kind', { spacing: { after: 60 } }, { color: accent, bold: true, size: 20 }],
  [
    style.date,
    'Report date',
    { spacing: { after: 280 }, border: { bottom: { ...hairline, space: 12 } } },
    { color: quietInk, size: 23 },
  ],
  [
    style.lead,
    'Report lead',
    { spacing: { after: 140 }, keepNext: true },
    { italics: true, color: quietInk },
  ],
  [
    style.label,
    'Report label',
    { spacing: { before: 220, after: 70 }, keepNext: true },
    { bold: true, color: quietInk, size: 19 },
  ],
  [style.quiet, 'Report small print', { spacing: { after: 100 } }, { color: quietInk, size: 19 }],
  [style.pending, 'Report pending', {}, { italics: true, color: attention }],
  [
    style.entry,
    'Report entry',
    {
      indent: { left: LABEL_WIDTH, hanging: LABEL_WIDTH },
      leftTabStop: LABEL_WIDTH,
      spacing: { before: 160, after: 40 },
    },
  ],
  [
    style.entryLead,
    'Report lead entry',
    {
      indent: { left: LABEL_WIDTH, hanging: LABEL_WIDTH },
      leftTabStop: LABEL_WIDTH,
      spacing: { before: 360, after: 60 },
      keepNext: true,
    },
    { bold: true, size: 23 },
  ],
  [
    style.entryLeadMore,
    'Report lead entry, continued',
    { indent: { left: LABEL_WIDTH }, spacing: { after: 60 }, keepNext: true },
    { bold: true, size: 23 },
  ],
  [
    style.entryMore,
    'Report entry, continued',
    { indent: { left: LABEL_WIDTH }, spacing: { after: 40 } },
  ],
  [
    style.entryTrail,
    'Report trail',
    { indent: { left: LABEL_WIDTH }, spacing: { after: 100 } },
    { color: quietInk, size: 19 },
  ],
  [
    style.calloutTitle,
    'Report callout title',
    { ...calloutBox, spacing: { before: 200, after: 0 }, keepNext: true },
    { bold: true, color: attention, size: 20 },
  ],
  [
    style.callout,
    'Report callout',
    { ...calloutBox, spacing: { before: 40, after: 0 } },
    { size: 20 },
  ],
  [style.contents, 'Report contents', { spacing: { after: 10 } }, { size: 20 }],
  [style.cell, 'Report cell', { spacing: { after: 20, ...lines(254) } }, { size: 19 }],
  [
    style.cellEnd,
    'Report figure',
    { spacing: { after: 20, ...lines(254) }, alignment: 'end' },
    { size: 19 },
  ],
  [
    style.cellQuiet,
    'Report cell, small print',
    { spacing: { after: 10, ...lines(247) } },
    { size: 17, color: quietInk },
  ],
  [
    style.term,
    'Report term',
    { spacing: { after: 20, ...lines(254) } },
    { size: 19, color: quietInk },
  ],
  [
    style.cellHead,
    'Report column',
    { spacing: { after: 0, ...lines(247) }, keepNext: true },
    { size: 17, bold: true, color: quietInk },
  ],
  [
    style.cellHeadEnd,
    'Report column of figures',
    { spacing: { after: 0, ...lines(247) }, keepNext: true, alignment: 'end' },
    { size: 17, bold: true, color: quietInk },
  ],
  [style.afterTable, 'Report after table', { spacing: { after: 0, ...lines(200) } }, { size: 12 }],
  [
    style.header,
    'Report header',
    { spacing: { after: 0 }, border: { bottom: { ...hairline, space: 6 } } },
    { size: 17, color: quietInk },
  ],
  [
    style.footer,
    'Report footer',
    { spacing: { after: 0 }, alignment: 'end' },
    { size: 17, color: quietInk },
  ],
];

const characterRules: readonly (readonly [id: string, name: string, run: RunFormat])[] = [
  [style.target, 'Report label of an entry', { bold: true, color: accent }],
  [style.reference, 'Report reference', { color: accent }],
  [style.missing, 'Report missing source', { italics: true, color: attention }],
  [style.strong, 'Report strong', { bold: true }],
  [style.small, 'Report small', { size: 17, color: quietInk }],
];

const heading = (size: number, before: number, after: number, level: number) => ({
  basedOn: 'Normal',
  next: style.body,
  quickFormat: true,
  run: { bold: true, size, color: level === 2 ? accent : ink },
  paragraph: {
    keepNext: true,
    keepLines: true,
    outlineLevel: level - 1,
    spacing: { before, after, ...lines(254) },
  },
});

/** The language for the spelling checker, under the scripts that it is written in. */
function languageOf({ language, direction }: Pick<Report, 'language' | 'direction'>) {
  if (direction === 'rtl') return { bidirectional: language };
  return /^(?:zh|ja|ko)\b/.test(language) ? { eastAsia: language } : { value: language };
}

/** Every style of the report. */
export const docxStyles = (report: Pick<Report, 'language' | 'direction'>): Styles => ({
  default: {
    document: {
      run: {
        font: {
          ascii: serif,
          hAnsi: serif,
          cs: 'Times New Roman',
          eastAsia: 'Noto Serif CJK SC',
        },
        size: 21,
        color: ink,
        language: languageOf(report),
      },
      paragraph: { spacing: { after: 140, ...lines(274) } },
    },
    title: {
      basedOn: 'Normal',
      next: style.date,
      quickFormat: true,
      run: { bold: true, size: 54, color: ink },
      paragraph: { spacing: { before: 0, after: 120, ...lines(250) }, keepLines: true },
    },
    heading1: heading(34, 640, 180, 1),
    heading2: heading(25, 400, 110, 2),
    heading3: heading(22, 280, 80, 3),
  },
  paragraphStyles: paragraphRules.map(([id, name, paragraph, run]) => ({
    id,
    name,
    basedOn: 'Normal',
    paragraph,
    ...(run === undefined ? {} : { run }),
  })),
  characterStyles: characterRules.map(([id, name, run]) => ({ id, name, run })),
});

const font = (name: string, alternative: string): string =>
  `<w:font w:name="${name}"><w:altName w:val="${alternative}"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>`;

/**
 * What to take where a font is not installed; the package itself writes no alternatives. One each:
 * ECMA-376 part 1, 17.8.3.1 allows a list, but Word reads the whole value as one name ([MS-OI29500]
 * 2.1.262).
 */
export const fontTable = {
  path: 'word/fontTable.xml',
  data:
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
    font(serif, 'Georgia') +
    font('Noto Serif CJK SC', 'SimSun') +
    font('Times New Roman', 'Liberation Serif') +
    '</w:fonts>',
} as const;
