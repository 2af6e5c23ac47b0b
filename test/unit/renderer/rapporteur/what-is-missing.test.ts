import { describe, expect, it } from 'vitest';
import {
  type Missing,
  nextStep,
  placesOf,
  whatIsMissing,
} from '../../../../renderer/rapporteur/what-is-missing.ts';
import type { GroupStatus, Laptop, SessionStatus } from '../../../../src/browser/sync/status.ts';
import type { GroupNotes, Plan, ReportTexts } from '../../../../src/core/session/model.ts';
import {
  group,
  groupId,
  groupNotes,
  groupsById,
  minute,
  note,
  plan,
  proposal,
  question,
  questionId,
  recommendation,
  ref,
} from '../../../fixtures/read-model.ts';

const inContact: GroupStatus = {
  path: 'relay',
  inContact: true,
  lastContactAt: minute(30),
  waiting: 0,
  behind: false,
  laptops: [],
};
const gone: GroupStatus = {
  ...inContact,
  path: 'none',
  inContact: false,
  lastContactAt: minute(12),
};
const laptop = (waiting: number): Laptop => ({
  deviceId: 'group-laptop',
  role: 'facilitator',
  plenary: false,
  writing: false,
  heardAt: minute(12),
  inContact: false,
  waiting,
});
const statusWith = (makers: GroupStatus, users = inContact, plenary = true): SessionStatus => ({
  plenary,
  plan: inContact,
  report: inContact,
  groups: new Map([
    [groupId('makers'), makers],
    [groupId('users'), users],
  ]),
  storage: { state: 'saved' },
});

const written: Plan = plan({
  questions: [question('value', 'Value'), question('sharing', 'Sharing')],
  groups: [group('makers', 1, 'Makers'), group('users', 2, 'Users')],
  proposals: [proposal('p1', 'One register', [ref('makers', 'r1')])],
});
const writtenTexts: ReportTexts = {
  summary: 'Four groups met.',
  advice: 'Proceed.',
  assessments: { [questionId('value')]: 'High.', [questionId('sharing')]: 'Feasible.' },
};
const makers = groupNotes('makers', {
  notes: [note('n1', 'A register')],
  recommendations: [recommendation('r1', 'Keep a register', ['n1'])],
  readyAt: minute(35),
});
const users = groupNotes('users', { notes: [note('n1', 'A desk')], readyAt: minute(36) });

const lacks = (
  change: Partial<Plan> & { readonly texts?: Partial<ReportTexts> } = {},
  groups: readonly GroupNotes[] = [makers, users],
  status = statusWith(inContact),
): readonly Missing[] => {
  const { texts, ...planChange } = change;
  return whatIsMissing({
    plan: { ...written, ...planChange },
    texts: { ...writtenTexts, ...texts },
    groups: groupsById(...groups),
    status,
  });
};
const kinds = (missing: readonly Missing[]) => missing.map(({ kind }) => kind);

describe('what is missing', () => {
  it('is nothing where all is written, merged, ready and here', () => {
    expect(lacks()).toEqual([]);
    expect(nextStep([])).toBeNull();
  });

  it('names each text that is not written, blanks not counting as text', () => {
    const texts = { summary: ' \n', advice: '', assessments: { [questionId('value')]: 'High.' } };
    const missing = lacks({ texts });
    expect(kinds(missing)).toEqual(['assessments', 'summary', 'advice']);
    expect(missing[0]).toEqual({
      kind: 'assessments',
      questions: [{ id: questionId('sharing'), letter: 'b' }],
    });
    expect(placesOf(missing[0] ?? { kind: 'no-notes' })).toEqual([
      { kind: 'text', section: { section: 'assessment', questionId: questionId('sharing') } },
    ]);
  });

  it('leads to the first open text as the next step', () => {
    expect(nextStep(lacks({ texts: { advice: '' } }))).toEqual({
      kind: 'text',
      section: { section: 'advice' },
    });
  });

  it('counts recommendations that are not merged and notes that are unfinished', () => {
    const drafting = groupNotes('users', {
      notes: [note('n1', 'A desk'), note('n2', 'Half', { draft: true })],
      readyAt: minute(36),
    });
    expect(lacks({ proposals: [] }, [makers, drafting])).toEqual([
      { kind: 'unmerged', count: 1 },
      { kind: 'unfinished', count: 1 },
    ]);
  });

  it('has no next step before anybody has written anything', () => {
    const missing = lacks({}, [groupNotes('makers'), groupNotes('users')]);
    expect(kinds(missing)).toEqual(['no-notes', 'not-ready']);
    expect(nextStep(missing)).toBeNull();
  });
});

describe('S3 what is awaited from the groups', () => {
  const groupOf = (missing: readonly Missing[]) =>
    missing.flatMap((one) =>
      'groups' in one ? one.groups.map(({ number }) => [one.kind, number]) : [],
    );

  it('says that a group is at work', () => {
    const atWork = groupNotes('makers', { notes: [note('n1', 'A register')] });
    expect(groupOf(lacks({ proposals: [] }, [atWork, users]))).toEqual([['not-ready', 1]]);
  });

  it('says that a group is out of contact only where it had not said that it is ready', () => {
    const atWork = groupNotes('makers', { notes: [note('n1', 'A register')] });
    expect(groupOf(lacks({ proposals: [] }, [atWork, users], statusWith(gone)))).toEqual([
      ['out-of-contact', 1],
    ]);
    expect(groupOf(lacks({}, [makers, users], statusWith(gone)))).toEqual([]);
  });

  it('says that nothing of a group has arrived', () => {
    expect(groupOf(lacks({ proposals: [] }, [users], statusWith(gone)))).toEqual([['not-here', 1]]);
    expect(
      groupOf(lacks({ proposals: [] }, [groupNotes('makers'), users], statusWith(gone))),
    ).toEqual([['not-here', 1]]);
  });

  it('says that more exists on a laptop that is out of contact, also of a ready group', () => {
    const missing = lacks({}, [makers, users], statusWith({ ...gone, laptops: [laptop(14)] }));
    expect(missing).toEqual([
      {
        kind: 'on-the-way',
        groups: [
          {
            groupId: groupId('makers'),
            number: 1,
            name: 'Makers',
            changes: 14,
            lastContactAt: minute(12),
          },
        ],
      },
    ]);
  });

  it('does not flicker while changes arrive', () => {
    expect(
      lacks({}, [makers, users], statusWith({ ...inContact, behind: true, laptops: [laptop(1)] })),
    ).toEqual([]);
  });

  it('says once that the rapporteur’s laptop is cut off, and leads to a session file', () => {
    const missing = lacks({}, [makers, users], statusWith(gone, gone, false));
    expect(missing).toEqual([{ kind: 'no-contact', lastContactAt: minute(12) }]);
    expect(nextStep(missing)).toEqual({ kind: 'session-file' });
  });
});
