import type { SessionRecord } from '../../src/browser/app/types.ts';
import type { Role, Ticket } from '../../src/core/protocol/ticket.ts';
import type { GroupId } from '../../src/core/session/ids.ts';

export interface Part {
  readonly role: Role;
  /** Of a facilitator. */
  readonly groupId: GroupId | null;
}

/** What becomes of a laptop that takes part in the ticket's session already. */
export type Change =
  /** It is the plenary laptop, and stays it. */
  | { readonly kind: 'plenary' }
  /** It stays what it is. */
  | { readonly kind: 'same'; readonly part: Part }
  | { readonly kind: 'other'; readonly from: Part; readonly to: Part };

/** Null where the session is new to this laptop. */
export function changeBy(ticket: Ticket, records: readonly SessionRecord[]): Change | null {
  const known = records.find(({ sessionId }) => sessionId === ticket.sessionId);
  if (known === undefined) return null;
  if (known.plenary) return { kind: 'plenary' };
  const from: Part = { role: known.role, groupId: known.groupId };
  const to: Part = { role: ticket.role, groupId: ticket.groupId };
  return from.role === to.role && from.groupId === to.groupId
    ? { kind: 'same', part: from }
    : { kind: 'other', from, to };
}
