import { readFileSync } from 'node:fs';
import { setTimeout as later } from 'node:timers/promises';
import type { AttackKind, AttackOptions, AttackReport } from './attack-kinds.ts';
import type { HonestOrder, Newcomers, Waits } from './honest-laptops.ts';
import type { HubOrder, HubReady, HubReport } from './hub-under-attack.ts';
import { startChild } from './processes.ts';
import type { Child } from './processes.ts';

export interface FloodOptions {
  readonly kind: AttackKind;
  /** The attacker's address; the honest laptops are at 127.0.0.1. */
  readonly from: string;
  readonly connections: number;
  /**
   * How many rounds of idle, attack and idle count; odd, for the one in the middle decides. A round in
   * which the machine had other things to do is played again.
   */
  readonly repeats: number;
  /**
   * How long each is measured, in milliseconds. Long enough that one pause of the hub is not by itself
   * the slowest hundredth: one of 30 ms meets some six pings, and in 4 s the ten laptops send 800.
   */
  readonly ms: number;
}

/** All times in milliseconds, all sizes in bytes. */
export interface FloodResult extends FloodOptions {
  /** 99th percentile of the honest laptops' pings and letters, in the repeat in the middle. */
  readonly pings: Compared;
  readonly edits: Compared;
  /** Pings and letters that did not arrive, and connections that broke, of honest laptops. */
  readonly lost: number;
  readonly newcomers: { readonly came: number; readonly outside: number; readonly median: number };
  /** The hub's longest stall and the share of its core that it used, while it was measured. */
  readonly stallMs: { readonly idle: number; readonly attack: number };
  readonly load: { readonly idle: number; readonly attack: number };
  readonly memoryGrowth: number;
  readonly socketsLeft: number;
  readonly opened: number;
  readonly ended: number;
  readonly faults: readonly string[];
  /** What does not hold. */
  readonly broken: readonly string[];
}
interface Measured extends Waits {
  readonly stallMs: number;
  readonly load: number;
}
interface Round {
  readonly before: Measured;
  readonly attack: Measured;
  readonly after: Measured;
}
interface Compared {
  readonly idle: number;
  readonly attack: number;
  readonly ratio: number;
}

const MOST_RATIO = 2;
const MOST_GROWTH = 64 * 1024 * 1024;
/** The hub, and whoever measures: apart from each other. The attacker stands back for both. */
const HUB_CORE = 0;
const OTHER_CORE = 1;
const MEASURED_NICE = -15;
const ATTACKER_NICE = 0;
/**
 * V8 collects garbage with several threads beside the one that runs the hub. Held to one core they take
 * it from the hub for 40 ms at a time, which on a laptop, with cores of their own, they do not; so the
 * hub collects by itself here. (Measured: longest stall 10 to 14 ms instead of 17 to 37.)
 */
const HUB_FLAGS = ['--expose-gc', '--single-threaded-gc'];
const PAGE_BYTES = 4096;
/** Until an attack has all its connections, and until collecting garbage is over. */
const SETTLE_MS = 1_500;
const CALM_MS = 500;
const WARM_UP_MS = 2_000;
const NEWCOMERS_MS = 2_000;

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const slowOf = (values: readonly number[]): number => percentile(values, 0.99);

/** Whether the machine was as quick after the attack as before it: then what was in between was the attack's. */
function isUndisturbed({ before, after }: Round): boolean {
  const alike = (one: number, other: number): boolean =>
    Math.max(one, other) <= MOST_RATIO * Math.min(one, other);
  return (
    alike(slowOf(before.pings), slowOf(after.pings)) &&
    alike(slowOf(before.edits), slowOf(after.edits))
  );
}

const residentBytes = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;

function compare(rounds: readonly Round[], pick: (waits: Waits) => readonly number[]): Compared {
  const compared = rounds.map(({ before, attack, after }) => {
    const idle = (slowOf(pick(before)) + slowOf(pick(after))) / 2;
    const during = slowOf(pick(attack));
    return { idle, attack: during, ratio: during / idle };
  });
  const sorted = compared.toSorted((a, b) => a.ratio - b.ratio);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('Nothing was measured');
  return middle;
}

function brokenBy(result: Omit<FloodResult, 'broken'>): string[] {
  const { pings, edits, lost, newcomers, memoryGrowth, socketsLeft, faults } = result;
  const ratio = Math.max(pings.ratio, edits.ratio);
  return [
    ...(ratio <= MOST_RATIO ? [] : [`p99 ${ratio.toFixed(1)} times idle`]),
    ...(lost === 0 ? [] : [`${lost} lost`]),
    ...(newcomers.came > 0 && newcomers.outside === 0 ? [] : ['newcomers locked out']),
    ...(memoryGrowth <= MOST_GROWTH ? [] : ['memory']),
    ...(socketsLeft === 0 ? [] : [`${socketsLeft} sockets left`]),
    ...(faults.length === 0 ? [] : ['faults of the hub']),
  ];
}

/** Waits until the hub has no more sockets than before, but not for ever; returns how many more it has. */
async function socketsAbove(hub: Child, before: number): Promise<number> {
  const look: HubOrder = { collect: false };
  let left = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 20 && left > 0; tries += 1) {
    await later(500);
    left = Math.max(0, ((await hub.ask(look)) as HubReport).sockets - before);
  }
  return left;
}

/** One kind of attack on a fresh hub with ten honest laptops. */
export async function flood(options: FloodOptions): Promise<FloodResult> {
  const hub = await startChild('hub-under-attack.ts', [], {
    core: HUB_CORE,
    nice: MEASURED_NICE,
    nodeFlags: HUB_FLAGS,
  });
  const { pid, localPort, networkPort } = hub.greeting as HubReady;
  const honest = await startChild('honest-laptops.ts', [String(localPort), String(networkPort)], {
    core: OTHER_CORE,
    nice: MEASURED_NICE,
  });
  const report = async (collect: boolean): Promise<HubReport> =>
    (await hub.ask({ collect } satisfies HubOrder)) as HubReport;
  async function measure(ms: number): Promise<Measured> {
    await report(false);
    const waits = (await honest.ask({ order: 'measure', ms } satisfies HonestOrder)) as Waits;
    const { stallMs, cpuMs } = await report(false);
    return { ...waits, stallMs, load: cpuMs / ms };
  }
  const attackWith: AttackOptions = { ...options, port: networkPort };

  // As much as an attack will be measured, so that what the honest laptops take is not counted to it.
  await measure(WARM_UP_MS + options.ms);
  const before = await report(true);
  await later(CALM_MS);
  const rounds: Round[] = [];
  let [opened, ended, socketsLeft] = [0, 0, 0];
  /** Does something while there is an attack, and waits for its end to be over. */
  async function underAttack(act: () => Promise<void>): Promise<void> {
    const attacker = await startChild('attacker.ts', [JSON.stringify(attackWith)], {
      core: OTHER_CORE,
      nice: ATTACKER_NICE,
    });
    await later(SETTLE_MS);
    await act();
    const done = (await attacker.ask({})) as AttackReport;
    opened += done.opened;
    ended += done.ended;
    await attacker.end();
    socketsLeft = Math.max(socketsLeft, await socketsAbove(hub, before.sockets));
    await later(CALM_MS);
  }
  const quiet = (): Round[] => rounds.filter(isUndisturbed);
  const mostRounds = options.repeats + 2;
  // What is measured after an attack is at the same time what there was before the next.
  let idle = await measure(options.ms);
  while (quiet().length < options.repeats && rounds.length < mostRounds) {
    let attack = idle;
    await underAttack(async () => {
      attack = await measure(options.ms);
    });
    const after = await measure(options.ms);
    rounds.push({ before: idle, attack, after });
    idle = after;
  }
  // By itself: to let go of all that can be let go leaves the hub so little room that it has to
  // collect again at once, which would fall into what is measured next.
  let newcomers: Newcomers = { waits: [], outside: 0 };
  let memory = 0;
  await underAttack(async () => {
    const come: HonestOrder = { order: 'newcomers', ms: NEWCOMERS_MS };
    newcomers = (await honest.ask(come)) as Newcomers;
    memory = Math.max((await report(true)).rss, residentBytes(pid));
  });
  const { faults } = await report(false);
  await honest.end();
  await hub.end();

  // Where the machine never left us alone, what there is counts all the same.
  const counted = quiet().length < options.repeats ? rounds : quiet();
  const worst = (pick: (measured: Measured) => number): { idle: number; attack: number } => ({
    idle: Math.max(...counted.map(({ before }) => pick(before))),
    attack: Math.max(...counted.map(({ attack }) => pick(attack))),
  });
  const lostIn = ({ lost, breaks }: Waits): number => lost + breaks;
  const result = {
    ...options,
    pings: compare(counted, ({ pings }) => pings),
    edits: compare(counted, ({ edits }) => edits),
    lost: rounds.reduce((sum, { before, attack }) => sum + lostIn(before) + lostIn(attack), 0),
    newcomers: {
      came: newcomers.waits.length,
      outside: newcomers.outside,
      median: percentile(newcomers.waits, 0.5),
    },
    stallMs: worst(({ stallMs }) => stallMs),
    load: worst(({ load }) => load),
    memoryGrowth: memory - before.rss,
    socketsLeft,
    opened,
    ended,
    faults,
  };
  return { ...result, broken: brokenBy(result) };
}

const percent = (share: number): string => `${(share * 100).toFixed(0).padStart(3)}%`;
const fixed = (value: number, width: number): string => value.toFixed(1).padStart(width);

export const floodHeading =
  'attack                 from        p99 ping, ms         p99 letter, ms       hub stalls, ms   load      in while it lasts   memory  sockets  connections';

export function floodRow({
  kind,
  from,
  pings,
  edits,
  stallMs,
  load,
  newcomers,
  memoryGrowth,
  socketsLeft,
  opened,
  broken,
}: FloodResult): string {
  const compared = ({ idle, attack, ratio }: Compared): string =>
    `${fixed(idle, 5)} →${fixed(attack, 6)} ×${ratio.toFixed(1).padEnd(3)}`;
  const verdict = broken.length === 0 ? '' : `  NOT SO: ${broken.join(', ')}`;
  return [
    kind.padEnd(21),
    from.padEnd(10),
    compared(pings),
    compared(edits),
    `${fixed(stallMs.idle, 5)} →${fixed(stallMs.attack, 6)}`,
    `${percent(load.idle)} →${percent(load.attack)}`,
    `${newcomers.came} of ${newcomers.came + newcomers.outside}, ${newcomers.median.toFixed(0)} ms`.padEnd(
      18,
    ),
    `${(memoryGrowth / 1024 / 1024).toFixed(0).padStart(3)} MB`,
    `${String(socketsLeft).padStart(3)} left`,
    `${String(opened).padStart(6)} made${verdict}`,
  ].join('  ');
}
