import { describe, expect, it } from 'vitest';
import english from '../../../renderer/messages/en.json' with { type: 'json' };
import { listed, reportWords } from '../../../renderer/session-file/file-words.ts';
import { createTranslate } from '../../../renderer/shared/translate.ts';
import type { ReportInFile } from '../../../src/browser/app/types.ts';

const t = createTranslate(english);
const said = (inFile: ReportInFile): string => listed(reportWords(inFile, t), 'en');

describe('what a session file brings of the report, in words', () => {
  it.each<[string, ReportInFile]>([
    ['texts', { news: 3, changes: ['texts'] }],
    ['what it leaves out', { news: 1, changes: ['omissions'] }],
    ['texts, what it leaves out', { news: 4, changes: ['texts', 'omissions'] }],
    // What nobody sees, like the entry of a laptop, is news too.
    ['1 small change', { news: 1, changes: [] }],
    ['2 small changes', { news: 2, changes: [] }],
  ])('is "%s"', (words, inFile) => {
    expect(said(inFile)).toBe(words);
  });

  it('is nothing where there is no news', () => {
    expect(reportWords({ news: 0, changes: [] }, t)).toEqual([]);
  });
});
