import { describe, expect, it } from 'vitest';
import { changeBy } from '../../../../renderer/join/role-change.ts';
import type { SessionRecord } from '../../../../src/browser/app/types.ts';
import type { Ticket } from '../../../../src/core/protocol/ticket.ts';

const ticket = (change: object): Ticket =>
  ({ sessionId: 'one', role: 'rapporteur', groupId: null, ...change }) as unknown as Ticket;
const record = (change: object): SessionRecord =>
  ({
    sessionId: 'one',
    role: 'facilitator',
    groupId: 'group-2',
    plenary: false,
    ...change,
  }) as unknown as SessionRecord;

describe('what a ticket changes on a laptop', () => {
  it('is nothing where the session is new to it', () => {
    expect(changeBy(ticket({}), [])).toBeNull();
    expect(changeBy(ticket({}), [record({ sessionId: 'two' })])).toBeNull();
  });

  it('is the role, or the group', () => {
    expect(changeBy(ticket({}), [record({})])).toEqual({
      kind: 'other',
      from: { role: 'facilitator', groupId: 'group-2' },
      to: { role: 'rapporteur', groupId: null },
    });
    expect(
      changeBy(ticket({ role: 'facilitator', groupId: 'group-3' }), [record({})]),
    ).toMatchObject({ kind: 'other', to: { groupId: 'group-3' } });
  });

  it('is nothing where it is the same again', () => {
    expect(changeBy(ticket({ role: 'facilitator', groupId: 'group-2' }), [record({})])).toEqual({
      kind: 'same',
      part: { role: 'facilitator', groupId: 'group-2' },
    });
  });

  it('is never that the plenary laptop becomes something else', () => {
    expect(changeBy(ticket({}), [record({ plenary: true })])).toEqual({ kind: 'plenary' });
  });
});
