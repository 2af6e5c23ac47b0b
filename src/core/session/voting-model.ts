import type { PollKind, PollOption } from '../consensus/poll.ts';
import type { Leader, Tally } from '../consensus/tally.ts';
import type { DeviceId, InboxItemId, ObjectionId, PollId, ProposalId, TurnId } from './ids.ts';

/**
 * Polls and what comes of them, as screens and the report read them. Ballots are not here: they are
 * in the plenary laptop's hub, and only what they came to is written down (C1, A3). All times are
 * milliseconds since 1970 by the plenary laptop's clock.
 */

export const pollStates = ['draft', 'open', 'closed'] as const;
export type PollState = (typeof pollStates)[number];

export interface Poll {
  readonly id: PollId;
  /** The proposal that it is about; null for a question of its own. */
  readonly proposalId: ProposalId | null;
  /** The poll whose next round this is; null for the first one. */
  readonly previousId: PollId | null;
  /** 1, 2, … */
  readonly round: number;
  readonly kind: PollKind;
  readonly question: string;
  readonly options: readonly PollOption[];
  /** multiple: how many may be chosen. scale: the highest step. Otherwise 0. */
  readonly most: number;
  /** The countdown that it is opened with, in seconds; null for none. */
  readonly seconds: number | null;
  /** quiz: the id of the right option. */
  readonly right: string | null;
  readonly state: PollState;
  readonly openedAt: number | null;
  /** When it closes by itself; null where nobody set a time, and once it is closed. */
  readonly closesAt: number | null;
  readonly closedAt: number | null;
  /** Whether the room may see what it came to while it is open. C4 */
  readonly shown: boolean;
  readonly deviceId: DeviceId;
  readonly createdAt: number;
  readonly order: string;
  readonly deleted: boolean;
}

/** What a closed poll came to, as the plenary laptop wrote it down; replaced as a whole. */
export interface PollResult {
  /** Groups too small to judge are pooled. C2 */
  readonly tally: Tally;
  /** Ballots in its box, and the box's SHA-256 in hexadecimal. */
  readonly count: number;
  readonly checksum: string;
  readonly at: number;
}

/** A show of hands: people without a phone, counted by the moderator. */
export interface HandCount {
  readonly pollId: PollId;
  /** A declared id; "" is everybody who was counted without asking. */
  readonly stakeholderGroup: string;
  /**
   * How many for what, with the keys that `Counts.by` has. Nothing while two counts of the row differ:
   * neither is taken before a moderator has chosen one.
   */
  readonly by: Readonly<Record<string, number>>;
  /** The same as it was entered; more than one for an answer where two moderators counted at once. */
  readonly entered: Readonly<Record<string, readonly EnteredCount[]>>;
}

export interface EnteredCount {
  readonly deviceId: DeviceId;
  readonly count: number;
}

export const objectionStates = ['open', 'addressed', 'dissent', 'withdrawn'] as const;
/** "withdrawn" was taken back, by the person who made it or the moderator who wrote it down. */
export type ObjectionState = (typeof objectionStates)[number];

/** "I cannot live with this", and why. C3 */
export interface Objection {
  readonly id: ObjectionId;
  /** Null where the moderator wrote it down outside of a poll. */
  readonly pollId: PollId | null;
  readonly proposalId: ProposalId | null;
  /** The same for everything from one phone; "" where the moderator wrote it down. */
  readonly person: string;
  readonly text: string;
  readonly stakeholderGroup: string;
  readonly at: number;
  readonly state: ObjectionState;
  /** addressed: by which change of wording. dissent: what is to be recorded beside the reason. */
  readonly how: string;
  readonly deleted: boolean;
}

/** What the moderator has decided on a proposal, with a reason. C3 */
export interface Decision {
  readonly proposalId: ProposalId;
  /** True: rough consensus. False: there is none, and the room goes on. */
  readonly confirmed: boolean;
  readonly reason: string;
  readonly at: number;
  /** The poll that it rests on. */
  readonly pollId: PollId | null;
}

export const inboxKinds = ['hand', 'question', 'read-out'] as const;
export type InboxKind = (typeof inboxKinds)[number];

/** A hand that is up, or something a phone asks of the moderators. */
export interface InboxItem {
  readonly id: InboxItemId;
  readonly kind: InboxKind;
  readonly person: string;
  readonly text: string;
  readonly stakeholderGroup: string;
  readonly region: string;
  readonly online: boolean;
  readonly at: number;
  /** Which laptop's moderator sees to it; null while nobody does. */
  readonly takenBy: DeviceId | null;
  readonly takenAt: number | null;
  readonly doneAt: number | null;
  readonly deleted: boolean;
}

/** Somebody's turn to speak in plenary. */
export interface SpeakerTurn {
  readonly id: TurnId;
  /** The raised hand that it came of; null where the moderator called somebody. */
  readonly inboxId: InboxItemId | null;
  readonly person: string;
  /** What the moderator calls the person; may be empty. */
  readonly label: string;
  readonly stakeholderGroup: string;
  readonly online: boolean;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly deleted: boolean;
}

export interface Voting {
  /** The poll that the room looks at; null where it looks at none. */
  readonly currentPollId: PollId | null;
  /** Whether a phone needs one of the printed codes. */
  readonly codesNeeded: boolean;
  /** In order, without the deleted ones. */
  readonly polls: readonly Poll[];
  readonly deletedPolls: readonly Poll[];
  readonly results: Readonly<Record<PollId, PollResult>>;
  readonly handCounts: readonly HandCount[];
  /** Keys "poll/ballot" of the short texts that the room may see, sorted. */
  readonly shownTexts: readonly string[];
  /** The first first, those taken back too. R1 */
  readonly objections: readonly Objection[];
  readonly decisions: Readonly<Record<ProposalId, Decision>>;
  readonly inbox: readonly InboxItem[];
  readonly turns: readonly SpeakerTurn[];
  /** The best of the quiz after its last question, the first first; empty before there is one. */
  readonly leaders: readonly Leader[];
}

export const noVoting: Voting = {
  currentPollId: null,
  codesNeeded: false,
  polls: [],
  deletedPolls: [],
  results: {},
  handCounts: [],
  shownTexts: [],
  objections: [],
  decisions: {},
  inbox: [],
  turns: [],
  leaders: [],
};
