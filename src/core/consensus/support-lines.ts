import {
  addAgreement,
  support,
  toAgreement,
  votesIn,
  type AgreementCounts,
  type AgreementKind,
} from './agreement.ts';
import { ENOUGH, POOL, poolParts, type CountsByPart } from './pool-small-parts.ts';

/** A show of hands, counted by the moderator: those who have no phone. */
export interface HandCount extends AgreementCounts {
  /** The declared stakeholder group; "" where nobody asked. */
  readonly stakeholderGroup: string;
}

/** How far one part of the room supports something. */
export interface SupportLine extends AgreementCounts {
  /** The declared id; "" are those who declared nothing, `POOL` the small parts taken together. */
  readonly part: string;
  /** Agree, pass and disagree together. */
  readonly votes: number;
  /** (agree + 1) / (votes + 2), between 0 and 1. C2 */
  readonly support: number;
  /** Whether there are enough votes to judge this part by. */
  readonly judged: boolean;
  /** How many of the votes were counted by a show of hands. */
  readonly fromHands: number;
}

const line = (
  part: string,
  counts: AgreementCounts,
  fromHands: number,
  enough: number,
): SupportLine => {
  const votes = votesIn(counts);
  return {
    part,
    agree: counts.agree,
    pass: counts.pass,
    disagree: counts.disagree,
    votes,
    support: support(counts.agree, votes),
    judged: votes >= enough,
    fromHands,
  };
};

/** By id, then those who declared nothing, then the pool. */
const rank = (part: string): number => (part === POOL ? 2 : part === '' ? 1 : 0);
const inOrder = (a: SupportLine, b: SupportLine): number =>
  rank(a.part) - rank(b.part) || (a.part < b.part ? -1 : 1);

/**
 * A line for each part of the room, small parts pooled; `parts` may be pooled already.
 *
 * Hands were seen by the whole room, so there is nothing to hide about them: they are added to their
 * group's line where it has one. Where its phones are pooled they make a line of their own if there
 * are enough of them, and are pooled with the phones otherwise.
 */
export function supportLines(
  kind: AgreementKind,
  parts: CountsByPart,
  hands: readonly HandCount[] = [],
  enough: number = ENOUGH,
): readonly SupportLine[] {
  const sums = new Map<string, { counts: AgreementCounts; fromHands: number }>();
  const add = (part: string, counts: AgreementCounts, fromHands: number): void => {
    const before = sums.get(part);
    sums.set(part, {
      counts: before ? addAgreement(before.counts, counts) : counts,
      fromHands: (before?.fromHands ?? 0) + fromHands,
    });
  };
  const handsOf = new Map<string, AgreementCounts>();
  for (const hand of hands) {
    const before = handsOf.get(hand.stakeholderGroup);
    handsOf.set(hand.stakeholderGroup, before ? addAgreement(before, hand) : hand);
  }
  for (const [part, counts] of Object.entries(poolParts(parts, enough))) {
    add(part, toAgreement(kind, counts), 0);
  }
  for (const [part, counts] of handsOf) {
    const raised = votesIn(counts);
    if (raised === 0) continue;
    add(sums.has(part) || raised >= enough ? part : POOL, counts, raised);
  }
  return Array.from(sums, ([part, { counts, fromHands }]) =>
    line(part, counts, fromHands, enough),
  ).toSorted(inOrder);
}
