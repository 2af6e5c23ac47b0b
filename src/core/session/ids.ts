/**
 * Branded identifiers: all are strings on the wire and in the documents, but the compiler keeps a
 * note's id from being passed where a group's is expected.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type SessionId = Branded<'session'>;
export type GroupId = Branded<'group'>;
export type QuestionId = Branded<'question'>;
export type SegmentId = Branded<'segment'>;
export type NoteId = Branded<'note'>;
export type RecommendationId = Branded<'recommendation'>;
export type ProposalId = Branded<'proposal'>;
export type PollId = Branded<'poll'>;
export type ObjectionId = Branded<'objection'>;
export type InboxItemId = Branded<'inbox item'>;
export type TurnId = Branded<'turn'>;
/** One installation of Caucus on one laptop; made once, kept in its storage. */
export type DeviceId = Branded<'device'>;

/** Which of a session's documents: a group's by its id, the plan (null), or the report. */
export type Part = GroupId | null | 'report';

/** What core needs from outside, so that it runs the same everywhere and in tests. */
export interface Context {
  readonly deviceId: DeviceId;
  /** Milliseconds since 1970 by this laptop's clock. */
  readonly now: () => number;
  /** A new identifier, unique across laptops: at least 96 random bits, characters `[0-9A-Za-z_-]`. */
  readonly newId: () => string;
}
