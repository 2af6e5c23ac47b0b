/**
 * A poll as a voter sees it, and what a voter may answer. Plain data: the phone page, the hub and the
 * app all use it, so nothing is imported here.
 */

export const pollKinds = [
  /** agree / pass / disagree: what the rule of rough consensus (C2) is made for. */
  'agree',
  /** Gradient of agreement in Kaner's eight steps, 1 (endorse) to 8 (block). */
  'gradient-8',
  /** The same in four steps, 1 (full support) to 4 (block). */
  'gradient-4',
  'single',
  'multiple',
  'ranking',
  /** A whole number from 1 to `most`. */
  'scale',
  /** How strongly, 1 (silent) to 5 (loud); shown as a loudness, never as counts. RFC 7282. */
  'hum',
  /** A short text; shown to the room only once a moderator lets it through. */
  'text',
  /** One option is right, and who is quick gets more points. */
  'quiz',
] as const;
export type PollKind = (typeof pollKinds)[number];

export interface PollOption {
  readonly id: string;
  readonly text: string;
}

/** What is asked. It does not change once it has been opened. */
export interface PollForm {
  readonly id: string;
  readonly kind: PollKind;
  readonly question: string;
  /** For single, multiple, ranking and quiz; empty otherwise. */
  readonly options: readonly PollOption[];
  /** multiple: how many may be chosen. scale: the highest step. Otherwise 0. */
  readonly most: number;
  /** Whether "I cannot live with this" is beside it: polls about a proposal. C3 */
  readonly objections: boolean;
}

export const agreements = ['agree', 'pass', 'disagree'] as const;
export type Agreement = (typeof agreements)[number];

/**
 * What one voter answers: an agreement; a step (1, 2, …) of a gradient, a scale or a hum; ids of
 * options (one for single and quiz, some for multiple, all in order of preference for ranking); or a
 * text. Null takes the answer back.
 */
export type Choice = Agreement | number | readonly string[] | { readonly text: string } | null;

export const HUM_STEPS = 5;
export const MAX_POLL_TEXT_CHARACTERS = 280;
export const MAX_OBJECTION_CHARACTERS = 500;
export const MAX_OPTIONS = 20;
