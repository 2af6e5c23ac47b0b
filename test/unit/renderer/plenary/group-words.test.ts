import { describe, expect, it } from 'vitest';
import { type GroupFacts, groupWords } from '../../../../renderer/plenary/board/group-words.ts';
import { rememberLaptops } from '../../../../renderer/plenary/laptop-memory.ts';
import type { GroupStatus, Laptop } from '../../../../src/browser/sync/status.ts';
import { groupId, minute } from '../../../fixtures/read-model.ts';

const laptop = (change: Partial<Laptop> = {}): Laptop => ({
  deviceId: 'one',
  role: 'facilitator',
  plenary: false,
  writing: false,
  heardAt: minute(10),
  inContact: true,
  waiting: 0,
  ...change,
});
const words = (facts: Partial<GroupFacts>) => {
  const { key, values } = groupWords(
    { laptops: [], lastContactAt: null, plenary: true, readyAt: null, hasNotes: true, ...facts },
    (at) => new Date(at).toISOString().slice(11, 16),
  );
  return [key.replace('plenary.group-', ''), values];
};
const away = (change: Partial<Laptop> = {}) => laptop({ inContact: false, ...change });

describe('S3 what is said of a group', () => {
  it('is what its laptops in contact say', () => {
    expect(words({ laptops: [laptop()] })).toEqual(['in-contact', {}]);
    expect(words({ laptops: [laptop({ writing: true })] })).toEqual(['writing', {}]);
    expect(words({ laptops: [laptop({ waiting: 3 })] })).toEqual(['on-their-way', { count: 3 }]);
    expect(words({ laptops: [laptop()], readyAt: minute(30) })).toEqual(['ready', {}]);
    expect(words({ laptops: [laptop({ writing: true })], readyAt: minute(30) })).toEqual([
      'ready-writing',
      {},
    ]);
  });

  it('is what the laptop said last, with when that was', () => {
    expect(words({ laptops: [away({ waiting: 14 })] })).toEqual([
      'waiting',
      { count: 14, time: '10:10' },
    ]);
    expect(words({ laptops: [away()] })).toEqual(['no-contact', { time: '10:10' }]);
  });

  it('does not take back that the group was ready, but says that there is no contact', () => {
    expect(words({ laptops: [away()], readyAt: minute(5) })).toEqual([
      'ready-no-contact',
      { time: '10:10' },
    ]);
    expect(words({ readyAt: minute(5) })).toEqual(['ready-away', {}]);
  });

  it('is the contact before a restart where nobody has been heard since', () => {
    expect(words({ lastContactAt: minute(42) })).toEqual(['no-contact', { time: '10:42' }]);
  });

  it('is that nobody was heard only where that is so', () => {
    expect(words({ hasNotes: false })).toEqual(['never', {}]);
    // Notes that came by a file: the group has been heard of.
    expect(words({ hasNotes: true })).toEqual(['away', {}]);
  });

  it('never takes another moderator’s laptop for the group’s', () => {
    const moderator = laptop({ role: 'moderator', writing: true });
    expect(words({ laptops: [moderator], hasNotes: false })).toEqual(['never', {}]);
  });

  it('claims nothing of the group’s past on a laptop that is not the plenary’s', () => {
    // There "last contact" is with the plenary laptop.
    expect(words({ plenary: false, lastContactAt: minute(42), hasNotes: false })).toEqual([
      'away',
      {},
    ]);
  });
});

describe('laptops that are gone', () => {
  const id = groupId('1');
  const status = (laptops: readonly Laptop[]): ReadonlyMap<typeof id, GroupStatus> =>
    new Map([
      [
        id,
        { path: 'none', inContact: false, lastContactAt: null, waiting: 0, behind: false, laptops },
      ],
    ]);

  it('are remembered as they last spoke, out of contact', () => {
    const before = rememberLaptops(new Map(), status([laptop({ waiting: 14, writing: true })]));
    const after = rememberLaptops(before, status([]));
    expect(after.get(id)).toEqual([away({ waiting: 14 })]);
    expect(rememberLaptops(after, status([]))).toBe(after);
  });

  it('count once when they come back', () => {
    const gone = rememberLaptops(rememberLaptops(new Map(), status([laptop()])), status([]));
    const back = rememberLaptops(gone, status([laptop({ waiting: 2 })]));
    expect(back.get(id)).toEqual([laptop({ waiting: 2 })]);
  });
});
