import { describe, expect, it } from 'vitest';
import english from '../../../renderer/messages/en.json' with { type: 'json' };
import { summariseStatus } from '../../../renderer/session/status-summary.ts';
import { createTranslate } from '../../../renderer/shared/translate.ts';
import type { GroupStatus, SessionStatus } from '../../../src/browser/sync/status.ts';
import type { GroupId } from '../../../src/core/session/ids.ts';

const t = createTranslate(english);
const g1 = 'g1' as GroupId;
const g2 = 'g2' as GroupId;
const never: GroupStatus = {
  path: 'none',
  inContact: false,
  lastContactAt: null,
  waiting: 0,
  behind: false,
  laptops: [],
};
const there: GroupStatus = { ...never, path: 'relay', inContact: true, lastContactAt: 5 };
const lost: GroupStatus = { ...never, lastContactAt: 5 };

function said(change: Partial<SessionStatus>, groupId: GroupId | null = g1): string {
  const status: SessionStatus = {
    plenary: false,
    plan: there,
    report: null,
    groups: new Map([[g1, there]]),
    storage: { state: 'saved' },
    ...change,
  };
  const { key, values, tone } = summariseStatus(status, groupId, () => '11:42');
  return `${tone}: ${t(key, values)}`;
}
const group = (status: GroupStatus): Partial<SessionStatus> => ({
  groups: new Map([[g1, status]]),
});

describe('the status in words (S3)', () => {
  it.each<[GroupStatus, string]>([
    [there, 'good: All notes are at the plenary laptop'],
    [{ ...there, waiting: 1 }, 'wait: 1 change is on the way to the plenary laptop'],
    [{ ...lost, waiting: 14 }, 'wait: 14 changes wait on this laptop, last contact 11:42'],
    [lost, 'quiet: All notes are at the plenary laptop, last contact 11:42'],
    [{ ...never, waiting: 3 }, 'wait: 3 changes wait on this laptop, never in contact yet'],
    [never, 'quiet: Saved on this laptop'],
  ])('says of one group: %#', (status, words) => {
    expect(said(group(status))).toBe(words);
  });

  it('says first that nothing is saved (S1)', () => {
    expect(said({ storage: { state: 'failed', reason: 'no-space' } })).toBe(
      'bad: Not saved on this laptop',
    );
  });

  it('does not speak of a group that the screen is not about', () => {
    const groups = new Map([
      [g1, there],
      [g2, { ...lost, waiting: 9 }],
    ]);
    expect(said({ groups })).toBe('good: All notes are at the plenary laptop');
    expect(said({ groups }, null)).toBe('wait: 9 changes wait on this laptop, last contact 11:42');
  });

  it('S3 speaks of the report too where the laptop has it', () => {
    const ofSession = (report: GroupStatus): string => said({ report }, null);
    expect(ofSession(there)).toBe('good: All notes are at the plenary laptop');
    expect(ofSession({ ...there, waiting: 2 })).toBe(
      'wait: 2 changes are on the way to the plenary laptop',
    );
    expect(ofSession({ ...lost, waiting: 2 })).toBe(
      'wait: 2 changes wait on this laptop, last contact 11:42',
    );
    expect(ofSession(lost)).toBe('quiet: All notes are at the plenary laptop, last contact 11:42');
    expect(
      said({ report: { ...there, waiting: 2 }, ...group({ ...there, waiting: 3 }) }, null),
    ).toBe('wait: 5 changes are on the way to the plenary laptop');
    expect(said({ report: { ...lost, waiting: 2 } })).toBe(
      'good: All notes are at the plenary laptop',
    );
  });

  it('counts the groups on the plenary laptop', () => {
    const room = (a: GroupStatus, b: GroupStatus): Partial<SessionStatus> => ({
      plenary: true,
      groups: new Map([
        [g1, a],
        [g2, b],
      ]),
    });
    expect(said(room(there, lost), null)).toBe('wait: 1 of 2 groups in contact');
    expect(said(room(there, there), null)).toBe('good: 2 of 2 groups in contact');
    expect(said(room(never, never), null)).toBe(
      'quiet: Saved on this laptop; no group has been in contact yet',
    );
  });
});
