import { recommendationKey } from '../../../src/core/session/provenance.ts';
import type { QuestionId } from '../../../src/core/session/ids.ts';
import type {
  Note,
  Plan,
  Proposal,
  Question,
  Recommendation,
} from '../../../src/core/session/model.ts';
import { type Findings, hasLooseNotes } from '../findings.ts';

/** Which question the board shows: one, or all of them below each other. */
export type QuestionChoice = QuestionId | 'all';

/** One row of the board: a question, or null for what belongs to none. */
export type BoardRow = Question | null;

/** Whether something belongs to no question, or to one that is gone. */
export function hasLoose(questions: readonly Question[], findings: Findings): boolean {
  const known = new Set<QuestionId | null>(questions.map(({ id }) => id));
  return [...findings.values()].some(
    ({ recommendations, notes }) =>
      hasLooseNotes(notes) || recommendations.some(({ questionId }) => !known.has(questionId)),
  );
}

/** The rows that the board shows; `loose` asks for one more, for what belongs to no question. */
export function boardRows(
  questions: readonly Question[],
  choice: QuestionChoice,
  loose: boolean,
): readonly BoardRow[] {
  const chosen = questions.find(({ id }) => id === choice);
  if (chosen !== undefined) return [chosen];
  return loose ? [...questions, null] : questions;
}

/** What of a list belongs into each row; what belongs to a question that is gone goes to null. */
export function byRow<T extends Pick<Recommendation | Note, 'questionId'>>(
  items: readonly T[],
  questions: readonly Question[],
): ReadonlyMap<QuestionId | null, readonly T[]> {
  const rows = new Map<QuestionId | null, T[]>(questions.map(({ id }) => [id, []]));
  const rest: T[] = [];
  rows.set(null, rest);
  for (const item of items) (rows.get(item.questionId) ?? rest).push(item);
  return rows;
}

/** Whether any group has said anything yet: then there are rows to show. */
export const hasAnything = (findings: Findings): boolean =>
  [...findings.values()].some(
    ({ recommendations, notes }) => recommendations.length > 0 || notes.length > 0,
  );

/** How many recommendations each question has from all groups; "all" is their sum. */
export function countByQuestion(
  plan: Pick<Plan, 'groups'>,
  findings: Findings,
): ReadonlyMap<QuestionChoice | null, number> {
  const counts = new Map<QuestionChoice | null, number>([['all', 0]]);
  const add = (key: QuestionChoice | null): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { id } of plan.groups) {
    for (const { questionId } of findings.get(id)?.recommendations ?? []) {
      add('all');
      add(questionId);
    }
  }
  return counts;
}

/** In which proposals each recommendation is, as the numbers that people see, by its key. */
export function proposalNumbers(
  proposals: readonly Proposal[],
): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, number[]>();
  for (const [index, { sources }] of proposals.entries()) {
    for (const source of sources) {
      const key = recommendationKey(source);
      numbers.set(key, [...(numbers.get(key) ?? []), index + 1]);
    }
  }
  return numbers;
}

/**
 * `proposalNumbers` that gives the same map again while the proposals' sources stay the same: their
 * texts change with every key, and the whole board would be drawn again.
 */
export function createNumbering(): typeof proposalNumbers {
  let signature = '';
  let known: ReturnType<typeof proposalNumbers> = new Map();
  return (proposals) => {
    const now = proposals.map(({ sources }) => sources.map(recommendationKey).join(' ')).join('|');
    if (now !== signature) {
      signature = now;
      known = proposalNumbers(proposals);
    }
    return known;
  };
}
