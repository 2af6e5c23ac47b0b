import type { Plan, Proposal } from '../../../src/core/session/model.ts';

/** What the room sees: what runs now, or one proposal. */
export type Slide =
  | { readonly kind: 'segment' }
  | { readonly kind: 'proposal'; readonly proposal: Proposal; readonly number: number };

/** The running segment first, then the proposals in their order. */
export const slidesOf = (plan: Pick<Plan, 'proposals'>): readonly Slide[] => [
  { kind: 'segment' },
  ...plan.proposals.map((proposal, index): Slide => ({
    kind: 'proposal',
    proposal,
    number: index + 1,
  })),
];

export const slideId = (slide: Slide): string =>
  slide.kind === 'segment' ? 'segment' : slide.proposal.id;

/** The slide `by` places further, and never beyond either end. Where `from` is gone: the first. */
export function slideAfter(slides: readonly Slide[], from: string, by: number): string {
  const here = slides.findIndex((slide) => slideId(slide) === from);
  const there = slides[Math.min(slides.length - 1, Math.max(0, here === -1 ? 0 : here + by))];
  return there === undefined ? 'segment' : slideId(there);
}
