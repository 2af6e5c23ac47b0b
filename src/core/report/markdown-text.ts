import { cleanLines } from './clean-text.ts';
import type { Inline, Line } from './model.ts';

/**
 * Characters that mean something inside a line: CommonMark's own, "|" and "~" of GitHub's tables
 * and strikethrough, "$" of its formulas. A backslash before any ASCII punctuation is that
 * character and nothing else (https://spec.commonmark.org/0.31.2/#backslash-escapes).
 */
const special = /[\\`*_[\]<>&|~$]/g;
/** What opens a block at the start of a line: headings, lists, underlines, definitions. */
const blockStart = /^(\d+(?=[.)])|(?=[#+\-=:]))/;
const NO_BREAK_SPACE = '\u00A0';

const escapeInline = (text: string): string => text.replace(special, '\\$&');

/** Spaces that begin a line would make it code, and some signs a list or a heading. */
function escapeLineStart(line: string): string {
  const text = line.trimStart();
  const indent = line.slice(0, line.length - text.length).replaceAll('\t', '    ');
  return NO_BREAK_SPACE.repeat(indent.length) + text.replace(blockStart, '$1\\');
}

/** What people typed, or words, as lines of Markdown that read as typed. */
function linesOf(inline: Inline): readonly string[] {
  if (inline.kind === 'words' || inline.kind === 'typed') {
    return cleanLines(inline.text).map(escapeInline);
  }
  if (inline.kind === 'missing') return [`**${escapeInline(joined(inline.text))}**`];
  const label = escapeInline(joined(inline.label));
  return inline.kind === 'target'
    ? [`<a id="${inline.anchor}"></a>**${label}**`]
    : [`[${label}](#${inline.anchor})`];
}

const joined = (text: string): string => cleanLines(text).join(' ');

/** The lines of a line of text, one for each that people typed, without blanks at the ends. */
export function markdownLines(line: Line): readonly string[] {
  const lines = [''];
  for (const [first = '', ...rest] of line.map(linesOf)) {
    lines.push((lines.pop() ?? '') + first, ...rest);
  }
  return lines.map((text) => escapeLineStart(text.trimEnd()));
}

/** The same on one line, for cells and lists. */
export const markdownLine = (line: Line): string =>
  markdownLines(line)
    .filter((text) => text !== '')
    .join('<br>');

/** A name or title on one line, whatever stands in it. */
export const markdownTitle = (text: string): string =>
  markdownLines([{ kind: 'words', text }])
    .join(' ')
    .trim();
