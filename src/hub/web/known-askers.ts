import { createPurses } from './allowance.ts';
import type { DoorLimits } from './door-limits.ts';

/** Who asks, as the head of the request has shown. */
export type Asker =
  | { readonly kind: 'voter'; readonly voter: string }
  /** Which laptop it is, is its own word; that it has the document's key is sure. */
  | { readonly kind: 'laptop'; readonly laptop: string; readonly documentId: string };

/**
 * Counts what those ask whom the hub knows; false where it is one too many, which then counts as its
 * address's. All laptops of a document share a second purse, because who has its key can make up
 * laptops; and only as much comes out of that as one laptop may ask.
 */
export function createKnownAskers(
  limits: Pick<DoorLimits, 'ofOneVoter' | 'ofOneLaptop' | 'ofOneDocument'>,
  now: () => number,
): (asker: Asker) => boolean {
  const voters = createPurses(limits.ofOneVoter, now);
  const laptops = createPurses(limits.ofOneLaptop, now);
  const documents = createPurses(limits.ofOneDocument, now);
  return (asker) =>
    asker.kind === 'voter'
      ? voters(asker.voter).take(1)
      : laptops(`${asker.documentId} ${asker.laptop}`).take(1) &&
        documents(asker.documentId).take(1);
}
