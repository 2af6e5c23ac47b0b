import { describe, expect, it } from 'vitest';
import { caretAfter, mergeTexts } from '../../../renderer/shared/merge-texts.ts';

describe('merging what was typed with what came meanwhile', () => {
  it('takes the one change where only one side changed something', () => {
    expect(mergeTexts('abc', 'abc', 'abXc')).toBe('abXc');
    expect(mergeTexts('abc', 'abXc', 'abc')).toBe('abXc');
  });

  it('keeps both where they are in different places', () => {
    expect(mergeTexts('makers answer', 'small makers answer', 'makers answer in time')).toBe(
      'small makers answer in time',
    );
  });

  it('keeps both insertions at the same place', () => {
    const merged = mergeTexts('ab', 'aXb', 'aYb');
    expect(merged).toBe('aYXb');
  });

  it('keeps what the others put into a stretch that was cut away here', () => {
    expect(mergeTexts('0123456789', '09', '01234Y56789')).toBe('0Y9');
  });

  it('loses no insertion and brings nothing back (S2), whatever the two sides do', () => {
    const seed = Date.now() % 100_000;
    let state = seed;
    const random = (below: number): number => {
      state = (state * 48_271 + 11) % 2_147_483_647;
      return state % below;
    };
    for (let round = 0; round < 2000; round += 1) {
      const base = Array.from({ length: random(12) }, (_, index) =>
        String.fromCharCode(0x61 + index),
      ).join('');
      const change = (letter: string): { text: string; gone: string; put: string } => {
        const from = random(base.length + 1);
        const to = from + random(base.length - from + 1);
        const put = letter.repeat(random(4));
        return {
          text: base.slice(0, from) + put + base.slice(to),
          gone: base.slice(from, to),
          put,
        };
      };
      const mine = change('X');
      const theirs = change('Y');
      const merged = mergeTexts(base, mine.text, theirs.text);
      const told = `seed ${seed}, round ${round}: ${base} ${mine.text} ${theirs.text} ${merged}`;
      expect(merged.split('X').length - 1, told).toBe(mine.put.length);
      expect(merged.split('Y').length - 1, told).toBe(theirs.put.length);
      const kept = base
        .split('')
        .filter((one) => !mine.gone.includes(one) && !theirs.gone.includes(one));
      expect(merged.replace(/[XY]/gu, ''), told).toBe(kept.join(''));
    }
  });
});

describe('the caret', () => {
  it('stays with the letter that it stood before', () => {
    expect(caretAfter('world', 'hello world', 0)).toBe(0);
    expect(caretAfter('world', 'hello world', 3)).toBe(9);
  });

  it('goes to the edge of what was cut away around it', () => {
    expect(caretAfter('abcdef', 'af', 3)).toBe(1);
  });

  it('finds its word again where others wrote before and behind it', () => {
    expect(caretAfter('makers answer', 'all makers answer in time', 6)).toBe(10);
  });
});
