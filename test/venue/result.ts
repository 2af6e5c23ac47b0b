import type { Lie } from './status-truth.ts';

/** Some time during which one screen said one thing, and whether it was true. */
export interface StatusSpan {
  readonly laptop: string;
  /** Seconds since the laptops had joined. */
  readonly from: number;
  readonly to: number;
  readonly words: string;
  /** Changes on this laptop's disk that the plenary laptop's disk lacked, least and most. */
  readonly lacking: readonly [number, number];
  readonly lie: Lie | null;
}

/** What one scenario showed; read from the laptops' own screens and stores. */
export interface ScenarioResult {
  readonly name: string;
  /** The ways that the groups' screens named while there was contact; "file" for a USB stick. */
  readonly path: string;
  /** From `healFrom` to the plenary laptop's disk having everything; null: not at all. */
  readonly healSeconds: number | null;
  /** Notes that were finished on some laptop and are not on the plenary laptop, or not there. */
  readonly lost: number;
  readonly statusTrue: boolean;
  readonly bytesPerByteTyped: number | null;
  /** On the wire, with all headers, by all groups' laptops; and the notes in UTF-8. */
  readonly bytesSent: number;
  readonly bytesTyped: number;
  readonly healFrom: string;
  /** What it may take, and whether it did. */
  readonly healLimitSeconds: number;
  readonly healMet: boolean;
  readonly notes: number;
  /** What a person had to do, and what else is worth knowing. */
  readonly how: readonly string[];
  readonly lies: readonly StatusSpan[];
  readonly status: readonly StatusSpan[];
  readonly events: readonly { readonly at: number; readonly what: string }[];
  readonly idleBytesPerSecond?: number;
  readonly lostTexts: readonly string[];
  readonly pageErrors: readonly string[];
  /** Why the scenario could not be played to its end; left out where it was. */
  readonly error?: string;
  readonly wallSeconds: number;
}

const columns: readonly (readonly [string, number, (result: ScenarioResult) => string])[] = [
  ['scenario', 20, ({ name }) => name],
  ['path', 14, ({ path }) => path],
  ['heal s', 8, ({ healSeconds }) => healSeconds?.toFixed(1) ?? 'never'],
  [
    'limit',
    14,
    ({ healLimitSeconds, healMet }) => `${healLimitSeconds} s ${healMet ? 'met' : 'NOT MET'}`,
  ],
  ['notes', 6, ({ notes }) => String(notes)],
  ['lost', 5, ({ lost }) => String(lost)],
  ['status', 8, ({ statusTrue }) => (statusTrue ? 'true' : 'UNTRUE')],
  ['bytes/byte', 11, ({ bytesPerByteTyped }) => bytesPerByteTyped?.toFixed(1) ?? '–'],
  ['healed from', 0, ({ healFrom }) => healFrom],
];

export function resultTable(results: readonly ScenarioResult[]): string {
  const row = (cells: readonly string[]): string =>
    cells.map((cell, index) => cell.padEnd(columns[index]?.[1] ?? 0)).join(' ');
  return [
    row(columns.map(([title]) => title)),
    ...results.map((result) => row(columns.map(([, , cell]) => cell(result)))),
  ].join('\n');
}

const seconds = (value: number): string => value.toFixed(1);

/** What the screens said, one line for each time that a screen changed its mind. */
export function statusLines(spans: readonly StatusSpan[]): string {
  return spans
    .map(({ laptop, from, to, words, lacking: [least, most], lie }) => {
      const lacks = least === most ? String(least) : `${least}–${most}`;
      const verdict = lie === null ? 'true' : `UNTRUE: ${lie}`;
      return `    ${seconds(from).padStart(6)} – ${seconds(to).padStart(6)} s  ${laptop.padEnd(34)} “${words}” (lacking at the plenary laptop: ${lacks}) ${verdict}`;
    })
    .join('\n');
}
