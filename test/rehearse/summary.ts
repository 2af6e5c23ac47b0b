/** What a rehearsal found out; written to summary.json. Counts are read where things arrived. */
export interface Summary {
  readonly seed: number;
  readonly venue: 'namespaces' | 'one-machine';
  readonly laptops: number;
  readonly groups: number;
  /** Notes typed and finished on the groups' laptops. */
  readonly notesWritten: number;
  /** Of these, on the plenary laptop's disk at the end. */
  readonly notesAtPlenary: number;
  /** Of these, in the exported report.docx. */
  readonly notesInReport: number;
  readonly recommendations: number;
  readonly proposals: number;
  /** Phones that voted, in two rounds on one proposal. */
  readonly phones: number;
  /** Answers that phones were told are counted, and those in the results on the plenary screen. */
  readonly ballotsAcknowledged: number;
  readonly ballotsCounted: number;
  /** Lines of the results that are not what the phones of a stakeholder group answered. */
  readonly wrongResultLines: number;
  readonly objections: number;
  /** Of these, in the exported report.docx. R1 */
  readonly objectionsInReport: number;
  /** Notes written that are not on the plenary laptop or not in the report. */
  readonly lost: number;
  readonly cuts: number;
  /** Notes typed while their laptop was cut off. */
  readonly notesWrittenWhileCut: number;
  /** Of these, on the plenary laptop's disk before the network was back: the cut leaked. */
  readonly notesThroughTheCut: number;
  /** How each group's notes last reached the plenary laptop. */
  readonly pathByGroup: Readonly<Record<string, string>>;
  /** From Enter to the plenary laptop's disk, for notes typed while connected. Milliseconds. */
  readonly syncMsP50: number | null;
  readonly syncMsP99: number | null;
  /** From the network's return to the plenary laptop having everything typed meanwhile. */
  readonly healMs: number | null;
  /** How many times a laptop claimed more than was true, of the times that it was asked. */
  readonly statusLies: number;
  readonly statusChecks: number;
  /** Requests to anywhere but this machine and the venue. */
  readonly strayRequests: number;
  /** Logs, addresses asked for and exports in which any of the tickets' secrets stands. */
  readonly secretsTold: number;
  readonly pageErrors: number;
  readonly wallSeconds: number;
}

const rows: readonly (readonly [string, (summary: Summary) => string | number])[] = [
  ['laptops', (s) => s.laptops],
  ['groups', (s) => s.groups],
  ['notes written', (s) => s.notesWritten],
  ['  while the Wi-Fi was cut', (s) => s.notesWrittenWhileCut],
  ['  of these, arrived all the same', (s) => s.notesThroughTheCut],
  ['notes at the plenary laptop', (s) => s.notesAtPlenary],
  ['notes in the report', (s) => s.notesInReport],
  ['recommendations', (s) => s.recommendations],
  ['proposals', (s) => s.proposals],
  ['phones', (s) => s.phones],
  ['answers acknowledged', (s) => s.ballotsAcknowledged],
  ['answers in the results', (s) => s.ballotsCounted],
  ['wrong lines in the results', (s) => s.wrongResultLines],
  ['objections', (s) => s.objections],
  ['objections in the report', (s) => s.objectionsInReport],
  ['lost', (s) => s.lost],
  ['Wi-Fi cuts', (s) => s.cuts],
  ['note to plenary, half within', (s) => `${s.syncMsP50 ?? '–'} ms`],
  ['note to plenary, 99% within', (s) => `${s.syncMsP99 ?? '–'} ms`],
  ['caught up after the cut in', (s) => `${s.healMs ?? '–'} ms`],
  ['status checked / untrue', (s) => `${s.statusChecks} / ${s.statusLies}`],
  ['requests to the internet', (s) => s.strayRequests],
  ['secrets in logs and exports', (s) => s.secretsTold],
  ['errors in pages', (s) => s.pageErrors],
  ['took', (s) => `${s.wallSeconds} s`],
];

export function summaryTable(summary: Summary): string {
  const lines = rows.map(([name, value]) => `  ${name.padEnd(36)}${value(summary)}`);
  const paths = Object.entries(summary.pathByGroup).map(
    ([group, path]) => `  ${`path of ${group}`.padEnd(36)}${path}`,
  );
  return [...lines, ...paths].join('\n');
}
