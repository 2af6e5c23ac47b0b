import type { StatusClaim } from '../tools/screens/status-screen.ts';
import { covers, type Disk } from './disk.ts';
import type { Moment } from './status-record.ts';

/**
 * Rule S3, exactly. At the moment t a laptop's status line may be wrong in three ways; each of them
 * has to last for three seconds before it counts, for that long may the truth be on its way.
 *
 * 1. claims-too-much: it says that all notes are at the plenary laptop ("All notes are at the
 *    plenary laptop", with or without "last contact"), while this laptop's disk held something of
 *    its group's document at t - 3 s that the plenary laptop's disk does not hold at t.
 * 2. claims-contact: it says that there is contact ("All notes are at the plenary laptop" without
 *    "last contact", "… on the way"), while nothing could get through during all of t - 3 s to t.
 * 3. claims-too-little: it has been saying for 3 s without a break that something waits or is on
 *    the way, or that there is no contact, while the plenary laptop's disk held at t - 3 s all that
 *    this laptop's disk holds at t (and half a second later: what is in memory at t may not be
 *    written yet), and while nothing stood in the way during the last H seconds, H being how long
 *    this scenario's network may take to heal (5 s, or 10 s at 20% loss): until then nobody
 *    promises contact.
 *
 * The plenary laptop's own line, "k of n groups in contact", is wrong where k is more than the
 * groups that could get through at some moment during t - 3 s to t, or where it has for 3 s been
 * less than those in whose way nothing stood during the last H seconds.
 *
 * What is on a disk is compared by Yjs state vectors, so half a word counts as much as a note.
 */
export const GRACE_MS = 3_000;
/** What is in memory is on the disk after this long. Milliseconds. */
const WRITE_MS = 500;

/** A time during which something stood between a laptop and the plenary laptop. */
export interface Obstacle {
  readonly from: number;
  /** Infinity while it lasts. */
  to: number;
  /** `no-way`: nothing gets through. `some-way`: something may, but nothing is promised. */
  readonly kind: 'no-way' | 'some-way';
}

export type Lie = 'claims-too-much' | 'claims-contact' | 'claims-too-little';

export interface Evidence {
  /** The document that the line is about. */
  readonly documentId: string;
  readonly own: Pick<Disk, 'vectorAt'>;
  readonly plenary: Pick<Disk, 'vectorAt'>;
  readonly obstacles: readonly Obstacle[];
  /** H above, in milliseconds. */
  readonly healMs: number;
}

const saysAllThere: readonly StatusClaim[] = ['status.all-there', 'status.all-there-last'];
const saysContact: readonly StatusClaim[] = [
  'status.all-there',
  'status.coming',
  'status.on-their-way',
];

/** Whether some obstacle was in the way at some moment from `from` to `to`. */
export const wasHampered = (obstacles: readonly Obstacle[], from: number, to: number): boolean =>
  obstacles.some((obstacle) => obstacle.from <= to && obstacle.to >= from);

/** Whether nothing got through during all of `from` to `to`. */
export const wasCut = (obstacles: readonly Obstacle[], from: number, to: number): boolean =>
  obstacles.some(
    (obstacle) => obstacle.kind === 'no-way' && obstacle.from <= from && obstacle.to >= to,
  );

/** A moment, and since when the line has been saying that without a break. */
export type Said = Moment & { readonly since: number };

/** How a group laptop's line lies at this moment; null where it is true. */
export function judge({ at, claim, since }: Omit<Said, 'words'>, evidence: Evidence): Lie | null {
  const { documentId, own, plenary, obstacles, healMs } = evidence;
  const before = at - GRACE_MS;
  if (
    saysAllThere.includes(claim) &&
    !covers(plenary.vectorAt(documentId, at), own.vectorAt(documentId, before))
  ) {
    return 'claims-too-much';
  }
  if (saysContact.includes(claim) && wasCut(obstacles, before, at)) return 'claims-contact';
  if (
    claim !== 'status.all-there' &&
    since <= before &&
    !wasHampered(obstacles, at - Math.max(healMs, GRACE_MS), at) &&
    covers(plenary.vectorAt(documentId, before), own.vectorAt(documentId, at + WRITE_MS))
  ) {
    return 'claims-too-little';
  }
  return null;
}

/** The same for the plenary laptop's line; `groups` has each group's obstacles, of all its laptops. */
export function judgeRoom(
  { at, claim, words, since }: Said,
  groups: readonly (readonly (readonly Obstacle[])[])[],
  healMs: number,
): Lie | null {
  if (claim !== 'status.room' && claim !== 'status.room-nobody-yet') return null;
  const here = claim === 'status.room' ? Number.parseInt(words, 10) : 0;
  const perhaps = groups.filter((laptops) =>
    laptops.some((obstacles) => !wasCut(obstacles, at - GRACE_MS, at)),
  ).length;
  const surely = groups.filter((laptops) =>
    laptops.some((obstacles) => !wasHampered(obstacles, at - Math.max(healMs, GRACE_MS), at)),
  ).length;
  if (here > perhaps) return 'claims-contact';
  return here < surely && since <= at - GRACE_MS ? 'claims-too-little' : null;
}
