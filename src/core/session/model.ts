import type {
  DeviceId,
  GroupId,
  NoteId,
  ProposalId,
  QuestionId,
  RecommendationId,
  SegmentId,
  SessionId,
} from './ids.ts';
import type { Voting } from './voting-model.ts';

/**
 * The session as plain, immutable objects: what every screen, the report and the exports read.
 * Nothing here knows of Yjs. An object is replaced, never changed; what did not change keeps its
 * identity, so that `===` tells whether to draw again.
 */

/** The version of the documents that this code writes. See `schema.ts` for what older and newer mean. */
export const SCHEMA_VERSION = 1;

export const noteKinds = ['point', 'concern', 'evidence', 'question', 'idea'] as const;
export type NoteKind = (typeof noteKinds)[number];

export const segmentKinds = [
  'introduction',
  'breakout',
  'plenary',
  'conclusions',
  'other',
] as const;
export type SegmentKind = (typeof segmentKinds)[number];

/** A declared stakeholder group or region: `id` is stable, `name` is what people read. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface Question {
  readonly id: QuestionId;
  /** "a", "b", …: its place among the questions that are not deleted. */
  readonly letter: string;
  /** One or two words for tabs and columns: "Value". */
  readonly title: string;
  /** The whole question. */
  readonly text: string;
  readonly order: string;
  readonly deleted: boolean;
}

export interface Group {
  readonly id: GroupId;
  /** 1, 2, …: given when the group is made and never given again. */
  readonly number: number;
  readonly name: string;
  /** Takes part over the internet, with the online moderator. */
  readonly online: boolean;
  readonly order: string;
  readonly deleted: boolean;
}

export interface Segment {
  readonly id: SegmentId;
  readonly title: string;
  readonly kind: SegmentKind;
  /** Planned length; stretching or cutting a segment changes this. */
  readonly minutes: number;
  readonly order: string;
  readonly deleted: boolean;
}

/** Which segment runs and since when; what remains is derived, never stored. */
export interface Clock {
  readonly segmentId: SegmentId | null;
  /** Milliseconds since 1970 by the clock of the laptop that started it; null while stopped. */
  readonly startedAt: number | null;
}

/** Where a recommendation stands: recommendations live in their group's document. */
export interface RecommendationRef {
  readonly groupId: GroupId;
  readonly recommendationId: RecommendationId;
}

export interface Proposal {
  readonly id: ProposalId;
  readonly text: string;
  readonly questionId: QuestionId | null;
  /** The recommendations that it merges, sorted by their ids. M1. */
  readonly sources: readonly RecommendationRef[];
  readonly deviceId: DeviceId;
  readonly createdAt: number;
  readonly order: string;
  readonly deleted: boolean;
}

/** What a person chose to leave out of the report; the report lists it. R1. */
export type OmittableRef = {
  readonly kind: 'note';
  readonly groupId: GroupId;
  readonly id: NoteId;
};

export interface ReportTexts {
  readonly summary: string;
  readonly advice: string;
  /** The feasibility assessment, question by question; a question may have none yet. */
  readonly assessments: Readonly<Record<QuestionId, string>>;
}

export interface Plan {
  readonly schemaVersion: number;
  /** True where the document was written by a newer Caucus: shown, but not to be changed. */
  readonly readOnly: boolean;
  readonly sessionId: SessionId | null;
  readonly title: string;
  readonly description: string;
  /** Whether speakers' names may be noted. */
  readonly attribution: boolean;
  readonly createdAt: number;
  readonly stakeholderGroups: readonly Choice[];
  readonly regions: readonly Choice[];
  /** In order, without the deleted ones. */
  readonly questions: readonly Question[];
  readonly groups: readonly Group[];
  readonly agenda: readonly Segment[];
  readonly clock: Clock;
  readonly proposals: readonly Proposal[];
  readonly deletedProposals: readonly Proposal[];
  readonly voting: Voting;
}

/** What the rapporteur adds to what the groups and the room have said. */
export interface ReportDraft {
  readonly schemaVersion: number;
  /** True where the document was written by a newer Caucus: shown, but not to be changed. */
  readonly readOnly: boolean;
  readonly texts: ReportTexts;
  /** Keys of what was left out, as made by `omissionKey`. */
  readonly omissions: ReadonlySet<string>;
}

/** Of a report that nobody has written in, or that this laptop may not read. */
export const emptyDraft: ReportDraft = {
  schemaVersion: SCHEMA_VERSION,
  readOnly: false,
  texts: { summary: '', advice: '', assessments: {} },
  omissions: new Set(),
};

export interface Note {
  readonly id: NoteId;
  readonly kind: NoteKind;
  readonly questionId: QuestionId | null;
  readonly text: string;
  /** Ids from the plan's lists; null where not noted. */
  readonly stakeholderGroupId: string | null;
  readonly regionId: string | null;
  /** Only where the session allows attribution. */
  readonly speakerName: string | null;
  /** The laptop that it was typed on. */
  readonly deviceId: DeviceId;
  /** Milliseconds since 1970 by that laptop's clock. */
  readonly createdAt: number;
  readonly order: string;
  /** Still being written: it flows and is kept like any note, but does not count as said yet. */
  readonly draft: boolean;
  readonly deleted: boolean;
}

export interface Recommendation {
  readonly id: RecommendationId;
  readonly questionId: QuestionId | null;
  readonly text: string;
  readonly rationale: string;
  /** The notes that it comes from, sorted by id. M1. */
  readonly noteIds: readonly NoteId[];
  readonly deviceId: DeviceId;
  readonly createdAt: number;
  readonly order: string;
  readonly deleted: boolean;
}

export interface ReportBack {
  /** What the facilitator wants to tell the plenary beside the recommendations. */
  readonly text: string;
  /** When the group said that it is ready (milliseconds since 1970); null while it is not. */
  readonly readyAt: number | null;
}

export interface GroupNotes {
  readonly schemaVersion: number;
  readonly readOnly: boolean;
  readonly groupId: GroupId | null;
  /** In order; drafts and deleted ones are apart. */
  readonly notes: readonly Note[];
  /** Notes somebody began and has not finished, empty ones left out. */
  readonly drafts: readonly Note[];
  readonly deletedNotes: readonly Note[];
  readonly recommendations: readonly Recommendation[];
  readonly deletedRecommendations: readonly Recommendation[];
  readonly reportBack: ReportBack;
}

/** The key under which an omission is kept in the plan. */
export const omissionKey = (ref: OmittableRef): string => `${ref.kind}/${ref.groupId}/${ref.id}`;
