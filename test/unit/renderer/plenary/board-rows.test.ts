import { describe, expect, it } from 'vitest';
import {
  boardRows,
  byRow,
  countByQuestion,
  createNumbering,
  hasAnything,
  hasLoose,
  proposalNumbers,
} from '../../../../renderer/plenary/board/board-rows.ts';
import {
  group,
  groupNotes,
  groupsById,
  note,
  plan,
  proposal,
  question,
  questionId,
  recommendation,
  ref,
} from '../../../fixtures/read-model.ts';

const questions = [question('value', 'Value'), question('elements', 'Elements')];
const on = (id: string) => ({ questionId: questionId(id) });

describe('the rows of the board', () => {
  it('are all questions, or the one chosen', () => {
    expect(boardRows(questions, 'all', false)).toBe(questions);
    expect(boardRows(questions, questionId('elements'), true)).toEqual([questions[1]]);
  });

  it('get one more where something belongs to no question, or to one that is gone', () => {
    const settled = groupsById(
      groupNotes('1', { recommendations: [recommendation('r', 'Register', [], on('value'))] }),
    );
    const loose = groupsById(groupNotes('1', { notes: [note('n', 'Loose')] }));
    const orphan = groupsById(
      groupNotes('1', { recommendations: [recommendation('r', 'Orphan', [], on('deleted'))] }),
    );
    expect(hasLoose(questions, settled)).toBe(false);
    expect(hasLoose(questions, loose)).toBe(true);
    expect(hasLoose(questions, orphan)).toBe(true);
    expect(boardRows(questions, 'all', true)).toEqual([...questions, null]);
  });

  it('are all questions where the chosen one is gone', () => {
    expect(boardRows(questions, questionId('deleted'), false)).toBe(questions);
  });

  it('hold every recommendation exactly once', () => {
    const items = [
      recommendation('1', '', [], on('value')),
      recommendation('2', '', [], on('deleted')),
      recommendation('3', ''),
    ];
    const rows = byRow(items, questions);
    expect([...rows.keys()]).toEqual(['value', 'elements', null]);
    expect([...rows.values()].flat()).toEqual(items);
    expect(rows.get(null)).toHaveLength(2);
  });

  it('know whether anything has been said at all', () => {
    expect(hasAnything(groupsById(groupNotes('1'), groupNotes('2')))).toBe(false);
    expect(hasAnything(groupsById(groupNotes('1', { notes: [note('n', 'A')] })))).toBe(true);
  });
});

describe('counts', () => {
  it('are of recommendations of groups that are there', () => {
    const counts = countByQuestion(
      plan({ groups: [group('1', 1), group('2', 2)] }),
      groupsById(
        groupNotes('1', { recommendations: [recommendation('a', '', [], on('value'))] }),
        groupNotes('2', { recommendations: [recommendation('b', '', [], on('value'))] }),
        groupNotes('3', { recommendations: [recommendation('c', '', [], on('value'))] }),
      ),
    );
    expect(counts.get(questionId('value'))).toBe(2);
    expect(counts.get('all')).toBe(2);
  });

  it('number proposals as people see them, for each of their sources', () => {
    const numbers = proposalNumbers([
      proposal('p', '', [ref('1', 'a')]),
      proposal('q', '', [ref('1', 'a'), ref('2', 'b')]),
    ]);
    expect(numbers.get('1/a')).toEqual([1, 2]);
    expect(numbers.get('2/b')).toEqual([2]);
    expect(numbers.get('2/c')).toBeUndefined();
  });

  it('are the same object while only a proposal’s text changes', () => {
    const number = createNumbering();
    const before = number([proposal('p', 'A', [ref('1', 'a')])]);
    expect(number([proposal('p', 'A register', [ref('1', 'a')])])).toBe(before);
    expect(number([proposal('p', 'A', [ref('1', 'a'), ref('2', 'b')])]).get('2/b')).toEqual([1]);
    expect(number([])).toEqual(new Map());
  });
});
