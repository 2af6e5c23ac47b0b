import { describe, expect, it } from 'vitest';
import { itemAt, offsetsOf, sliceOf } from '../../../renderer/facilitator/window-layout.ts';

const offsets = offsetsOf([10, 30, 20, 40]);

describe('a long list', () => {
  it('knows where its items lie', () => {
    expect(offsets).toEqual([0, 10, 40, 60, 100]);
    expect([-5, 0, 9, 10, 39, 59, 99, 500].map((y) => itemAt(offsets, y))).toEqual([
      0, 0, 0, 1, 1, 2, 3, 3,
    ]);
  });

  it('draws what is in sight and leaves room for the rest', () => {
    expect(sliceOf(offsets, 15, 20, 0)).toEqual({ first: 1, end: 2, before: 10, after: 60 });
    expect(sliceOf(offsets, 15, 20, 1)).toEqual({ first: 0, end: 3, before: 0, after: 40 });
  });

  it('draws nothing of nothing', () => {
    expect(sliceOf(offsetsOf([]), 0, 500, 8)).toEqual({ first: 0, end: 0, before: 0, after: 0 });
  });

  it('draws a handful of 10,000', () => {
    const many = offsetsOf(Array.from({ length: 10_000 }, (_, index) => 40 + (index % 3) * 24));
    const { first, end, before, after } = sliceOf(many, 300_000, 800, 8);
    expect(end - first).toBeLessThan(40);
    expect(before + after).toBeGreaterThan(600_000);
  });
});
