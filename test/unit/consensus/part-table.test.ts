import { describe, expect, it } from 'vitest';
import { inDeclaredOrder } from '../../../src/core/consensus/declared-order.ts';
import { partTable } from '../../../src/core/consensus/part-table.ts';
import { type PollKind, pollKinds } from '../../../src/core/consensus/poll.ts';
import { POOL } from '../../../src/core/consensus/pool-small-parts.ts';
import type { Counts } from '../../../src/core/consensus/tally.ts';

const options = [
  { id: 'a', text: 'A register' },
  { id: 'b', text: 'A desk' },
];
const form = (kind: PollKind, most = 0) => ({ kind, options, most });
const counts = (ballots: number, by: Readonly<Record<string, number>>): Counts => ({ ballots, by });
const cellsOf = (kind: PollKind, parts: Readonly<Record<string, Counts>>, most = 0) =>
  partTable(form(kind, most), parts)?.rows.map(({ key, cells }) => [key, ...cells]);

describe('a result part by part', () => {
  it('has the share of each answer, several to a ballot too', () => {
    const parts = { civil: counts(10, { a: 5, b: 5 }), '': counts(8, { a: 8, b: 2 }) };
    expect(cellsOf('multiple', parts)).toEqual([
      ['a', 0.5, 1],
      ['b', 0.5, 0.25],
    ]);
    expect(partTable(form('single'), parts)?.parts).toEqual([
      { part: 'civil', ballots: 10 },
      { part: '', ballots: 8 },
    ]);
  });

  it('has places for a ranking, and median and mean for a scale', () => {
    const ranked = { civil: counts(5, { 'a/1': 1, 'a/2': 4, 'b/1': 4, 'b/2': 1 }) };
    expect(cellsOf('ranking', ranked)).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(cellsOf('scale', { civil: counts(5, { 1: 1, 3: 2, 5: 2 }) }, 5)).toEqual([
      ['median', 3],
      ['mean', 3.4],
    ]);
  });

  it('C2: says of a hum how loud it was and never how many hummed, and pools small parts', () => {
    const hum = partTable(form('hum'), {
      civil: counts(6, { 5: 6 }),
      government: counts(2, { 1: 2 }),
      private: counts(3, { 1: 3 }),
    });
    expect(hum).toEqual({
      cells: 'loudness',
      parts: [
        { part: 'civil', ballots: null },
        { part: POOL, ballots: null },
      ],
      rows: [{ key: 'loudness', cells: [1, 0] }],
    });
    expect(JSON.stringify(hum)).not.toMatch(/[2-9]/u);
  });

  it('C2: is none where all are pooled or said nothing: it would be the total again', () => {
    expect(partTable(form('single'), { civil: counts(2, { a: 2 }), x: counts(2, { b: 2 }) })).toBe(
      null,
    );
    expect(partTable(form('single'), { '': counts(20, { a: 20 }) })).toBeNull();
    expect(partTable(form('single'), {})).toBeNull();
  });

  it('is there for the kinds that have one', () => {
    const parts = { civil: counts(9, { a: 9 }) };
    expect(pollKinds.filter((kind) => partTable(form(kind, 3), parts) !== null)).toEqual([
      'single',
      'multiple',
      'ranking',
      'scale',
      'hum',
    ]);
  });

  it('stands in the order in which the parts were declared, the others behind them', () => {
    const lines = ['b', POOL, 'a'].map((part) => ({ part }));
    expect(inDeclaredOrder(lines, [{ id: 'a' }, { id: 'b' }]).map(({ part }) => part)).toEqual([
      'a',
      'b',
      POOL,
    ]);
  });
});
