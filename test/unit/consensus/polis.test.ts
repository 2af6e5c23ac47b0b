import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countBallots } from '../../../src/core/consensus/count.ts';
import { mostDivisive } from '../../../src/core/consensus/divisive.ts';
import { POOL } from '../../../src/core/consensus/pool-small-parts.ts';
import type { Agreement } from '../../../src/core/consensus/poll.ts';
import { supportLines } from '../../../src/core/consensus/support-lines.ts';
import type { CountedBallot } from '../../../src/core/consensus/tally.ts';
import { verdictOf } from '../../../src/core/consensus/verdict.ts';
import { form } from './forms.ts';

/**
 * Real votes, counted and judged here and, once, by a script of its own in another language and with
 * exact fractions; what that gave stands here as figures. The votes: the Polis software
 * (compdemocracy.org/polis), CC BY 4.0, The Computational Democracy Project. They are not part of the
 * project, so where they are not there, there is nothing to compare.
 */
const data = fileURLToPath(new URL('../../../../shared/data/polis/', import.meta.url));
const isThere = existsSync(data);
const title = (text: string): string =>
  isThere ? text : `${text} (skipped: ../shared/data/polis is not here)`;

const meaning: Readonly<Record<string, Agreement>> = { 1: 'agree', 0: 'pass', '-1': 'disagree' };

/** Statement by statement, by number: the last vote of each voter, voters in groups by their number. */
function conversation(name: string, groups: number) {
  const votes = readFileSync(`${data}${name}/votes.csv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
    .map(([at, , statement, voter, vote = '']) => ({
      at: Number(at),
      statement: Number(statement),
      voter: Number(voter),
      vote: meaning[vote],
    }))
    .toSorted((a, b) => a.at - b.at);
  const last = new Map<number, Map<number, CountedBallot>>();
  for (const { statement, voter, vote } of votes) {
    if (vote === undefined) throw new Error(`a vote of ${name} is none`);
    const ballots = last.get(statement) ?? new Map<number, CountedBallot>();
    last.set(statement, ballots);
    ballots.set(voter, {
      choice: vote,
      stakeholderGroup: `g${voter % groups}`,
      region: '',
      breakoutGroup: '',
    });
  }
  const statements = [...last]
    .toSorted(([a], [b]) => a - b)
    .map(([statement, ballots]) => {
      const tally = countBallots(form('agree'), ballots.values());
      const verdict = verdictOf('agree', tally, [], [], null);
      return {
        statement,
        tally,
        verdict,
        lines: supportLines('agree', tally.byStakeholderGroup),
      };
    });
  return { votes: votes.length, statements };
}

const sum = (figures: readonly (number | null | undefined)[]): number =>
  figures.reduce<number>((sum, figure) => sum + (figure ?? 0), 0);

/** Those that all groups have enough votes on. */
const judgedByAll = (
  statements: ReturnType<typeof conversation>['statements'],
  groups: number,
): ReturnType<typeof conversation>['statements'] =>
  statements.filter(
    ({ lines }) => lines.length === groups && lines.every(({ part }) => part !== POOL),
  );

describe.skipIf(!isThere)(title('C2 on real votes'), () => {
  it.each([
    {
      name: '15-per-hour-seattle',
      groups: 5,
      rows: 2995,
      counted: 2872,
      statements: 54,
      judged: 30,
      supported: 0,
      totals: { agree: 1358, pass: 592, disagree: 922 },
      figures: 10.331975644,
      products: 0.968648139,
      differences: 6.932541468,
      divisive: [18, 46, 8, 48, 36, 43, 5, 20],
    },
    {
      name: 'brexit-consensus',
      groups: 5,
      rows: 5312,
      counted: 5303,
      statements: 50,
      judged: 48,
      supported: 14,
      totals: { agree: 2685, pass: 666, disagree: 1952 },
      figures: 20.307488373,
      products: 7.018566935,
      differences: 9.506349417,
      divisive: [29, 42, 38, 43, 41, 30, 40, 36],
    },
    {
      name: 'london.youth.policing',
      groups: 3,
      rows: 640,
      counted: 638,
      statements: 36,
      judged: 23,
      supported: 6,
      totals: { agree: 392, pass: 54, disagree: 192 },
      figures: 9.996933622,
      products: 5.502715969,
      differences: 5.532828283,
      divisive: [15, 4, 10, 24, 22, 25, 8, 19],
    },
  ])('$name: counts, figures and divisive statements', (expected) => {
    const { votes, statements } = conversation(expected.name, expected.groups);
    expect(votes).toBe(expected.rows);
    expect(statements).toHaveLength(expected.statements);
    const all = statements.map(({ tally }) => tally.all);
    expect(sum(all.map(({ ballots }) => ballots))).toBe(expected.counted);
    expect({
      agree: sum(all.map(({ by }) => by['agree'])),
      pass: sum(all.map(({ by }) => by['pass'])),
      disagree: sum(all.map(({ by }) => by['disagree'])),
    }).toEqual(expected.totals);

    const judged = judgedByAll(statements, expected.groups);
    expect(judged).toHaveLength(expected.judged);
    expect(sum(judged.map(({ verdict }) => verdict?.figure))).toBeCloseTo(expected.figures, 8);
    expect(judged.filter(({ verdict }) => verdict?.status === 'to-confirm')).toHaveLength(
      expected.supported,
    );
    const ranked = mostDivisive(judged);
    expect(ranked.slice(0, 8).map(({ statement }) => statement)).toEqual(expected.divisive);
    expect(sum(ranked.map(({ division }) => division.groupInformed))).toBeCloseTo(
      expected.products,
      8,
    );
    expect(sum(ranked.map(({ division }) => division.difference))).toBeCloseTo(
      expected.differences,
      8,
    );
  });

  it.each([
    // statement, agree / pass / disagree of each group, figure, product, difference
    [
      'brexit-consensus',
      1,
      [
        [30, 3, 1],
        [28, 1, 0],
        [33, 1, 2],
        [33, 0, 1],
        [31, 1, 2],
      ],
      0.861111111111,
      0.605082665512,
      0.083333333333,
    ],
    [
      'brexit-consensus',
      29,
      [
        [12, 4, 6],
        [11, 3, 5],
        [6, 5, 10],
        [14, 1, 6],
        [11, 1, 3],
      ],
      0.304347826087,
      0.043367063271,
      0.401534526854,
    ],
    [
      '15-per-hour-seattle',
      46,
      [
        [7, 2, 8],
        [8, 1, 2],
        [3, 4, 5],
        [6, 1, 7],
        [7, 3, 2],
      ],
      0.285714285714,
      0.020821283979,
      0.406593406593,
    ],
  ] as const)(
    '%s, statement %i, group by group',
    (name, statement, groups, figure, product, difference) => {
      const found = mostDivisive(conversation(name, 5).statements).find(
        (each) => each.statement === statement,
      );
      expect(found?.lines.map(({ agree, pass, disagree }) => [agree, pass, disagree])).toEqual(
        groups,
      );
      expect(found?.verdict?.figure).toBeCloseTo(figure, 11);
      expect(found?.division.groupInformed).toBeCloseTo(product, 11);
      expect(found?.division.difference).toBeCloseTo(difference, 11);
    },
  );

  it.each([
    ['london.youth.policing', 3, 7, 4.722222222],
    ['london.youth.policing', 6, 11, 4.831637918],
    ['15-per-hour-seattle', 23, 30, 6.974945666],
  ])(
    '%s in %i groups: pools the small ones as counted elsewhere',
    (name, groups, some, figures) => {
      const { statements } = conversation(name, groups);
      // Those with a small group beside one that is large enough.
      const mixed = statements.filter(({ tally }) => {
        const sizes = Object.values(tally.byStakeholderGroup).map(({ ballots }) => ballots);
        return sizes.some((size) => size < 5) && sizes.some((size) => size >= 5);
      });
      expect(mixed).toHaveLength(some);
      expect(sum(mixed.map(({ verdict }) => verdict?.figure))).toBeCloseTo(figures, 8);
    },
  );

  it('london.youth.policing, statement 26 in three groups: two of four together, one of seven', () => {
    const found = conversation('london.youth.policing', 3).statements.find(
      ({ statement }) => statement === 26,
    );
    expect(found?.lines.map(({ part, votes }) => [part, votes])).toEqual([
      ['g2', 7],
      [POOL, 8],
    ]);
    expect(found?.lines[1]).toMatchObject({ agree: 7, pass: 0, disagree: 1 });
    expect(found?.verdict?.figure).toBeCloseTo(0.777777777778, 11);
  });
});
