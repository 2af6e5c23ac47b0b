import type { Choice, PollForm } from '../consensus/poll.ts';
import type { BallotBox, Leader, Tally } from '../consensus/tally.ts';
import type { Missing, VerdictStatus } from '../consensus/verdict-status.ts';

/**
 * What phones, the plenary laptop's hub and the plenary laptop's page say to each other about voting,
 * each as one text of JSON over WebSocket. Types only, and a few numbers: the phone page has to stay
 * small. What comes from a network is read by read-voting-frames.ts.
 *
 *   phone ── hello, me, ballot, object, hand, ask ──► hub ── tally, given, voters ──► desk
 *   phone ◄─ welcome, room, counted, refused ──────── hub ◄─ room, poll, taken, … ── desk
 *
 * A phone sends nothing into a document, ever (A3): the plenary laptop's page writes down what its
 * hub has counted.
 */
export const VOTING_PROTOCOL = 1;
/** Where phones connect, on the network's door. */
export const VOTE_PATH = '/vote';
/** Where this laptop's own page connects; of the loopback door only. */
export const VOTING_DESK_PATH = '/voting-desk';
/** A phone that knows its voter shows it as the second WebSocket subprotocol: no URL, no cookie. */
export const VOTE_SUBPROTOCOL = 'caucus-vote';
export const MAX_PHONE_FRAME_BYTES = 4 * 1024;

/** Something that a person declares: `id` is stable, `name` is what people read. */
export interface Part {
  readonly id: string;
  readonly name: string;
}

/** What a voter has said of itself; an empty text is "rather not say". */
export interface Declared {
  readonly stakeholderGroup: string;
  readonly region: string;
  readonly breakoutGroup: string;
}

// ── What a phone says ────────────────────────────────────────────────────────────────────────────

export type PhoneFrame =
  | {
      readonly type: 'hello';
      readonly version: number;
      /** What the hub gave it before, which nobody can make up; none at the first time. */
      readonly voter?: string;
      /** Printed, one for each person, where the moderator asks for one. */
      readonly code?: string;
    }
  | ({ readonly type: 'me' } & Declared)
  | {
      readonly type: 'ballot';
      readonly poll: string;
      /** Grows with each answer of this voter to this poll: what is older than what counts is late. C1 */
      readonly sequence: number;
      readonly choice: Choice;
    }
  | {
      /** "I cannot live with this", and why; an empty text takes it back. C3 */
      readonly type: 'object';
      readonly poll: string;
      readonly sequence: number;
      readonly text: string;
    }
  | { readonly type: 'hand'; readonly sequence: number; readonly up: boolean }
  | {
      readonly type: 'ask';
      /** Made by the phone, so that sending it again is harmless. */
      readonly id: string;
      readonly kind: 'question' | 'read-out';
      readonly text: string;
    }
  /** What the leaderboard of a quiz calls this voter. */
  | { readonly type: 'name'; readonly name: string };

export const phoneRefusals = [
  'malformed',
  'other-version',
  /** A voter, or a code, that this hub has not given. */
  'unknown-voter',
  'code-needed',
  'code-used',
  'unknown-poll',
  /** Not open yet, or closed already. */
  'not-open',
  'not-a-choice',
  /** An answer with this or a higher number counts already. */
  'late',
  'too-long',
  'too-many',
  /** Nobody has a session open for phones here. */
  'no-room',
  /** The disk takes nothing at the moment: kept by the phone, which sends it again. */
  'not-kept',
] as const;
export type PhoneRefusal = (typeof phoneRefusals)[number];

/** The poll that the room looks at. */
export interface PhonePoll {
  readonly form: PollForm;
  readonly open: boolean;
  /** How long until it closes by itself, in milliseconds from now; null where nobody said. */
  readonly closesInMs: number | null;
  /** What it came to: only once closed, or once a moderator shows it. C4 */
  readonly tally: Tally | null;
  /** quiz: the right option, once closed. */
  readonly right: string | null;
}

/** What a closed poll came to, as the projector tells it: hands, objections and decision too. C2, C3 */
export interface ShownVerdict {
  readonly poll: string;
  readonly status: VerdictStatus;
  /** The support that every part needs, in whole per cent. */
  readonly threshold: number;
  readonly lines: readonly {
    /** The declared id; "" are those who declared nothing, "~" the small parts taken together. */
    readonly part: string;
    readonly agree: number;
    readonly votes: number;
    /** Support in whole per cent, rounded down; null where there are too few to judge. */
    readonly percent: number | null;
  }[];
  /** What is in the way first; null where nothing is. */
  readonly missing: Missing | null;
}

export interface PhoneRoom {
  readonly title: string;
  readonly stakeholderGroups: readonly Part[];
  readonly regions: readonly Part[];
  readonly breakoutGroups: readonly Part[];
  readonly codeNeeded: boolean;
  /** Left out where the room looks at no closed poll that asks for agreement. */
  readonly verdict?: ShownVerdict;
}

/** What the hub knows of this voter. */
export interface PhoneSelf {
  readonly declared: Declared | null;
  readonly handUp: boolean;
  readonly name: string;
  /** What counts of it in the poll that the room looks at; null where there is nothing. */
  readonly choice: Choice;
  readonly sequence: number;
  readonly objection: string;
  /** quiz: points so far, and the place among all. */
  readonly points: number;
  readonly place: number;
}

/** What a phone hears. */
export type ToPhone =
  | {
      readonly type: 'welcome';
      /** To keep, and to show when it comes again. */
      readonly voter: string;
      readonly room: PhoneRoom;
      readonly poll: PhonePoll | null;
      readonly self: PhoneSelf;
    }
  | { readonly type: 'room'; readonly room: PhoneRoom }
  | { readonly type: 'poll'; readonly poll: PhonePoll | null }
  /** It is on the disk of the plenary laptop. C1 */
  | {
      readonly type: 'counted';
      readonly what: 'ballot' | 'object';
      readonly poll: string;
      readonly sequence: number;
    }
  | { readonly type: 'kept'; readonly what: 'me' | 'hand' | 'ask' | 'name'; readonly id?: string }
  /** What has become of the hand or of what was asked: somebody took it, or it is done. */
  | { readonly type: 'taken'; readonly id: string; readonly done: boolean }
  | { readonly type: 'points'; readonly points: number; readonly place: number }
  | {
      readonly type: 'refused';
      readonly reason: PhoneRefusal;
      readonly poll?: string;
      readonly sequence?: number;
    };

// ── What the plenary laptop's page says ──────────────────────────────────────────────────────────

export type FromDesk =
  | {
      /** Which session this hub's phones are in; the last one said counts. */
      readonly type: 'room';
      readonly session: string;
      readonly title: string;
      readonly stakeholderGroups: readonly Part[];
      readonly regions: readonly Part[];
      readonly breakoutGroups: readonly Part[];
      /** Whether a voter needs one of the codes. */
      readonly codes: boolean;
      /** What the poll that the room looks at came to; only once it is closed (C4). */
      readonly verdict?: ShownVerdict;
    }
  | {
      /** How a poll stands; said again whenever something of it changes. */
      readonly type: 'poll';
      readonly form: PollForm;
      readonly state: 'open' | 'closed';
      /** Milliseconds from now, null for none: when the hub closes it by itself. */
      readonly closesInMs: number | null;
      /** Whether phones may see what it came to while it is open. C4 */
      readonly shown: boolean;
      /** quiz: the right option, for phones once it is closed; null where it gives no points. */
      readonly right: string | null;
      /** Whether the room looks at it now. */
      readonly current: boolean;
    }
  /** The room looks at no poll. */
  | { readonly type: 'no-poll' }
  /** text: whether the room may see this one. */
  | {
      readonly type: 'let-through';
      readonly poll: string;
      readonly ballot: string;
      readonly shown: boolean;
    }
  /** This page has written it down; the hub need not give it again. */
  | { readonly type: 'noted'; readonly id: string }
  /** A moderator has taken up, or is done with, a hand or a question; its phone is told. */
  | { readonly type: 'taken'; readonly id: string; readonly done: boolean }
  | { readonly type: 'make-codes'; readonly count: number }
  /** Asks for a poll's ballot box. */
  | { readonly type: 'export'; readonly poll: string };

/** What came from a phone for the moderators; given again until the page has noted it. */
export type Given = {
  readonly id: string;
  /** The same for everything from one voter in this session, and no secret of it. */
  readonly person: string;
  readonly declared: Declared | null;
  /** Milliseconds since 1970 by the hub's clock. */
  readonly at: number;
} & (
  | { readonly what: 'objection'; readonly poll: string; readonly text: string }
  | { readonly what: 'hand'; readonly up: boolean }
  | { readonly what: 'question' | 'read-out'; readonly text: string }
);

export type ToDesk =
  | { readonly type: 'tally'; readonly tally: Tally; readonly open: boolean }
  | { readonly type: 'given'; readonly given: Given }
  | {
      readonly type: 'voters';
      /** Phones that are connected at the moment, and voters there have been. */
      readonly connected: number;
      readonly voters: number;
      readonly byStakeholderGroup: Readonly<Record<string, number>>;
    }
  | { readonly type: 'leaders'; readonly leaders: readonly Leader[] }
  | { readonly type: 'codes'; readonly codes: readonly string[] }
  | { readonly type: 'box'; readonly box: BallotBox }
  /** The disk takes nothing: the moderator has to know. */
  | { readonly type: 'trouble'; readonly reason: 'disk-full' | 'disk-failed' };
