import type { PhonePoll, PhoneRoom, ShownVerdict } from '../../src/core/protocol/voting-frames.ts';
import { type Kept, latest } from './kept.ts';
import { declaredFits } from './said.ts';

/** Why this voter is not let in. */
export type Barred =
  | 'other-version'
  | 'no-room'
  | 'code-needed'
  | 'code-used'
  | 'unknown-code'
  /** A code was entered, and nothing is known of it yet. */
  | 'code-sent'
  | 'too-many-codes';

/** A poll that the room looks at no more, with what the room's screen said of it. */
export interface PollBefore extends PhonePoll {
  readonly verdict: ShownVerdict | null;
}

/** All that the screen shows, as it is at the moment. */
export interface PhoneState {
  readonly room: PhoneRoom | null;
  readonly poll: PhonePoll | null;
  /** When the poll closes by itself, by `elapsed`; null where nobody said. */
  readonly closesAt: number | null;
  /** The poll before, where its result was shown. */
  readonly before: PollBefore | null;
  /** Whether the plenary laptop has greeted this phone, and is there. */
  readonly up: boolean;
  /** Before it is known whether there is a way to the plenary laptop. */
  readonly isNew: boolean;
  readonly barred: Barred | null;
  readonly kept: Readonly<Kept>;
  readonly points: number;
  readonly place: number;
  /** An answer to an earlier poll that came too late. */
  readonly missed: boolean;
}

/** Whether the voter has said who it is, in words that this room still has. */
export function hasDeclared({ room, kept }: PhoneState): boolean {
  const declared = latest(kept.declared);
  return declared !== undefined && room !== null && declaredFits(declared, room);
}

/** What can be declared. For nothing else of the room is it worth losing what was chosen already. */
export const partsOf = (room: PhoneRoom | null): unknown =>
  room && [room.title, room.stakeholderGroups, room.regions, room.breakoutGroups];
