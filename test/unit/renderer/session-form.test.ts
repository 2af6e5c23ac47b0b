import { describe, expect, it } from 'vitest';
import { prefilledIn } from '../../../renderer/create/prefilled.ts';
import { addRow, changeRow, moveRow, removeRow, rowsOf } from '../../../renderer/create/rows.ts';
import {
  badSegment,
  formFaults,
  planInputOf,
  prefilledForm,
  type SessionForm,
  totalMinutes,
} from '../../../renderer/create/session-form.ts';
import english from '../../../renderer/messages/en.json' with { type: 'json' };
import { createTranslate } from '../../../renderer/shared/translate.ts';

const empty = prefilledForm(prefilledIn(createTranslate(english)));
const sound: SessionForm = {
  ...empty,
  title: 'A session',
  questions: rowsOf([{ title: 'Value', text: 'What is it worth?' }]),
};
const groups = (count: number): SessionForm['groups'] =>
  rowsOf(
    Array.from({ length: count }, (_, index) => ({ name: `Group ${index + 1}`, online: false })),
  );

describe('the form of a new session', () => {
  it('starts with the stakeholder groups and regions, and without names', () => {
    const input = planInputOf(empty);
    expect(input.stakeholderGroups).toContain('Civil society');
    expect(input.regions).toHaveLength(5);
    expect(input.attribution).toBe(false);
    expect(formFaults(empty).all).toEqual(['title-missing', 'question-missing']);
  });

  it('is accepted once title and questions are there', () => {
    expect(formFaults(sound).all).toEqual([]);
  });

  it('refuses no groups, takes 40 and refuses 41', () => {
    expect(formFaults({ ...sound, groups: [] }).groups).toBe('no-groups');
    expect(formFaults({ ...sound, groups: groups(40) }).all).toEqual([]);
    expect(formFaults({ ...sound, groups: groups(41) }).groups).toBe('too-many-groups');
  });

  it('finds the row that is wrong', () => {
    const agenda = rowsOf([
      { title: 'Introduction', kind: 'introduction' as const, minutes: '5' },
      { title: 'Plenary', kind: 'plenary' as const, minutes: 'half an hour' },
      { title: '', kind: 'other' as const, minutes: '10' },
      { title: 'None', kind: 'other' as const, minutes: '' },
    ]);
    const faults = formFaults({ ...sound, agenda });
    expect(faults.all).toEqual(['segment-invalid']);
    expect(agenda.map(({ value }) => badSegment(value))).toEqual([false, true, true, true]);
    expect(totalMinutes(agenda)).toBe(15);
  });

  it('leaves empty choices out', () => {
    const regions = rowsOf([' African ', '', '  ']);
    expect(planInputOf({ ...sound, regions }).regions).toEqual(['African']);
  });
});

describe('rows', () => {
  const rows = rowsOf(['a', 'b', 'c']);
  const values = (list: typeof rows): string => list.map(({ value }) => value).join('');

  it('move no further than the ends and keep their keys', () => {
    expect(values(moveRow(rows, 2, -1))).toBe('acb');
    expect(values(moveRow(rows, 0, -1))).toBe('abc');
    expect(values(moveRow(rows, 0, 9))).toBe('bca');
    expect(moveRow(rows, 0, 1).map(({ key }) => key)).toEqual([1, 0, 2]);
    expect(values(moveRow(rows, 7, 1))).toBe('abc');
  });

  it('never give a key again that is in use', () => {
    const next = addRow(removeRow(rows, 1), 'd');
    expect(new Set(next.map(({ key }) => key)).size).toBe(3);
    expect(values(changeRow(next, 2, 'x'))).toBe('axd');
  });
});
