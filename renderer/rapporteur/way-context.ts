import { createContext, use } from 'react';

/** The way to the places of the report, for every reference in it. */
export interface Way {
  readonly hrefOf: (anchor: string) => string;
  /** Shows the place and takes the keyboard there. */
  readonly goTo: (anchor: string) => void;
}

export const WayContext = createContext<Way | null>(null);

export function useWay(): Way {
  const way = use(WayContext);
  if (way === null) throw new Error('A reference is used outside of the report screen');
  return way;
}
