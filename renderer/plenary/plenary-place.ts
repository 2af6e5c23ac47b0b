import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PollId } from '../../src/core/session/ids.ts';

export type PlaceId = 'board' | 'proposals' | 'polls' | 'agenda' | 'people';

/** Where on the plenary screen the moderator is. */
export interface Place {
  readonly place: PlaceId;
  /** The poll that is worked on: "new" while one is being written, null for the room's own. */
  readonly poll: PollId | 'new' | null;
}
export type PlaceStore = StoreApi<Place>;

export const createPlace = (): PlaceStore =>
  createStore<Place>(() => ({ place: 'board', poll: null }));
