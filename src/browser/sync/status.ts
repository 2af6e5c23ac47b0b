import type { GroupId } from '../../core/session/ids.ts';
import type { Role } from '../../core/protocol/ticket.ts';

/** How changes reach the plenary laptop at the moment. */
export type Path =
  /** From laptop to laptop. */
  | 'direct'
  /** Through the plenary laptop's own relay. */
  | 'relay'
  /** Neither; but the plenary laptop's last word came in a file. */
  | 'file'
  | 'none';

/** Somebody else's laptop, as last heard from. */
export interface Laptop {
  readonly deviceId: string;
  readonly role: Role;
  readonly plenary: boolean;
  readonly writing: boolean;
  /** Milliseconds since 1970 by this laptop's clock, when it was last heard. */
  readonly heardAt: number;
  /** Heard within the last seconds. */
  readonly inContact: boolean;
  /** What that laptop said of itself: how many of its changes the plenary laptop lacks. */
  readonly waiting: number | null;
}

/** The truth about one group's notes (rule S3), seen from this laptop. */
export interface GroupStatus {
  readonly path: Path;
  /**
   * Whether the plenary laptop answers at the moment. On the plenary laptop itself: whether any
   * laptop of the group does.
   */
  readonly inContact: boolean;
  /** When that was last so, by this laptop's clock; null for never. Survives a restart. */
  readonly lastContactAt: number | null;
  /** How many changes on this laptop the plenary laptop has not confirmed. Always 0 on it. */
  readonly waiting: number;
  /** The plenary laptop has something that has not arrived here yet. */
  readonly behind: boolean;
  readonly laptops: readonly Laptop[];
}

export type StorageState =
  | { readonly state: 'saved' }
  | { readonly state: 'saving' }
  /** What is typed now is only in memory; says why. Kept trying. */
  | { readonly state: 'failed'; readonly reason: 'no-space' | 'blocked' | 'other' };

export interface SessionStatus {
  /** This laptop is the plenary laptop. */
  readonly plenary: boolean;
  readonly plan: GroupStatus;
  /** Null where this laptop does not open it. */
  readonly report: GroupStatus | null;
  readonly groups: ReadonlyMap<GroupId, GroupStatus>;
  readonly storage: StorageState;
  /** A moderator has taken back what this laptop may do; what is on it stays. */
  readonly takenBack?: boolean;
}
