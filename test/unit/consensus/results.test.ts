import { describe, expect, it } from 'vitest';
import { divisionOf, mostDivisive } from '../../../src/core/consensus/divisive.ts';
import { leadersOf } from '../../../src/core/consensus/leaders.ts';
import { quizPoints } from '../../../src/core/consensus/quiz-points.ts';
import { rankingResult } from '../../../src/core/consensus/ranking-result.ts';
import { changeBetween } from '../../../src/core/consensus/rounds.ts';
import { loudness, stepResult } from '../../../src/core/consensus/step-result.ts';
import { supportLines } from '../../../src/core/consensus/support-lines.ts';
import type { Counts } from '../../../src/core/consensus/tally.ts';
import { type Verdict, verdictOf } from '../../../src/core/consensus/verdict.ts';
import { countBallots } from '../../../src/core/consensus/count.ts';
import { agreeing, form } from './forms.ts';

const lines = (groups: Readonly<Record<string, Counts>>) => supportLines('agree', groups);

describe('divisive proposals', () => {
  it('have parts that differ in support; the product is high only where all agree', () => {
    expect(divisionOf(lines({ gov: agreeing(1, 1, 4), tech: agreeing(8, 0, 0) }))).toEqual({
      groupInformed: (2 / 8) * (9 / 10),
      difference: 9 / 10 - 2 / 8,
      most: 'tech',
      least: 'gov',
    });
  });

  it('are judged by parts with enough votes only', () => {
    expect(divisionOf(lines({ gov: agreeing(0, 0, 3) }))).toBe(null);
    expect(divisionOf([])).toBe(null);
    expect(divisionOf(lines({ gov: agreeing(5, 0, 3) }))).toMatchObject({
      difference: 0,
      most: 'gov',
      least: 'gov',
    });
  });

  it('come first, and where they differ alike, those that all support least', () => {
    const proposal = (id: string, gov: Counts, tech: Counts) => ({
      id,
      lines: lines({ gov, tech }),
    });
    const ranked = mostDivisive([
      proposal('all agree', agreeing(8, 0, 0), agreeing(8, 0, 0)),
      proposal('nobody agrees', agreeing(0, 0, 8), agreeing(0, 0, 8)),
      { id: 'too few', lines: lines({ gov: agreeing(1, 0, 0) }) },
      proposal('split', agreeing(8, 0, 0), agreeing(0, 0, 8)),
    ]);
    expect(ranked.map(({ id }) => id)).toEqual(['split', 'nobody agrees', 'all agree']);
  });
});

describe('two rounds on the same proposal', () => {
  const round = (groups: Readonly<Record<string, Counts>>): Verdict => {
    const verdict = verdictOf('agree', { byStakeholderGroup: groups }, [], [], null);
    if (!verdict) throw new Error('a vote on an agreement has a verdict');
    return verdict;
  };

  it('are compared group by group', () => {
    const before = round({ gov: agreeing(2, 0, 6), tech: agreeing(8, 0, 0) });
    const after = round({ gov: agreeing(7, 0, 1), tech: agreeing(8, 0, 0) });
    const change = changeBetween(before, after);
    expect(change.status).toEqual({ before: 'no-consensus', after: 'to-confirm' });
    expect(change.moved).toBeCloseTo(8 / 10 - 3 / 10, 12);
    expect(change.lines.map(({ part, moved }) => [part, moved])).toEqual([
      ['gov', 8 / 10 - 3 / 10],
      ['tech', 0],
    ]);
  });

  it('say nothing of a group that is not in both, nor of the pool, which may be others', () => {
    const before = round({
      gov: agreeing(6, 0, 0),
      civil: agreeing(3, 0, 0),
      '': agreeing(0, 0, 3),
    });
    const after = round({
      tech: agreeing(6, 0, 0),
      civil: agreeing(0, 0, 3),
      igo: agreeing(0, 0, 3),
    });
    const change = changeBetween(before, after);
    expect(change.lines).toMatchObject([
      { part: 'tech', before: null, moved: null },
      { part: '~', before: { votes: 6 }, after: { votes: 6 }, moved: null },
      { part: 'gov', after: null, moved: null },
    ]);
  });

  it('have no change in figure where one of them was too small to judge', () => {
    const few = round({ gov: agreeing(2, 0, 0) });
    expect(changeBetween(few, round({ gov: agreeing(6, 0, 0) })).moved).toBe(null);
  });
});

describe('a ranking', () => {
  it('gives a point for every option put behind, after Borda', () => {
    const { options } = form('ranking');
    const ballot = (choice: readonly string[]) => ({
      choice,
      stakeholderGroup: '',
      region: '',
      breakoutGroup: '',
    });
    const { all } = countBallots(form('ranking'), [
      ballot(['o1', 'o2', 'o3', 'o4']),
      ballot(['o1', 'o3', 'o2', 'o4']),
      ballot(['o2', 'o3', 'o4', 'o1']),
    ]);
    // o1: 3+3+0, o2: 2+1+3, o3: 1+2+2, o4: 0+0+1, of 9 each could have.
    expect(rankingResult(options, all)).toEqual([
      { option: 'o1', place: 1, points: 6, share: 6 / 9, firsts: 2 },
      { option: 'o2', place: 1, points: 6, share: 6 / 9, firsts: 1 },
      { option: 'o3', place: 3, points: 5, share: 5 / 9, firsts: 0 },
      { option: 'o4', place: 4, points: 1, share: 1 / 9, firsts: 0 },
    ]);
  });

  it('has everybody in first place where nobody voted', () => {
    const empty = rankingResult(form('ranking').options, { ballots: 0, by: {} });
    expect(empty.map(({ place, share }) => [place, share])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });
});

describe('a scale', () => {
  it('has median, mean and spread', () => {
    // 1 1 2 7 10: worked out by hand, the spread being the root of 66.8 / 5.
    const counts: Counts = { ballots: 5, by: { 1: 2, 2: 1, 7: 1, 10: 1 } };
    const result = stepResult(10, counts);
    expect(result).toMatchObject({ ballots: 5, median: 2, mean: 4.2 });
    expect(result.spread).toBeCloseTo(3.6551333764994, 12);
    expect(result.bySteps).toEqual([2, 1, 0, 0, 0, 0, 1, 0, 0, 1]);
  });

  it('has its median half-way between the two in the middle', () => {
    expect(stepResult(10, { ballots: 4, by: { 1: 1, 3: 1, 6: 1, 9: 1 } }).median).toBe(4.5);
    expect(stepResult(10, { ballots: 2, by: { 1: 1, 10: 1 } }).median).toBe(5.5);
    expect(stepResult(10, { ballots: 1, by: { 10: 1 } })).toMatchObject({ median: 10, spread: 0 });
  });

  it('has none of them where nobody voted', () => {
    expect(stepResult(3, { ballots: 0, by: {} })).toEqual({
      ballots: 0,
      median: null,
      mean: null,
      spread: null,
      bySteps: [0, 0, 0],
    });
  });
});

describe('a hum', () => {
  it.each([
    [{}, 0],
    [{ 1: 30 }, 0],
    [{ 5: 30 }, 1],
    [{ 1: 5, 5: 5 }, 0.5],
    [{ 3: 4 }, 0.5],
    [{ 1: 3, 2: 1 }, 1 / 16],
  ])('%j is as loud as %d', (by, loud) => {
    const ballots = Object.values(by).reduce((sum, count) => sum + count, 0);
    expect(loudness({ ballots, by })).toBe(loud);
  });
});

describe('points of a quiz', () => {
  it.each([
    // The example of Kahoot's own help: 2 of 30 seconds, 967 points.
    [true, 2_000, 30_000, 967],
    [true, 0, 30_000, 1000],
    [true, 499, 5_000, 1000],
    [true, 500, 5_000, 950],
    [true, 15_000, 30_000, 750],
    [true, 30_000, 30_000, 500],
    [true, 45_000, 30_000, 500],
    [true, 60_000, null, 1000],
    [false, 0, 30_000, 0],
    [false, 0, null, 0],
  ])('right %s after %i of %s ms: %i', (right, response, time, points) => {
    expect(quizPoints(right, response, time)).toBe(points);
  });

  it('make a leaderboard on which who has as many shares the place', () => {
    const players = [
      { name: 'Quick', points: 1900 },
      { name: 'Slow', points: 0 },
      { name: 'Also quick', points: 1900 },
      { name: 'Third', points: 500 },
    ];
    expect(leadersOf(players, 5)).toEqual([
      { place: 1, name: 'Quick', points: 1900 },
      { place: 1, name: 'Also quick', points: 1900 },
      { place: 3, name: 'Third', points: 500 },
    ]);
    expect(leadersOf(players, 1)).toHaveLength(1);
  });
});
