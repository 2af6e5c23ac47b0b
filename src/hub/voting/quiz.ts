import { leadersOf } from '../../core/consensus/leaders.ts';
import { quizPoints } from '../../core/consensus/quiz-points.ts';
import type { Leader } from '../../core/consensus/tally.ts';
import type { VotingState } from './state.ts';

export interface Score {
  readonly points: number;
  /** Who has as many shares the place; 0 for who has none. */
  readonly place: number;
}

export interface Scores {
  readonly of: (voter: string) => Score;
  readonly leaders: readonly Leader[];
  /** Whether anybody has answered here: a hub without answers knows nothing of a standing. */
  readonly hasAnswers: boolean;
  /** Everybody who has points. */
  readonly voters: readonly string[];
}

const LEADERS = 10;
const none: Score = { points: 0, place: 0 };
export const noScores: Scores = {
  of: () => none,
  leaders: [],
  hasAnswers: false,
  voters: [],
};

/**
 * What all closed questions of the quiz have come to, by the times that the hub has measured. One
 * without a right option gives no points: a deleted one is said without it.
 */
export function scoresOf({ polls, ballots, voters }: VotingState): Scores {
  const points = new Map<string, number>();
  let hasAnswers = false;
  for (const { form, open, right, limitMs } of polls.values()) {
    if (form.kind !== 'quiz') continue;
    const answers = ballots.get(form.id);
    hasAnswers ||= answers !== undefined && answers.size > 0;
    if (open || right === null) continue;
    for (const [voter, { choice, ms }] of answers ?? []) {
      const isRight = Array.isArray(choice) && choice[0] === right;
      const worth = quizPoints(isRight, ms, limitMs);
      if (worth > 0) points.set(voter, (points.get(voter) ?? 0) + worth);
    }
  }
  const sorted = [...points].toSorted(([, a], [, b]) => b - a);
  const scores = new Map<string, Score>();
  let last: Score = none;
  sorted.forEach(([voter, sum], index) => {
    last = { points: sum, place: sum === last.points ? last.place : index + 1 };
    scores.set(voter, last);
  });
  return {
    of: (voter) => scores.get(voter) ?? none,
    leaders: leadersOf(
      sorted.map(([voter, sum]) => ({ name: voters.get(voter)?.name ?? '', points: sum })),
      LEADERS,
    ),
    hasAnswers,
    voters: [...scores.keys()],
  };
}
