import { MAX_OPTIONS, type PollKind, pollKinds, type PollOption } from '../consensus/poll.ts';
import type { ProposalId } from './ids.ts';
import { MAX_TITLE_LENGTH } from './schema.ts';

/** What is asked. For a poll about a proposal, an empty question is the proposal's text. */
export interface PollInput {
  readonly proposalId: ProposalId | null;
  readonly kind: PollKind;
  readonly question: string;
  readonly options: readonly PollOption[];
  readonly most: number;
  readonly seconds: number | null;
  /** quiz: the id of the right option. */
  readonly right: string | null;
}

/** What a voter reads in one go on a phone; longer proposals are cut there. UTF-16 code units. */
const MAX_QUESTION_LENGTH = 1_000;
const MAX_COUNTDOWN_SECONDS = 60 * 60;

const needsOptions: readonly PollKind[] = ['single', 'multiple', 'ranking', 'quiz'];

/** Null is none. */
export const isCountdown = (seconds: number | null): boolean =>
  seconds === null ||
  (Number.isFinite(seconds) && seconds >= 1 && seconds <= MAX_COUNTDOWN_SECONDS);

/** What is asked, as long as a phone shows it. */
export const asQuestion = (text: string): string =>
  text.length <= MAX_QUESTION_LENGTH ? text : `${text.slice(0, MAX_QUESTION_LENGTH - 1)}…`;

/** Why nobody could answer it; null where they can. */
export function pollFault(input: PollInput): 'empty' | 'too-long' | 'not-allowed' | null {
  const { kind, options, most, right } = input;
  if (input.question === '') return 'empty';
  if (!pollKinds.includes(kind) || !isCountdown(input.seconds)) return 'not-allowed';
  if (needsOptions.includes(kind)) {
    if (options.length < 2 || options.length > MAX_OPTIONS) return 'not-allowed';
    if (options.some(({ text }) => text.trim() === '')) return 'empty';
    if (options.some(({ text }) => text.length > MAX_TITLE_LENGTH)) return 'too-long';
    if (new Set(options.map(({ id }) => id)).size < options.length) return 'not-allowed';
  }
  if (kind === 'multiple' && !isBetween(most, 1, options.length)) return 'not-allowed';
  if (kind === 'scale' && !isBetween(most, 2, 10)) return 'not-allowed';
  if (kind === 'quiz' && !options.some(({ id }) => id === right)) return 'not-allowed';
  return null;
}
const isBetween = (n: number, low: number, high: number): boolean =>
  Number.isInteger(n) && n >= low && n <= high;

/** The fields of its entry in the plan; what its kind has no use for is left empty. */
export function pollFields({ kind, question, options, most, seconds, right }: PollInput) {
  const chosen = needsOptions.includes(kind) ? options : [];
  return {
    kind,
    question,
    options: JSON.stringify(chosen.map(({ id, text }) => ({ id, text: text.trim() }))),
    most: kind === 'multiple' || kind === 'scale' ? most : 0,
    seconds,
    right: kind === 'quiz' ? right : null,
  };
}
