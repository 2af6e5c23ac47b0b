import { parseArgs } from 'node:util';

export interface VenueArguments {
  /** The scenarios to play, by name; all of them by default. */
  readonly only: readonly string[];
  /** Where the JSON goes; null for nowhere. */
  readonly json: string | null;
  /** Only the scenarios that are played in `npm test`, with a short absence. */
  readonly quick: boolean;
  /** With the long absence of a real venue. */
  readonly full: boolean;
  /** Prints what every screen said at each moment. */
  readonly verbose: boolean;
}

export const usage = `npm run venue [-- --only NAME] [--json FILE] [--quick] [--full] [--quiet]
  --only NAME  plays only this scenario; may be given several times
  --json FILE  writes the results there as JSON
  --quick      plays only the scenarios of \`npm test\`; Wi-Fi is gone for 12 seconds
  --full       Wi-Fi is gone for ten minutes in "wifi-gone", and not for 45 seconds
  --quiet      does not print what every screen said`;

export type ArgumentsResult =
  | { readonly ok: true; readonly arguments: VenueArguments }
  | { readonly ok: false; readonly text: string; readonly exitCode: number };

/** @param argv without the program and the script; `names` are the scenarios that there are. */
export function readArguments(argv: readonly string[], names: readonly string[]): ArgumentsResult {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string', multiple: true, default: [] },
        json: { type: 'string' },
        quick: { type: 'boolean', default: false },
        full: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    // parseArgs says by exception what it does not know; the sentence is its own.
    const text = `${error instanceof Error ? error.message : ''}\n${usage}`;
    return { ok: false, text, exitCode: 1 };
  }
  const scenarios = `Scenarios: ${names.join(', ')}`;
  if (values.help) return { ok: false, text: `${usage}\n${scenarios}`, exitCode: 0 };
  const unknown = values.only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    return { ok: false, text: `There is no scenario "${unknown}".\n${scenarios}`, exitCode: 1 };
  }
  return {
    ok: true,
    arguments: {
      only: values.only,
      json: values.json ?? null,
      quick: values.quick,
      full: values.full,
      verbose: !values.quiet,
    },
  };
}
