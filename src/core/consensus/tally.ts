import type { Choice } from './poll.ts';

/** What a part of the room has answered. */
export interface Counts {
  readonly ballots: number;
  /**
   * How many for what. Keys: the agreement ("agree"), the step ("3"), the option's id; for a ranking
   * the option's id, a slash and the place that it was given ("o1/2").
   */
  readonly by: Readonly<Record<string, number>>;
}

export interface ShortText {
  /** The ballot's number within the poll, which says nothing about the voter. */
  readonly ballot: string;
  readonly text: string;
  readonly shown: boolean;
}

/**
 * What a poll has come to. The parts are keyed by the declared id; "" are those who declared nothing.
 * There is no cross table: from two small numbers one could read off a vote.
 */
export interface Tally {
  readonly poll: string;
  /** Grows with everything counted, so that an older tally is known to be old. */
  readonly version: number;
  readonly all: Counts;
  readonly byStakeholderGroup: Readonly<Record<string, Counts>>;
  readonly byRegion: Readonly<Record<string, Counts>>;
  readonly byBreakoutGroup: Readonly<Record<string, Counts>>;
  /** text: those that a moderator has let through, and for the desk all of them. */
  readonly texts: readonly ShortText[];
}

/** A line of a quiz's leaderboard. */
export interface Leader {
  readonly place: number;
  readonly name: string;
  readonly points: number;
}

/**
 * A poll's ballots without their voters, in an order that says nothing: what anybody can count again.
 * `checksum` is SHA-256 over `text`, in hexadecimal; the report quotes it.
 */
export interface BallotBox {
  readonly poll: string;
  readonly count: number;
  /** CSV: `choice,stakeholder group`, the choice in JSON; groups too small to judge are pooled. */
  readonly text: string;
  readonly checksum: string;
}

/** One ballot as it is counted. */
export interface CountedBallot {
  readonly choice: Exclude<Choice, null>;
  readonly stakeholderGroup: string;
  readonly region: string;
  readonly breakoutGroup: string;
}
