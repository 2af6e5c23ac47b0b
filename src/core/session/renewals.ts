import * as v from 'valibot';
import type * as Y from 'yjs';
import type { DeviceId, GroupId } from './ids.ts';

/**
 * That a moderator has taken a laptop's access back, as it stands in the plan: what that laptop could
 * open goes on under new secrets, which every laptop that stays finds in a box that only it can open.
 */
export interface Renewal {
  readonly id: string;
  /** The group that goes on under a new secret; null where the plan and all groups do. */
  readonly groupId: GroupId | null;
  /** When, by the plenary laptop's clock: tickets from before count no more. Milliseconds since 1970. */
  readonly at: number;
  /** The laptops that have lost their access. */
  readonly takenBack: readonly TakenBack[];
  /** The renewals that were known to who made this one; of others it knows nothing. */
  readonly after: readonly string[];
}

/**
 * A laptop, and the ticket that it had entered itself with: a laptop that comes back has another one.
 * Not told by the time, because laptops' clocks are off.
 */
export interface TakenBack {
  readonly deviceId: DeviceId;
  readonly ticketId: string;
}

const RENEWALS = 'renewals';
const BOXES = 'renewalBoxes';
const schema = v.object({
  groupId: v.nullable(v.string()),
  at: v.pipe(v.number(), v.finite()),
  takenBack: v.array(
    v.object({
      deviceId: v.custom<DeviceId>((id) => typeof id === 'string'),
      ticketId: v.string(),
    }),
  ),
  after: v.optional(v.array(v.string()), []),
});
const boxName = (renewalId: string, deviceId: DeviceId): string => `${renewalId}/${deviceId}`;

/** The oldest first; of two at the same moment all laptops put the same one first. */
export function renewalsIn(plan: Y.Doc): readonly Renewal[] {
  return [...plan.getMap(RENEWALS)]
    .flatMap(([id, entry]) => {
      const read = v.safeParse(schema, entry);
      if (!read.success) return [];
      const { groupId, at, takenBack, after } = read.output;
      return [
        {
          id,
          groupId: groupId as GroupId | null,
          at,
          takenBack,
          after,
        },
      ];
    })
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Those that have not been overtaken by a later one of the same group or of everything, the oldest first. */
export function currentRenewals(renewals: readonly Renewal[]): readonly Renewal[] {
  return renewals.filter(
    ({ groupId }, index) =>
      !renewals
        .slice(index + 1)
        .some((later) => later.groupId === null || later.groupId === groupId),
  );
}

/**
 * Whether two renewals were made at once, by moderators who did not know of each other's, and nothing
 * has put that right since: each may have a box for the laptop that the other one took back, and its
 * tickets do not know the other one's secrets.
 */
export function wereMadeAtOnce(renewals: readonly Renewal[]): boolean {
  const isSettled = (a: Renewal, b: Renewal): boolean =>
    renewals.some(
      ({ groupId, after }) => groupId === null && after.includes(a.id) && after.includes(b.id),
    );
  return renewals.some((a, index) =>
    renewals
      .slice(index + 1)
      .some((b) => !a.after.includes(b.id) && !b.after.includes(a.id) && !isSettled(a, b)),
  );
}

/**
 * What the laptops find in a renewal, in base64url by laptop; without those that lost their access by
 * another one which this one does not know of.
 */
export function boxesIn(plan: Y.Doc, renewal: Renewal): ReadonlyMap<DeviceId, string> {
  const lost = renewalsIn(plan).flatMap(({ id, takenBack }) =>
    renewal.after.includes(id) ? [] : takenBack.map(({ deviceId }) => deviceId),
  );
  const start = boxName(renewal.id, '' as DeviceId);
  return new Map(
    [...plan.getMap(BOXES)].flatMap(([name, box]) => {
      const deviceId = name.slice(start.length) as DeviceId;
      const counts = name.startsWith(start) && typeof box === 'string' && !lost.includes(deviceId);
      return counts ? [[deviceId, box] as const] : [];
    }),
  );
}

export function writeRenewal(
  plan: Y.Doc,
  { id, ...renewal }: Renewal,
  boxes: ReadonlyMap<DeviceId, string>,
): void {
  plan.transact(() => {
    // The boxes first in the transaction: who sees the renewal sees them too.
    for (const [deviceId, box] of boxes) writeBox(plan, id, deviceId, box);
    plan.getMap(RENEWALS).set(id, {
      ...renewal,
      takenBack: renewal.takenBack.map((one) => ({ ...one })),
      after: [...renewal.after],
    });
  });
}

/** For a laptop that came to light only after the renewal. */
export function writeBox(plan: Y.Doc, renewalId: string, deviceId: DeviceId, box: string): void {
  plan.getMap(BOXES).set(boxName(renewalId, deviceId), box);
}

export function onRenewals(plan: Y.Doc, listener: () => void): () => void {
  const roots = [plan.getMap(RENEWALS), plan.getMap(BOXES)];
  for (const root of roots) root.observe(listener);
  return () => {
    for (const root of roots) root.unobserve(listener);
  };
}
