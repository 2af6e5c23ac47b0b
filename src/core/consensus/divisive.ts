import type { SupportLine } from './support-lines.ts';

/** How a proposal stands between the parts of the room. */
export interface Division {
  /**
   * Group-informed consensus as Polis has it: the product of the support over the judged parts,
   * between 0 and 1; high only where every part agrees (Small, Bjorkegren, Erkkilä, Shaw and Megill,
   * "Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces", Recerca 26(2), 2021).
   * The more parts, the smaller: it compares proposals that the same room voted on, and nothing else.
   */
  readonly groupInformed: number;
  /** The largest difference in support between two judged parts, between 0 and 1; 0 for one part. */
  readonly difference: number;
  /** The judged part that supports it most, and the one that does least. */
  readonly most: string;
  readonly least: string;
}

/** Null where no part has enough votes to be judged. */
export function divisionOf(lines: readonly SupportLine[]): Division | null {
  const judged = lines
    .filter((line) => line.judged)
    .toSorted((a, b) => b.support - a.support || (a.part < b.part ? -1 : 1));
  const most = judged[0];
  const least = judged.at(-1);
  if (!most || !least) return null;
  return {
    groupInformed: judged.reduce((product, line) => product * line.support, 1),
    difference: most.support - least.support,
    most: most.part,
    least: least.part,
  };
}

/** Differences that are the same as fractions may differ in their last binary digit. */
const inBillionths = (share: number): number => Math.round(share * 1e9);

/**
 * Proposals with those first over which the parts of the room differ most; by how little all support
 * them where they differ alike. Those that cannot be judged are left out.
 */
export const mostDivisive = <Proposal extends { readonly lines: readonly SupportLine[] }>(
  proposals: readonly Proposal[],
): readonly (Proposal & { readonly division: Division })[] =>
  proposals
    .flatMap((proposal) => {
      const division = divisionOf(proposal.lines);
      return division ? [{ ...proposal, division }] : [];
    })
    .toSorted(
      (a, b) =>
        inBillionths(b.division.difference) - inBillionths(a.division.difference) ||
        inBillionths(a.division.groupInformed) - inBillionths(b.division.groupInformed),
    );
