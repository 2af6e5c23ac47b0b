/** One line of the table of who is let in: how many were as they should. */
export interface Tally {
  readonly where: string;
  readonly what: string;
  /** Whether these belong outside or inside. */
  readonly expected: 'refused' | 'admitted';
  readonly tried: number;
  readonly asExpected: number;
  /** Those that were not, in words. */
  readonly wrong: readonly string[];
}

export function tallyOf(
  where: string,
  what: string,
  expected: Tally['expected'],
  results: readonly { readonly name: string; readonly isAdmitted: boolean }[],
): Tally {
  const wrong = results.filter(({ isAdmitted }) => isAdmitted !== (expected === 'admitted'));
  return {
    where,
    what,
    expected,
    tried: results.length,
    asExpected: results.length - wrong.length,
    wrong: wrong.map(({ name }) => name),
  };
}

const sum = (tallies: readonly Tally[], expected: Tally['expected']): string => {
  const these = tallies.filter((tally) => tally.expected === expected);
  const count = (field: 'tried' | 'asExpected'): number =>
    these.reduce((total, tally) => total + tally[field], 0);
  return `${count('asExpected')} of ${count('tried')} ${expected}`;
};

export const isAsExpected = ({ tried, asExpected }: Tally): boolean =>
  tried > 0 && tried === asExpected;

/** As lines of text, and the last one the sums. */
export function tallyTable(tallies: readonly Tally[]): string[] {
  const rows = tallies.map(({ where, what, expected, tried, asExpected, wrong }) => {
    const fault = wrong.length === 0 ? '' : `  NOT SO: ${wrong.join(', ')}`;
    return `${where.padEnd(9)} ${what.padEnd(62)} ${String(asExpected).padStart(3)} of ${String(tried).padStart(3)} ${expected}${fault}`;
  });
  return [...rows, `${sum(tallies, 'refused')}; ${sum(tallies, 'admitted')}`];
}
