import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProposalId } from '../../../src/core/session/ids.ts';

/**
 * What a person has in hand on the board. Recommendations go by their key (`recommendationKey`).
 * In a store and not in React's state, so that picking one draws one card and not four hundred.
 */
export interface BoardState {
  /** The card that the arrow keys start from; null for the first there is. */
  readonly active: string | null;
  /** In the order in which they were picked: the first gives a new proposal its text. */
  readonly picked: readonly string[];
  /** What is being dragged at the moment. */
  readonly dragged: readonly string[];
  /** The proposal whose text takes the focus because it has just been made. */
  readonly fresh: ProposalId | null;
  /** The menu of proposals to add to is open. */
  readonly choosing: boolean;
}

export type BoardStore = StoreApi<BoardState>;

export const createBoardStore = (): BoardStore =>
  createStore<BoardState>(() => ({
    active: null,
    picked: [],
    dragged: [],
    fresh: null,
    choosing: false,
  }));

/** Picks the recommendation, or puts it back. */
export const togglePicked = (picked: readonly string[], key: string): readonly string[] =>
  picked.includes(key) ? picked.filter((other) => other !== key) : [...picked, key];

/** What M and P work on: what is picked, else the card that the keyboard is on. */
export const inHand = ({
  picked,
  active,
}: Pick<BoardState, 'picked' | 'active'>): readonly string[] =>
  picked.length > 0 ? picked : active === null ? [] : [active];

/** What moves when `key` is dragged: all that is picked if it is one of them, else it alone. */
export const movedWith = (picked: readonly string[], key: string): readonly string[] =>
  picked.includes(key) ? picked : [key];

/** Without what is no longer on the board; the same list where nothing is gone. */
export function stillThere(
  picked: readonly string[],
  there: ReadonlySet<string>,
): readonly string[] {
  return picked.every((key) => there.has(key)) ? picked : picked.filter((key) => there.has(key));
}
