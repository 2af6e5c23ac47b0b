import { describe, expect, it } from 'vitest';
import { nextCard, type PlacedCard } from '../../../../renderer/plenary/board/next-card.ts';

const at = (key: string, column: number, top: number): PlacedCard => ({ key, column, top });
/** Column 1 has nothing. */
const cards = [
  at('a1', 0, 0),
  at('a2', 0, 100),
  at('a3', 0, 300),
  at('c1', 2, 90),
  at('c2', 2, 310),
];

describe('where an arrow key leads', () => {
  it('goes up and down within the column and stays at its ends', () => {
    expect(nextCard(cards, 'a1', 'ArrowDown', false)).toBe('a2');
    expect(nextCard(cards, 'a2', 'ArrowUp', false)).toBe('a1');
    expect(nextCard(cards, 'a1', 'ArrowUp', false)).toBe('a1');
    expect(nextCard(cards, 'a3', 'ArrowDown', false)).toBe('a3');
    expect(nextCard(cards, 'a2', 'Home', false)).toBe('a1');
    expect(nextCard(cards, 'a2', 'End', false)).toBe('a3');
  });

  it('goes by what is on the screen, not by the order in the page', () => {
    const shuffled = cards.toReversed();
    expect(nextCard(shuffled, 'a1', 'ArrowDown', false)).toBe('a2');
  });

  it('goes sideways to the card at about the same height, over empty columns', () => {
    expect(nextCard(cards, 'a2', 'ArrowRight', false)).toBe('c1');
    expect(nextCard(cards, 'a3', 'ArrowRight', false)).toBe('c2');
    expect(nextCard(cards, 'c2', 'ArrowLeft', false)).toBe('a3');
    expect(nextCard(cards, 'c1', 'ArrowRight', false)).toBe('c1');
    expect(nextCard(cards, 'a1', 'ArrowLeft', false)).toBe('a1');
  });

  it('turns round where the screen is read from right to left', () => {
    expect(nextCard(cards, 'a2', 'ArrowLeft', true)).toBe('c1');
    expect(nextCard(cards, 'c1', 'ArrowRight', true)).toBe('a2');
  });

  it('begins with the first card where the one it was on is gone', () => {
    expect(nextCard(cards, 'gone', 'ArrowDown', false)).toBe('a1');
    expect(nextCard([], null, 'ArrowDown', false)).toBeNull();
  });
});
