import type { Plan, Proposal } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';

/** What the room sees: what runs now, the poll that it is asked, or one proposal. */
export type Slide =
  | { readonly kind: 'segment' }
  | { readonly kind: 'poll'; readonly poll: Poll }
  | { readonly kind: 'proposal'; readonly proposal: Proposal; readonly number: number };

/** The poll that the room looks at; null where it looks at none. */
export const pollInView = ({ voting }: Pick<Plan, 'voting'>): Poll | null =>
  voting.polls.find(({ id }) => id === voting.currentPollId) ?? null;

/** The running segment first, then the poll, then the proposals in their order. */
export function slidesOf(plan: Pick<Plan, 'proposals' | 'voting'>): readonly Slide[] {
  const poll = pollInView(plan);
  return [
    { kind: 'segment' },
    ...(poll === null ? [] : [{ kind: 'poll' as const, poll }]),
    ...plan.proposals.map((proposal, index): Slide => ({
      kind: 'proposal',
      proposal,
      number: index + 1,
    })),
  ];
}

export const slideId = (slide: Slide): string =>
  slide.kind === 'proposal' ? slide.proposal.id : slide.kind;

/** The slide `by` places further, and never beyond either end. Where `from` is gone: the first. */
export function slideAfter(slides: readonly Slide[], from: string, by: number): string {
  const here = slides.findIndex((slide) => slideId(slide) === from);
  const there = slides[Math.min(slides.length - 1, Math.max(0, here === -1 ? 0 : here + by))];
  return there === undefined ? 'segment' : slideId(there);
}
