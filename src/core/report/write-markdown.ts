import { markdownLine, markdownLines, markdownTitle } from './markdown-text.ts';
import type { Block, Contents, Entry, Line, NoteTable, Paragraph, Report, Table } from './model.ts';

/**
 * The report as CommonMark with GitHub's tables. Labels are HTML anchors, since Markdown has none
 * of its own; whatever people typed is escaped, so that it can neither break the structure nor
 * bring in markup. Ends in one line break.
 */
export function writeMarkdown(report: Report): string {
  const head = [
    `# ${markdownTitle(report.title)}`,
    `${bold(report.documentKind)} · ${markdownTitle(report.dateLine)}`,
  ];
  return `${[...head, ...report.blocks.map(writeBlock)].join('\n\n')}\n`;
}

const bold = (text: string): string => `**${markdownTitle(text)}**`;

function writeBlock(block: Block): string {
  if (block.kind === 'heading') {
    return `${'#'.repeat(block.level + 1)} <a id="${block.anchor}"></a>${markdownTitle(block.text)}`;
  }
  if (block.kind === 'paragraph')
    return paragraphsOf(block.line).map(tones[block.tone]).join('\n\n');
  if (block.kind === 'contents') return writeContents(block);
  if (block.kind === 'callout') {
    return quoted([bold(block.title), listOf(block.lines.map(markdownLine))].join('\n\n'));
  }
  if (block.kind === 'facts') {
    return listOf(block.rows.map(({ term, line }) => `${bold(`${term}:`)} ${markdownLine(line)}`));
  }
  if (block.kind === 'entry') return writeEntry(block);
  return block.kind === 'table' ? writeTable(block) : writeNotes(block);
}

const tones: Readonly<Record<Paragraph['tone'], (text: string) => string>> = {
  body: (text) => text,
  quiet: (text) => text,
  label: (text) => `**${text.trim()}**`,
  lead: (text) => `*${text.trim()}*`,
  pending: (text) => `*${text.trim()}*`,
};

/** Lines that follow each other become one paragraph with hard breaks; an empty line ends it. */
function paragraphsOf(line: Line): readonly string[] {
  const paragraphs: string[][] = [[]];
  for (const text of markdownLines(line)) {
    if (text.trim() === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(text);
  }
  return paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join('\\\n'));
}

function writeEntry({ label, text, details, trail }: Entry): string {
  const [first = '', ...rest] = paragraphsOf(text);
  return listItem([
    `${markdownLine([label])} ${first}`,
    ...rest,
    ...details.flatMap(paragraphsOf),
    ...trail.map((line) => `*${markdownLine(line)}*`),
  ]);
}

function writeTable({ caption, columns, rows }: Table): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cell = (lines: readonly Line[]): string => lines.map(markdownLine).join('<br>');
  const table = [
    row(columns.map(({ title }) => markdownTitle(title))),
    row(columns.map(({ align }) => (align === 'end' ? '---:' : '---'))),
    ...rows.map(({ cells, total }) =>
      row(cells.map((lines) => (total ? `**${cell(lines)}**` : cell(lines)))),
    ),
  ].join('\n');
  return caption === '' ? table : `${bold(caption)}\n\n${table}`;
}

/** A table of long texts is hard to read as plain text, so that notes are a list here. */
const writeNotes = ({ rows }: NoteTable): string =>
  rows
    .map(({ label, time, about, text, from, usedIn }) => {
      const facts = [time, ...about, ...from].map(markdownTitle);
      const used = usedIn.length > 0 ? [markdownLine(usedIn)] : [];
      const head = [markdownLine([label]), ...facts, ...used].join(' · ');
      const said = text.some(({ kind }) => kind === 'typed');
      return listItem([head, ...paragraphsOf(text).map(said ? tones.body : tones.pending)]);
    })
    .join('\n\n');

/** Paragraphs as one item of a list. */
const listItem = (paragraphs: readonly string[]): string =>
  `- ${paragraphs
    .join('\n\n')
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : `  ${line}`))
    .join('\n')}`;

const listOf = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const writeContents = ({ title, entries }: Contents): string =>
  [
    bold(title),
    listOf(entries.map(({ text, anchor }) => `[${markdownTitle(text)}](#${anchor})`)),
  ].join('\n\n');

const quoted = (markdown: string): string =>
  markdown
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
