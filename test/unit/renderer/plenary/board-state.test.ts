import { describe, expect, it } from 'vitest';
import { shorten } from '../../../../renderer/plenary/board/shorten.ts';
import {
  inHand,
  movedWith,
  stillThere,
  togglePicked,
} from '../../../../renderer/plenary/board/board-state.ts';

describe('what is picked on the board', () => {
  it('keeps the order of picking, and puts back what is picked twice', () => {
    expect(togglePicked(['b'], 'a')).toEqual(['b', 'a']);
    expect(togglePicked(['b', 'a'], 'b')).toEqual(['a']);
  });

  it('works on the card under the keyboard where nothing is picked', () => {
    expect(inHand({ picked: [], active: 'a' })).toEqual(['a']);
    expect(inHand({ picked: ['b'], active: 'a' })).toEqual(['b']);
    expect(inHand({ picked: [], active: null })).toEqual([]);
  });

  it('drags all that is picked only where the dragged card is one of them', () => {
    expect(movedWith(['a', 'b'], 'b')).toEqual(['a', 'b']);
    expect(movedWith(['a', 'b'], 'c')).toEqual(['c']);
  });

  it('lets go of what is no longer there, and is the same list where nothing is gone', () => {
    const picked = ['a', 'b'];
    expect(stillThere(picked, new Set(['a', 'b', 'c']))).toBe(picked);
    expect(stillThere(picked, new Set(['b']))).toEqual(['b']);
  });
});

describe('a very long text', () => {
  it('is shown by its beginning, cut between words', () => {
    expect(shorten('short enough', 12)).toBe('short enough');
    expect(shorten('one two three four', 12)).toBe('one two…');
  });

  it('is cut anywhere where there are no words, but never within a character', () => {
    expect(shorten('字'.repeat(20), 10)).toBe(`${'字'.repeat(10)}…`);
    expect(shorten('👩'.repeat(20), 9)).toBe(`${'👩'.repeat(4)}…`);
    expect(shorten(`a ${'x'.repeat(200_000)}`, 10)).toBe('a xxxxxxxx…');
  });
});
