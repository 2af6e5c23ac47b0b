import { createContext, use } from 'react';
import type { HubStore } from './hub-store.ts';

export const HubContext = createContext<HubStore | null>(null);

/** How other laptops reach this one, and which of them can be seen. */
export function useHub(): HubStore {
  const hub = use(HubContext);
  if (hub === null) throw new Error('A part of a session’s screen is used outside of it');
  return hub;
}
