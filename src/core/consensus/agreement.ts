import { agreements, type Agreement, type PollKind } from './poll.ts';
import type { Counts } from './tally.ts';

/**
 * What counts as agreement. The gradients are those of Sam Kaner and others, "Facilitator's Guide to
 * Participatory Decision-Making": from wholehearted endorsement to a block, with the shades between
 * that a plain vote loses. The eight steps and what they count as:
 *
 *   1 endorse                                  agree
 *   2 endorse, with a small objection          agree
 *   3 have reservations, can live with it      agree
 *   4 no opinion                               pass
 *   5 do not like it, will not stand in its way  pass
 *   6 disagree, go along with the others       disagree
 *   7 disagree, want no part in it             disagree
 *   8 block                                    disagree
 *
 * Whoever stands aside neither supports nor opposes, which is what passing means. The four steps are
 * the same with the shades taken together: full support, can live with it, will not stand in its way,
 * block. To the rule (C2) a block is one disagreement: what it weighs more, it weighs as an objection
 * (C3), which the voter gives beside it, with why.
 */
const gradients: Readonly<Record<'gradient-8' | 'gradient-4', readonly Agreement[]>> = {
  'gradient-8': ['agree', 'agree', 'agree', 'pass', 'pass', 'disagree', 'disagree', 'disagree'],
  'gradient-4': ['agree', 'agree', 'pass', 'disagree'],
};

/** The kinds that ask whether people agree: for these there is a verdict. */
export type AgreementKind = 'agree' | keyof typeof gradients;

export const isAgreementKind = (kind: PollKind): kind is AgreementKind =>
  kind === 'agree' || Object.hasOwn(gradients, kind);

/** How many agree, pass and disagree. */
export type AgreementCounts = Readonly<Record<Agreement, number>>;

const noCounts: AgreementCounts = { agree: 0, pass: 0, disagree: 0 };

export const addAgreement = (a: AgreementCounts, b: AgreementCounts): AgreementCounts => ({
  agree: a.agree + b.agree,
  pass: a.pass + b.pass,
  disagree: a.disagree + b.disagree,
});

/** Agree, pass and disagree together: N of the rule C2. */
export const votesIn = (counts: AgreementCounts): number =>
  counts.agree + counts.pass + counts.disagree;

/** The counts of an agreement or a gradient as agree, pass and disagree. */
export function toAgreement(kind: AgreementKind, counts: Counts): AgreementCounts {
  const sums = { ...noCounts };
  if (kind === 'agree') {
    for (const agreement of agreements) sums[agreement] = counts.by[agreement] ?? 0;
  } else {
    for (const [step, agreement] of gradients[kind].entries()) {
      sums[agreement] += counts.by[String(step + 1)] ?? 0;
    }
  }
  return sums;
}

/** How many steps a gradient has. */
export const gradientSteps = (kind: keyof typeof gradients): number => gradients[kind].length;

/** What step `step` (1, 2, …) of a gradient counts as; undefined where it has no such step. */
export const agreementOfStep = (
  kind: keyof typeof gradients,
  step: number,
): Agreement | undefined => gradients[kind][step - 1];

/**
 * Support as the rule C2 has it: (A + 1) / (N + 2), where A agree of N. It is the estimate that Polis
 * uses for the probability that a member of the group agrees (Small, Bjorkegren, Erkkilä, Shaw and
 * Megill, "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces", Recerca 26(2),
 * 2021): Laplace's rule of succession, by which few votes stay near a half. Between 0 and 1.
 */
export const support = (agree: number, votes: number): number => (agree + 1) / (votes + 2);
