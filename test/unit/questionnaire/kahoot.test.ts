import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { exportKahoot, type QuizQuestion } from '../../../src/core/questionnaire/kahoot.ts';

const question = (more: Partial<QuizQuestion> = {}): QuizQuestion => ({
  id: 'q1',
  question: 'Which share of those who answered wants a public register?',
  options: ['12%', '38%', '62%', '91%'].map((text, index) => ({ id: `o${index + 1}`, text })),
  right: 'o3',
  seconds: 30,
  ...more,
});

/** The cells of the written sheet, row by row, by their addresses. */
function cellsOf(questions: readonly QuizQuestion[]): Readonly<Record<string, string>> {
  const written = exportKahoot(questions);
  if (!written.ok) throw new Error(JSON.stringify(written.unfit));
  const parts = unzipSync(written.bytes);
  const xml = (path: string): string => strFromU8(parts[path] ?? new Uint8Array());
  const unescape = (text = ''): string =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const texts = [...xml('xl/sharedStrings.xml').matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g)].map(
    ([, text]) => unescape(text),
  );
  return Object.fromEntries(
    [...xml('xl/worksheets/sheet1.xml').matchAll(/<c r="(\w+)"( t="s")?><v>(\d+)<\/v><\/c>/g)].map(
      ([, at = '', shared, value = '']) => [at, shared ? (texts[Number(value)] ?? '') : value],
    ),
  );
}

const problemsOf = (more: Partial<QuizQuestion>) => {
  const written = exportKahoot([question(), question({ id: 'q2', ...more })]);
  return written.ok ? [] : written.unfit;
};

describe('questions for Kahoot', () => {
  it('stand under the head row of its template, in its own words, in row 8', () => {
    const cells = cellsOf([question()]);
    expect('ABCDEFGH'.split('').map((column) => cells[`${column}8`])).toEqual([
      undefined,
      'Question - max 120 characters',
      'Answer 1 - max 75 characters',
      'Answer 2 - max 75 characters',
      'Answer 3 - max 75 characters',
      'Answer 4 - max 75 characters',
      'Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs',
      'Correct answer(s) - choose at least one',
    ]);
    expect('ABCDEFGH'.split('').map((column) => cells[`${column}9`])).toEqual([
      '1',
      'Which share of those who answered wants a public register?',
      '12%',
      '38%',
      '62%',
      '91%',
      '30',
      '3',
    ]);
  });

  it('have empty cells for answers that there are none of, and 20 s where no time is set', () => {
    const options = [
      { id: 'a', text: 'Yes' },
      { id: 'b', text: 'No' },
    ];
    const cells = cellsOf([question(), question({ options, right: 'b', seconds: null })]);
    expect('ABCDEFGH'.split('').map((column) => cells[`${column}10`])).toEqual([
      '2',
      expect.any(String),
      'Yes',
      'No',
      undefined,
      undefined,
      '20',
      '2',
    ]);
  });

  it('are texts whatever they look like, on one line, without what cannot be seen', () => {
    const options = [
      { id: 'o1', text: '=1+1' },
      { id: 'o2', text: '<b>&amp;</b> ]]>' },
      { id: 'o3', text: 'A\u202e register\u0000\nof makers' },
    ];
    const cells = cellsOf([question({ options })]);
    expect([cells['C9'], cells['D9'], cells['E9']]).toEqual([
      '=1+1',
      '<b>&amp;</b> ]]>',
      'A register of makers',
    ]);
  });

  it('are the same bytes each time', () => {
    expect(exportKahoot([question()])).toEqual(exportKahoot([question()]));
  });

  it('may be as long as Kahoot takes, and no longer', () => {
    const options = [
      { id: 'o1', text: 'a'.repeat(75) },
      { id: 'o3', text: 'b'.repeat(75) },
    ];
    expect(exportKahoot([question({ question: 'q'.repeat(120), options })]).ok).toBe(true);
    expect(problemsOf({ question: 'q'.repeat(121) })).toEqual([
      { id: 'q2', problems: [{ what: 'question-too-long', characters: 121, most: 120 }] },
    ]);
    expect(problemsOf({ options: [...options, { id: 'o2', text: '🚀'.repeat(38) }] })).toEqual([
      { id: 'q2', problems: [{ what: 'answer-too-long', answer: 3, characters: 76, most: 75 }] },
    ]);
  });

  it.each([
    [{ question: ' \n ' }, { what: 'question-empty' }],
    [{ options: [{ id: 'o3', text: 'Yes' }] }, { what: 'answers', count: 1, least: 2, most: 4 }],
    [
      { options: [1, 2, 3, 4, 5].map((n) => ({ id: `o${n}`, text: `No. ${n}` })) },
      { what: 'answers', count: 5, least: 2, most: 4 },
    ],
    [
      {
        options: [
          { id: 'o1', text: '' },
          { id: 'o3', text: 'Yes' },
        ],
      },
      { what: 'answer-empty', answer: 1 },
    ],
    [{ right: null }, { what: 'no-right-answer' }],
    [{ right: 'o9' }, { what: 'no-right-answer' }],
    [{ seconds: 45 }, { what: 'time', seconds: 45, allowed: [5, 10, 20, 30, 60, 90, 120, 240] }],
  ] as const)('that do not fit are listed and nothing is written: %j', (more, problem) => {
    expect(problemsOf(more)).toEqual([{ id: 'q2', problems: [problem] }]);
  });

  it('are none where there is none', () => {
    expect(exportKahoot([])).toEqual({ ok: false, unfit: [] });
  });
});
