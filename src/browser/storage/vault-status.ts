import type { VaultTrouble } from './vault-link.ts';

/** How this laptop's second copy stands. */
export type VaultStatus =
  /** There is none here, or nothing is known of one yet. */
  | { readonly state: 'absent' }
  /** It has all that is stored. */
  | { readonly state: 'current' }
  | { readonly state: 'writing' }
  /** It lacks something, or may; kept trying. */
  | { readonly state: 'failed'; readonly reason: Exclude<VaultTrouble, 'absent'> };

/** Sessions that the browser had not, and that the second copy gave back. */
export interface Restored {
  readonly titles: readonly string[];
  /** Milliseconds since 1970 by this laptop's clock. */
  readonly at: number;
}
