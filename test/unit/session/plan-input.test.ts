import { describe, expect, it } from 'vitest';
import type { SegmentKind } from '../../../src/core/session/model.ts';
import {
  checkPlanInput,
  MAX_GROUPS,
  MAX_MINUTES,
  MAX_QUESTIONS,
  MAX_SEGMENTS,
  type PlanFault,
  type PlanInput,
} from '../../../src/core/session/plan-input.ts';
import { MAX_TITLE_LENGTH } from '../../../src/core/session/schema.ts';
import { planInput } from './laptops.ts';

const long = 'x'.repeat(MAX_TITLE_LENGTH + 1);
const segment = { title: 'Groups', kind: 'breakout', minutes: 30 } as const;
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);
const groups = (count: number): PlanInput['groups'] =>
  times(count, { name: 'A group', online: false });

const wrong: readonly [string, Partial<PlanInput>, PlanFault][] = [
  ['no title', { title: '' }, 'title-missing'],
  ['a blank title', { title: ' \n\t' }, 'title-missing'],
  ['a title that is too long', { title: long }, 'title-too-long'],
  ['0 groups', { groups: [] }, 'no-groups'],
  ['41 groups', { groups: groups(41) }, 'too-many-groups'],
  ['a group without a name', { groups: [{ name: ' ', online: true }] }, 'group-name-missing'],
  ['a group with a long name', { groups: [{ name: long, online: true }] }, 'group-name-missing'],
  ['no questions', { questions: [] }, 'no-questions'],
  [
    '27 questions',
    { questions: times(MAX_QUESTIONS + 1, { title: 'Q', text: '' }) },
    'too-many-questions',
  ],
  ['a blank question', { questions: [{ title: ' ', text: 'x' }] }, 'question-missing'],
  ['a question with a long title', { questions: [{ title: long, text: '' }] }, 'question-missing'],
  ['41 segments', { agenda: times(MAX_SEGMENTS + 1, segment) }, 'too-many-segments'],
  ['a segment without a title', { agenda: [{ ...segment, title: '' }] }, 'segment-invalid'],
  ['a segment with a long title', { agenda: [{ ...segment, title: long }] }, 'segment-invalid'],
  [
    'a segment of an unknown kind',
    { agenda: [{ ...segment, kind: 'lunch' as SegmentKind }] },
    'segment-invalid',
  ],
  ['a segment of no minutes', { agenda: [{ ...segment, minutes: 0 }] }, 'segment-invalid'],
  ['a segment of NaN minutes', { agenda: [{ ...segment, minutes: NaN }] }, 'segment-invalid'],
  [
    'a segment of endless minutes',
    { agenda: [{ ...segment, minutes: Infinity }] },
    'segment-invalid',
  ],
  [
    'a segment longer than a day',
    { agenda: [{ ...segment, minutes: MAX_MINUTES + 1 }] },
    'segment-invalid',
  ],
];

describe('checkPlanInput', () => {
  it.each(wrong)('%s', (_what, part, fault) => {
    expect(checkPlanInput({ ...planInput, ...part })).toEqual([fault]);
  });

  it.each<[string, Partial<PlanInput>]>([
    ['1 group', { groups: groups(1) }],
    ['40 groups', { groups: groups(MAX_GROUPS) }],
    ['26 questions', { questions: times(MAX_QUESTIONS, { title: 'Q', text: '' }) }],
    ['40 segments', { agenda: times(MAX_SEGMENTS, segment) }],
    ['no agenda', { agenda: [] }],
    ['no stakeholder groups and no regions', { stakeholderGroups: [], regions: [] }],
    ['the longest title', { title: 'x'.repeat(MAX_TITLE_LENGTH) }],
    [
      'one minute and a whole day',
      {
        agenda: [
          { ...segment, minutes: 1 },
          { ...segment, minutes: MAX_MINUTES },
        ],
      },
    ],
    ['a title in Arabic', { title: 'الأمن منذ التصميم' }],
  ])('takes %s', (_what, part) => {
    expect(checkPlanInput({ ...planInput, ...part })).toEqual([]);
  });

  it('names every fault once, in the order of the form', () => {
    const faults = checkPlanInput({
      ...planInput,
      title: '',
      questions: times(MAX_QUESTIONS + 1, { title: '', text: '' }),
      groups: times(MAX_GROUPS + 1, { name: '', online: false }),
      agenda: times(MAX_SEGMENTS + 1, { ...segment, minutes: 0 }),
    });
    expect(faults).toEqual([
      'title-missing',
      'too-many-questions',
      'question-missing',
      'too-many-groups',
      'group-name-missing',
      'too-many-segments',
      'segment-invalid',
    ]);
  });

  it('has a case here for every fault there is', () => {
    const all: Record<PlanFault, true> = {
      'title-missing': true,
      'title-too-long': true,
      'no-groups': true,
      'too-many-groups': true,
      'group-name-missing': true,
      'no-questions': true,
      'too-many-questions': true,
      'question-missing': true,
      'too-many-segments': true,
      'segment-invalid': true,
    };
    expect(new Set(wrong.map(([, , fault]) => fault))).toEqual(new Set(Object.keys(all)));
  });
});
