import { describe, expect, it } from 'vitest';
import { writeMarkdown } from '../../../src/core/report/write-markdown.ts';
import { group, groupNotes, groupsById, note, plan } from '../../fixtures/read-model.ts';
import { reportOf } from './report-tools.ts';

/** The lines of a note's text, without the indent of the list that it stands in. */
function noteLines(text: string): string[] {
  const markdown = writeMarkdown(
    reportOf({
      plan: plan({ groups: [group('g', 1)] }),
      groups: groupsById(groupNotes('g', { notes: [note('n', text)] })),
    }),
  );
  const start = markdown.indexOf('\n\n', markdown.indexOf('**N1.1**'));
  const end = markdown.indexOf('\n\n## ', start);
  return markdown
    .slice(start + 2, end)
    .split('\n')
    .map((line) => line.replace(/^ {2}/, ''));
}

describe('what people typed in Markdown', () => {
  it.each([
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['+ item', '\\+ item'],
    ['* item', '\\* item'],
    ['12. item', '12\\. item'],
    ['12) item', '12\\) item'],
    ['> quote', '\\> quote'],
    ['===', '\\==='],
    ['---', '\\---'],
    ['```', '\\`\\`\\`'],
    ['~~~', '\\~\\~\\~'],
    [': definition', '\\: definition'],
    ['| a | b |', '\\| a \\| b \\|'],
    ['[a](b)', '\\[a\\](b)'],
    ['![a](b)', '!\\[a\\](b)'],
    ['<b>bold</b>', '\\<b\\>bold\\</b\\>'],
    ['&lt;', '\\&lt;'],
    ['**a** __b__', '\\*\\*a\\*\\* \\_\\_b\\_\\_'],
    ['$x$', '\\$x\\$'],
    ['a\\', 'a\\\\'],
    ['12:30 and 3.5 and x-y', '12:30 and 3.5 and x-y'],
    ['    four spaces', '\u00A0\u00A0\u00A0\u00A0four spaces'],
    ['مرحبا', 'مرحبا'],
    ['登録簿 👩🏽‍🚀', '登録簿 👩🏽‍🚀'],
    ['a\u0000b\uD800c', 'abc'],
  ])('%j is written %j', (typed, written) => {
    expect(noteLines(typed)).toEqual([written]);
  });

  it('keeps line breaks and parts paragraphs', () => {
    expect(noteLines('one\r\ntwo\u2028three\n\n\nfour')).toEqual([
      'one\\',
      'two\\',
      'three',
      '',
      'four',
    ]);
  });

  it('keeps a note of 100 KB whole', () => {
    const long = 'A long transcript, word by word. '.repeat(3_200);
    expect(noteLines(long)[0] === long.trimEnd()).toBe(true);
  });
});
