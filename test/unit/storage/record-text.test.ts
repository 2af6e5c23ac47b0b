import { describe, expect, it } from 'vitest';
import type { SessionRecord } from '../../../src/browser/app/types.ts';
import { laptopKeyFrom } from '../../../src/browser/storage/laptop-key.ts';
import {
  openRecord,
  recordFromText,
  recordToText,
  sealedWith,
  sealRecord,
} from '../../../src/browser/storage/record-text.ts';
import type { SessionKey, SigningSeed } from '../../../src/core/protocol/session-key.ts';
import type { GroupId, Part, SessionId } from '../../../src/core/session/ids.ts';
import { testKey } from '../hub/laptop.ts';

const key = laptopKeyFrom(new Uint8Array(32).fill(7));
const other = laptopKeyFrom(new Uint8Array(32).fill(8));
const record: SessionRecord = {
  sessionId: 'session-1' as SessionId,
  title: 'Sichere Geräte',
  role: 'moderator',
  groupId: null,
  plenary: true,
  plan: testKey(1),
  report: testKey(4),
  groups: new Map([['g1' as GroupId, testKey(2)]]),
  addresses: ['ws://192.168.4.20:4711'],
  lastAddress: null,
  clockOffsetMs: -3,
  sessionKey: 'k'.repeat(43) as SessionKey,
  pass: 'the pass',
  signingSeed: 's'.repeat(43) as SigningSeed,
  hubId: 'the hub',
  ticketId: 'the ticket',
  boxSecret: 'the box',
  retired: [
    { part: 'g1' as GroupId, key: testKey(3) },
    { part: null, key: testKey(5) },
    { part: 'report', key: testKey(6) },
  ],
  renewed: new Map<Part, { id: string; at: number }>([
    ['g1' as GroupId, { id: 'renewal', at: 3 }],
    ['report', { id: 'another', at: 4 }],
    [null, { id: 'another', at: 4 }],
  ]),
  createdAt: 1,
  openedAt: 2,
};

describe('a session’s record on the disk', () => {
  it('A1: holds nothing in the open but the session’s id and the key’s', () => {
    expect(Object.keys(sealRecord(record, key)).sort()).toEqual(['keyId', 'sealed', 'sessionId']);
    const text = recordToText(record, key);
    const keys = [1, 2, 3, 4, 5, 6].map((byte) => testKey(byte).secret);
    const inside = [...keys, record.title, '192.168'];
    for (const secret of [...inside, 'kkkk', 'the pass', 'ssss', 'the hub', 'the box']) {
      expect(text).not.toContain(secret);
    }
  });

  it('comes back whole, by its own key among others', () => {
    expect(openRecord(sealRecord(record, key), [other, key])).toEqual(record);
    expect(recordFromText(recordToText(record, key), [key])).toEqual(record);
    expect(sealedWith(sealRecord(record, key))).toBe(key.id);
  });

  it('of a laptop that may not open the report has nothing of it', () => {
    const { report, ...rest } = record;
    const [again, whole] = [rest, record].map((one) => openRecord(sealRecord(one, key), [key]));
    expect(again).toEqual(rest);
    expect(again).not.toHaveProperty('report');
    expect(whole?.report).toEqual(report);
  });

  it.each([7, '', 'A'.repeat(42), null])('is none where the report has %j as its secret', (bad) => {
    const row = { ...sealRecord(record, null), reportSecret: bad };
    expect(openRecord(row, [])).toBeNull();
    expect(openRecord({ ...row, reportSecret: testKey(4).secret }, [])).toEqual(record);
  });

  it('is read as a Caucus wrote it that had the report in the plan', () => {
    const { plan, report, groups, retired, renewed, ...rest } = record;
    const row = {
      ...rest,
      planSecret: plan.secret,
      groupSecrets: [...groups].map(([id, one]) => [id, one.secret]),
      retired: [
        ['g1', testKey(3).secret],
        [null, testKey(5).secret],
      ],
      renewed: [
        ['g1', 'renewal', 3],
        [null, 'another', 4],
      ],
    };
    const old: SessionRecord = {
      ...rest,
      plan,
      groups,
      retired: (retired ?? []).filter(({ part }) => part !== 'report'),
      renewed: new Map([...(renewed ?? [])].filter(([part]) => part !== 'report')),
    };
    expect(openRecord(row, [])).toEqual(old);
    expect(openRecord({ ...row, reportSecret: report?.secret }, [])).toEqual({ ...old, report });
  });

  it('is the same text every time, so that the second copy can be compared', () => {
    const again = openRecord(sealRecord(record, key), [key]);
    expect(again && recordToText(again, key)).toBe(recordToText(record, key));
    const { title, ...rest } = record;
    expect(recordToText({ ...rest, title }, key)).toBe(recordToText(record, key));
  });

  it('keeps what a newer Caucus adds, sealed too', () => {
    const newer = { ...record, later: { secret: 'later secret', list: [1, { a: 2 }] } };
    expect(recordToText(newer, key)).not.toContain('later');
    expect(openRecord(sealRecord(newer, key), [key])).toEqual(newer);
  });

  it('does not come back by another key, or as another session', () => {
    const row = sealRecord(record, key);
    expect(openRecord(row, [other])).toBeNull();
    expect(openRecord(row, [])).toBeNull();
    expect(openRecord({ ...row, sessionId: 'session-2' }, [key])).toBeNull();
  });

  it('is read in the open too, as an older Caucus wrote it', () => {
    expect(openRecord(sealRecord(record, null), [key])).toEqual(record);
    expect(sealedWith(sealRecord(record, null))).toBeNull();
  });

  it.each([null, 'text', {}, { sessionId: 'a', keyId: key.id, sealed: 'AAAA' }])(
    'is not %j',
    (row) => {
      expect(openRecord(row, [key])).toBeNull();
    },
  );
});
