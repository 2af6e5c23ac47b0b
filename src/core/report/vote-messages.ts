import type { PollKind } from '../consensus/poll.ts';
import type { VerdictStatus } from '../consensus/verdict-status.ts';
import type { ObjectionState } from '../session/voting-model.ts';
import type { Plural } from './fill-message.ts';

/** The report's words about polls, objections and what the room agreed on. */
export interface VoteMessages {
  readonly intro: string;
  readonly none: string;
  readonly notAsked: Plural;
  readonly kinds: Readonly<Record<PollKind, string>>;
  readonly ballots: Plural;
  readonly hands: Plural;
  readonly objectionCount: Plural;
  /** "4 ballots, and 2 raised hands". */
  readonly ballotsAndHands: string;
  readonly rounds: Plural;
  readonly round: string;
  readonly poll: string;
  readonly box: string;
  readonly resultNotHere: string;
  readonly stillOpen: string;
  /** "P1: rough consensus". */
  readonly heading: string;
  readonly headingWithdrawn: string;
  readonly short: Readonly<Record<VerdictStatus, string>>;
  readonly notJudged: string;
  readonly status: Readonly<Record<VerdictStatus, string>>;
  readonly noVerdict: string;
  readonly dissents: Plural;
  readonly confirmedBy: string;
  readonly decidedAgainst: string;
  readonly onAnotherRound: string;
  readonly seeVote: string;
  readonly support: {
    readonly caption: string;
    readonly byRegion: string;
    readonly byGroup: string;
    readonly stakeholder: string;
    readonly region: string;
    readonly group: string;
    readonly agree: string;
    readonly pass: string;
    readonly disagree: string;
    readonly votes: string;
    readonly support: string;
    readonly change: string;
    readonly tooFew: string;
    readonly fromHands: string;
    readonly undeclared: string;
    readonly pooled: string;
    readonly explained: string;
  };
  readonly objections: {
    readonly title: string;
    readonly elsewhere: string;
    readonly from: string;
    readonly fromUndeclared: string;
    readonly states: Readonly<Record<ObjectionState, string>>;
    /** "withdrawn" of one that no phone made. */
    readonly withdrawnByModerator: string;
    readonly how: string;
  };
  readonly divisive: {
    readonly heading: string;
    readonly proposal: string;
    readonly most: string;
    readonly least: string;
    readonly difference: string;
    readonly part: string;
    readonly explained: string;
  };
  readonly others: {
    readonly heading: string;
    readonly option: string;
    readonly count: string;
    readonly share: string;
    readonly place: string;
    readonly points: string;
    readonly firsts: string;
    readonly step: string;
    readonly right: string;
    readonly borda: string;
    readonly scale: string;
    readonly hum: string;
    readonly loudness: readonly [string, string, string, string, string];
    readonly texts: string;
    readonly noTexts: string;
    readonly textsNotShown: Plural;
    readonly noBallots: string;
    readonly removed: string;
    readonly removedPoll: string;
  };
  readonly parts: {
    readonly byStakeholderGroup: string;
    readonly byRegion: string;
    readonly byGroup: string;
    /** "Government (8 ballots)". */
    readonly of: string;
    readonly median: string;
    readonly mean: string;
    readonly loudness: string;
    readonly places: string;
  };
  readonly leaders: {
    readonly heading: string;
    readonly place: string;
    readonly name: string;
    readonly points: string;
    readonly noName: string;
    readonly explained: string;
  };
  readonly voters: {
    readonly heading: string;
    readonly intro: string;
    readonly phones: string;
    readonly hands: string;
  };
  readonly openObjections: Plural;
  readonly openPolls: Plural;
  readonly handsDiffer: Plural;
  readonly notConfirmed: Plural;
}
