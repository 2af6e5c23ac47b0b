/** The middle of the values: what a shared, noisy machine disturbs least. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  if (low === undefined || high === undefined) throw new Error('No values were measured');
  return (low + high) / 2;
}

export type BenchNumbers = Readonly<Record<string, number>>;

/** What one benchmark found: numbers by name, and what they have to hold. */
export interface BenchResult {
  readonly name: string;
  readonly numbers: BenchNumbers;
  readonly limits: readonly {
    readonly number: string;
    readonly atMost: number;
  }[];
}

export const round = (value: number): number => Number(value.toPrecision(3));
