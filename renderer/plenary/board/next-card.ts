/** A card where it stands on the screen. */
export interface PlacedCard {
  readonly key: string;
  /** The place of its column, counted in reading direction. */
  readonly column: number;
  /** Distance of its upper edge from anything fixed, in CSS pixels. */
  readonly top: number;
}

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

export const isArrow = (key: string): key is Arrow =>
  ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key);

/**
 * The card that an arrow key leads to: above or below within the column; sideways the one at about
 * the same height in the next column that has any. Home and End: first and last of the column.
 * Returns `from` where there is nothing further, and the first card where `from` is gone.
 */
export function nextCard(
  cards: readonly PlacedCard[],
  from: string | null,
  arrow: Arrow,
  rightToLeft: boolean,
): string | null {
  const here = cards.find(({ key }) => key === from);
  if (here === undefined) return cards[0]?.key ?? null;
  const column = inColumn(cards, here.column);
  const place = column.indexOf(here);
  if (arrow === 'ArrowUp') return column[Math.max(0, place - 1)]?.key ?? here.key;
  if (arrow === 'ArrowDown') return column[Math.min(column.length - 1, place + 1)]?.key ?? here.key;
  if (arrow === 'Home') return column[0]?.key ?? here.key;
  if (arrow === 'End') return column.at(-1)?.key ?? here.key;
  const forward = (arrow === 'ArrowRight') !== rightToLeft;
  const columns = cards.map((card) => card.column);
  const target = forward
    ? Math.min(...columns.filter((other) => other > here.column))
    : Math.max(...columns.filter((other) => other < here.column));
  return nearest(inColumn(cards, target), here.top)?.key ?? here.key;
}

const inColumn = (cards: readonly PlacedCard[], column: number): readonly PlacedCard[] =>
  cards.filter((card) => card.column === column).toSorted((a, b) => a.top - b.top);

function nearest(cards: readonly PlacedCard[], top: number): PlacedCard | undefined {
  return cards.toSorted((a, b) => Math.abs(a.top - top) - Math.abs(b.top - top))[0];
}
