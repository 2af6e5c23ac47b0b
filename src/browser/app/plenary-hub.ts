import type { Place } from '../sync/hub-places.ts';
import type { SessionRecord } from './types.ts';

/**
 * Whether the hub that answers at this place is the plenary laptop's, by whose clock everybody goes.
 * Where the ticket names that hub's key, no other is: addresses change hands, and a group's laptop may
 * run a hub too. `hubId` is the fingerprint of the key that it has shown, null where it has shown none.
 */
export const isPlenaryHub = (
  record: Pick<SessionRecord, 'hubId'>,
  place: Pick<Place, 'plenary'>,
  hubId: string | null,
): boolean => place.plenary && (record.hubId ?? hubId) === hubId;
