import { cleanLine } from '../consensus/clean-line.ts';
import type { PollOption } from '../consensus/poll.ts';
import { type Cell, writeSpreadsheet } from './spreadsheet.ts';

/** Kahoot's limits, as the head row of its own template states them. */
export const KAHOOT_QUESTION_CHARACTERS = 120;
export const KAHOOT_ANSWER_CHARACTERS = 75;
const LEAST_ANSWERS = 2;
const MOST_ANSWERS = 4;
/** The only times that it takes, in seconds. */
export const kahootSeconds: readonly number[] = [5, 10, 20, 30, 60, 90, 120, 240];
/** Where a question has no time of its own; Kahoot knows none without. */
const DEFAULT_SECONDS = 20;

/** A quiz question as the plan has it. */
export interface QuizQuestion {
  readonly id: string;
  readonly question: string;
  readonly options: readonly PollOption[];
  /** The id of the right option. */
  readonly right: string | null;
  /** Null for none: it gets 20 then. */
  readonly seconds: number | null;
}

/** Why Kahoot would not take a question. Lengths in UTF-16 units, the strictest way to count. */
export type KahootProblem =
  | { readonly what: 'question-empty' }
  | { readonly what: 'question-too-long'; readonly characters: number; readonly most: number }
  | {
      readonly what: 'answers';
      readonly count: number;
      readonly least: number;
      readonly most: number;
    }
  | { readonly what: 'answer-empty'; readonly answer: number }
  | {
      readonly what: 'answer-too-long';
      /** 1, 2, …: which one. */
      readonly answer: number;
      readonly characters: number;
      readonly most: number;
    }
  | { readonly what: 'no-right-answer' }
  | { readonly what: 'time'; readonly seconds: number; readonly allowed: readonly number[] };

export interface UnfitQuestion {
  readonly id: string;
  readonly problems: readonly KahootProblem[];
}

export type KahootExport =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** Nothing was written. The list is empty where there was no question at all. */
  | { readonly ok: false; readonly unfit: readonly UnfitQuestion[] };

/** What people typed has no line breaks and nothing unseen in a quiz; `null` where nothing is left. */
const lineOf = (text: string): string | null => cleanLine(text, text.length) ?? null;

function problemsOf({ question, options, right, seconds }: QuizQuestion): readonly KahootProblem[] {
  const problems: KahootProblem[] = [];
  const asked = lineOf(question);
  if (asked === null) problems.push({ what: 'question-empty' });
  else if (asked.length > KAHOOT_QUESTION_CHARACTERS) {
    problems.push({
      what: 'question-too-long',
      characters: asked.length,
      most: KAHOOT_QUESTION_CHARACTERS,
    });
  }
  if (options.length < LEAST_ANSWERS || options.length > MOST_ANSWERS) {
    problems.push({
      what: 'answers',
      count: options.length,
      least: LEAST_ANSWERS,
      most: MOST_ANSWERS,
    });
  }
  for (const [index, { text }] of options.entries()) {
    const answer = lineOf(text);
    if (answer === null) problems.push({ what: 'answer-empty', answer: index + 1 });
    else if (answer.length > KAHOOT_ANSWER_CHARACTERS) {
      problems.push({
        what: 'answer-too-long',
        answer: index + 1,
        characters: answer.length,
        most: KAHOOT_ANSWER_CHARACTERS,
      });
    }
  }
  if (!options.some(({ id }) => id === right)) problems.push({ what: 'no-right-answer' });
  if (seconds !== null && !kahootSeconds.includes(seconds)) {
    problems.push({ what: 'time', seconds, allowed: kahootSeconds });
  }
  return problems;
}

/** The head row in the template's own words: Kahoot finds its columns by them. */
const header: readonly Cell[] = [
  null,
  'Question - max 120 characters',
  ...[1, 2, 3, 4].map((answer) => `Answer ${answer} - max 75 characters`),
  'Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs',
  'Correct answer(s) - choose at least one',
];

/** As in the template: a title and an explanation in column B, the head in row 8, questions below. */
const preamble: readonly (readonly Cell[])[] = [
  [],
  [null, 'Quiz template'],
  [null, 'Questions of a Caucus session, for Kahoot’s “import spreadsheet”.'],
  [],
  [],
  [],
  [],
  header,
];

/**
 * Quiz questions as the spreadsheet that Kahoot imports (.xlsx), laid out like the template that it
 * offers for download. All of them or none: what does not fit is listed with the reason, and nothing
 * is cut or left out in silence.
 */
export function exportKahoot(questions: readonly QuizQuestion[]): KahootExport {
  const unfit = questions
    .map((question) => ({ id: question.id, problems: problemsOf(question) }))
    .filter(({ problems }) => problems.length > 0);
  if (questions.length === 0 || unfit.length > 0) return { ok: false, unfit };
  const rows = questions.map(({ question, options, right, seconds }, index): readonly Cell[] => [
    index + 1,
    lineOf(question),
    ...Array.from({ length: MOST_ANSWERS }, (_, place) => lineOf(options[place]?.text ?? '')),
    seconds ?? DEFAULT_SECONDS,
    options.findIndex(({ id }) => id === right) + 1,
  ]);
  return { ok: true, bytes: writeSpreadsheet('Sheet1', [...preamble, ...rows]) };
}
