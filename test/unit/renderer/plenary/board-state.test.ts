import { describe, expect, it } from 'vitest';
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
