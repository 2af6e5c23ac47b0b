import { createContext, use } from 'react';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { HubStore } from '../session/hub-store.ts';
import type { BoardStore } from './board/board-state.ts';
import type { LaptopMemory } from './laptop-memory.ts';
import type { HandedOut } from './people/handed-out.ts';
import type { PlaceStore } from './plenary-place.ts';
import type { PlenaryActions } from './plenary-actions.ts';
import type { PollActions } from './polls/poll-actions.ts';
import type { Seen } from './seen.ts';

/** What all parts of the plenary screen share. None of it changes while the screen is open. */
export interface PlenaryParts {
  readonly session: OpenedSession;
  readonly board: BoardStore;
  readonly seen: Seen;
  readonly hub: HubStore;
  readonly handedOut: HandedOut;
  readonly memory: LaptopMemory;
  readonly actions: PlenaryActions;
  readonly place: PlaceStore;
  readonly polls: PollActions;
}

export const PlenaryContext = createContext<PlenaryParts | null>(null);

export function usePlenary(): PlenaryParts {
  const parts = use(PlenaryContext);
  if (parts === null) throw new Error('A part of the plenary screen is used outside of it');
  return parts;
}
