import type { PollForm } from './poll.ts';
import { type CountsByPart, POOL, poolParts } from './pool-small-parts.ts';
import { rankingResult } from './ranking-result.ts';
import { loudness, stepResult } from './step-result.ts';
import type { Counts } from './tally.ts';

/** How the parts of the room answered a poll that asks for no agreement, side by side. */
export interface PartTable {
  /** What a cell is: a share of the part's ballots, a place, a step, a loudness from 0 to 1. */
  readonly cells: 'share' | 'place' | 'step' | 'loudness';
  readonly parts: readonly {
    /** The declared id; "" are those who declared nothing, `POOL` the small parts taken together. */
    readonly part: string;
    /** How many; null for a hum, which is never counted (RFC 7282). */
    readonly ballots: number | null;
  }[];
  /** For each option in its order, or "median" and "mean" of a scale, or "loudness". */
  readonly rows: readonly { readonly key: string; readonly cells: readonly number[] }[];
}

/**
 * The result part by part: shares for choices, places for a ranking, median and mean for a scale, the
 * loudness of a hum. Small parts are pooled as everywhere (C2). Null for the kinds that are judged by
 * agreement (`supportLines`) or that have no such result, and where it would be the total again,
 * because nobody declared anything or all are pooled.
 */
export function partTable(
  { kind, options, most }: Pick<PollForm, 'kind' | 'options' | 'most'>,
  counts: CountsByPart,
): PartTable | null {
  const parts = Object.entries(poolParts(counts)).toSorted(([a], [b]) => rank(a) - rank(b));
  if (parts.every(([part]) => part === POOL || part === '')) return null;
  const rowsOf = (
    cells: PartTable['cells'],
    rows: readonly (readonly [string, (counts: Counts) => number])[],
  ): PartTable => ({
    cells,
    parts: parts.map(([part, { ballots }]) => ({
      part,
      ballots: cells === 'loudness' ? null : ballots,
    })),
    rows: rows.map(([key, cell]) => ({ key, cells: parts.map(([, counts]) => cell(counts)) })),
  });
  switch (kind) {
    case 'single':
    case 'multiple':
      return rowsOf(
        'share',
        options.map(({ id }) => [id, ({ ballots, by }) => (by[id] ?? 0) / ballots]),
      );
    case 'ranking':
      return rowsOf(
        'place',
        options.map(({ id }) => [
          id,
          (counts) =>
            rankingResult(options, counts).find(({ option }) => option === id)?.place ?? 0,
        ]),
      );
    case 'scale':
      return rowsOf('step', [
        ['median', (counts) => stepResult(most, counts).median ?? 0],
        ['mean', (counts) => stepResult(most, counts).mean ?? 0],
      ]);
    case 'hum':
      return rowsOf('loudness', [['loudness', loudness]]);
    case 'agree':
    case 'gradient-8':
    case 'gradient-4':
    case 'text':
    case 'quiz':
      break;
  }
  return null;
}

/** Declared ones as they come, then those who declared nothing, then the pool. */
const rank = (part: string): number => (part === POOL ? 2 : part === '' ? 1 : 0);
