import { parseArgs } from 'node:util';

export interface RehearsalArguments {
  /** Where report, screenshots and summary go. */
  readonly out: string;
  /** Groups, each with one laptop, plus the plenary laptop and the rapporteur's: N in all. */
  readonly laptops: number;
  readonly seed: number;
  /** A file of what people said; null for the sample session's own notes. */
  readonly notes: string | null;
  /** Notes typed per group at most, so that a long transcript ends before the evening. */
  readonly perGroup: number;
  /** Phones that vote; 0 for none. */
  readonly phones: number;
  /** Prints summary.json on standard output instead of the table. */
  readonly json: boolean;
  /** Without network namespaces, also where they could be had. */
  readonly oneMachine: boolean;
}

export const usage = `npm run rehearse -- --out DIR [--laptops N] [--seed S] [--notes FILE] [--json]
  --out DIR        where the report, the screenshots and summary.json go
  --laptops N      laptops in all: the plenary's, the rapporteur's, and one for each group (3 to 42; 6)
  --seed S         the same workshop again (a number; printed at the start)
  --notes FILE     what people say: .json (a sample's notes or a meeting transcript), .md or .txt
  --per-group N    notes typed per group at most (40)
  --phones N       phones that vote in two rounds (0, or 25 to 300; 60)
  --json           print summary.json instead of the table
  --one-machine    do without network namespaces, also where they could be had`;

export type ArgumentsResult =
  | { readonly ok: true; readonly arguments: RehearsalArguments }
  | { readonly ok: false; readonly text: string; readonly exitCode: number };

function wholeNumber(text: string, low: number, high: number): number | null {
  const value = /^\d{1,10}$/u.test(text) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : null;
}

/** @param argv without the program and the script. */
export function readArguments(argv: readonly string[], randomSeed: number): ArgumentsResult {
  const refuse = (text: string): ArgumentsResult => ({ ok: false, text, exitCode: 1 });
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        out: { type: 'string' },
        laptops: { type: 'string', default: '6' },
        seed: { type: 'string', default: String(randomSeed) },
        notes: { type: 'string' },
        'per-group': { type: 'string', default: '40' },
        phones: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
        'one-machine': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    // parseArgs says by exception what it does not know; the sentence is its own.
    return refuse(`${error instanceof Error ? error.message : ''}\n${usage}`);
  }
  if (values.help) return { ok: false, text: usage, exitCode: 0 };
  if (values.out === undefined) return refuse(`--out is missing.\n${usage}`);
  const laptops = wholeNumber(values.laptops, 3, 42);
  if (laptops === null) return refuse('--laptops takes a number from 3 to 42.');
  const seed = wholeNumber(values.seed, 0, 0xffffffff);
  if (seed === null) return refuse('--seed takes a number from 0 to 4294967295.');
  const perGroup = wholeNumber(values['per-group'], 1, 10_000);
  if (perGroup === null) return refuse('--per-group takes a number from 1 to 10000.');
  const phones = wholeNumber(values.phones, 0, 300);
  // Fewer than five of a stakeholder group are too few to judge.
  if (phones === null || (phones > 0 && phones < 25)) {
    return refuse('--phones takes 0, or a number from 25 to 300.');
  }
  return {
    ok: true,
    arguments: {
      out: values.out,
      laptops,
      seed,
      notes: values.notes ?? null,
      perGroup,
      phones,
      json: values.json,
      oneMachine: values['one-machine'],
    },
  };
}
