import * as v from 'valibot';
import type * as Y from 'yjs';
import type { DeviceId, GroupId } from './ids.ts';

/**
 * That a moderator has taken a laptop's access back, as it stands in the plan: the group goes on under
 * a new secret, which every laptop that stays finds in a box that only it can open.
 */
export interface Renewal {
  readonly id: string;
  readonly groupId: GroupId;
  /** When, by the plenary laptop's clock: the group's tickets from before count no more. Milliseconds since 1970. */
  readonly at: number;
  /** The laptops that have lost their access. */
  readonly takenBack: readonly DeviceId[];
}

const RENEWALS = 'renewals';
const BOXES = 'renewalBoxes';
const schema = v.object({
  groupId: v.string(),
  at: v.pipe(v.number(), v.finite()),
  takenBack: v.array(v.string()),
});
const boxName = (renewalId: string, deviceId: DeviceId): string => `${renewalId}/${deviceId}`;

/** The oldest first; of two at the same moment all laptops put the same one first. */
export function renewalsIn(plan: Y.Doc): readonly Renewal[] {
  return [...plan.getMap(RENEWALS)]
    .flatMap(([id, entry]) => {
      const read = v.safeParse(schema, entry);
      if (!read.success) return [];
      const { groupId, at, takenBack } = read.output;
      return [{ id, groupId: groupId as GroupId, at, takenBack: takenBack as DeviceId[] }];
    })
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** What this laptop finds in a renewal, in base64url; null where there is nothing for it. */
export function boxFor(plan: Y.Doc, renewalId: string, deviceId: DeviceId): string | null {
  const box = plan.getMap(BOXES).get(boxName(renewalId, deviceId));
  return typeof box === 'string' ? box : null;
}

export function writeRenewal(
  plan: Y.Doc,
  { id, ...renewal }: Renewal,
  boxes: ReadonlyMap<DeviceId, string>,
): void {
  plan.transact(() => {
    // The boxes first in the transaction: who sees the renewal sees them too.
    for (const [deviceId, box] of boxes) writeBox(plan, id, deviceId, box);
    plan.getMap(RENEWALS).set(id, { ...renewal, takenBack: [...renewal.takenBack] });
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
