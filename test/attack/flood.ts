import type { AttackKind } from './attack-kinds.ts';
import type { Newcomers, Waits } from './honest-laptops.ts';
import { type Measured, openStage } from './stage.ts';

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
/**
 * V8 collects garbage with several threads beside the one that runs the hub. Held to one core they take
 * it from the hub for 40 ms at a time, which on a laptop, with cores of their own, they do not; so the
 * hub collects by itself here. (Measured: longest stall 10 to 14 ms instead of 17 to 37.)
 */
const HUB_FLAGS = ['--single-threaded-gc'];
const WARM_UP_MS = 2_000;

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

/** One kind of attack on ten honest laptops: first how long they wait, then all the rest. */
export async function flood(options: FloodOptions): Promise<FloodResult> {
  const { kind, from, connections, repeats, ms } = options;
  const attack = { kind, from, connections };
  const timed = await openStage(attack, WARM_UP_MS + ms, HUB_FLAGS);
  const rounds: Round[] = [];
  const quiet = (): Round[] => rounds.filter(isUndisturbed);
  // What is measured after an attack is at the same time what there was before the next.
  let before = await timed.measure(ms);
  while (quiet().length < repeats && rounds.length < repeats + 2) {
    let during = before;
    await timed.underAttack(async () => {
      during = await timed.measure(ms);
    });
    const after = await timed.measure(ms);
    rounds.push({ before, attack: during, after });
    before = after;
  }
  const firstEnd = await timed.end();

  // On a hub as people run it. And by itself: letting go of all that can go would leave a hub so little
  // room that it has to collect again at once, which would fall into what is measured next.
  const whole = await openStage(attack, WARM_UP_MS, []);
  let newcomers: Newcomers = { waits: [], outside: 0 };
  let memoryGrowth = 0;
  await whole.underAttack(async () => {
    await whole.measure(ms);
    newcomers = await whole.newcomers();
    memoryGrowth = await whole.memoryGrowth();
  });
  const secondEnd = await whole.end();

  // Where the machine never left us alone, what there is counts all the same.
  const counted = quiet().length < repeats ? rounds : quiet();
  const worst = (pick: (measured: Measured) => number): { idle: number; attack: number } => ({
    idle: Math.max(...counted.map((round) => pick(round.before))),
    attack: Math.max(...counted.map((round) => pick(round.attack))),
  });
  const lostIn = ({ lost, breaks }: Waits): number => lost + breaks;
  const result = {
    ...options,
    pings: compare(counted, ({ pings }) => pings),
    edits: compare(counted, ({ edits }) => edits),
    lost: rounds.reduce((sum, round) => sum + lostIn(round.before) + lostIn(round.attack), 0),
    newcomers: {
      came: newcomers.waits.length,
      outside: newcomers.outside,
      median: percentile(newcomers.waits, 0.5),
    },
    stallMs: worst(({ stallMs }) => stallMs),
    load: worst(({ load }) => load),
    memoryGrowth,
    socketsLeft: Math.max(firstEnd.socketsLeft, secondEnd.socketsLeft),
    opened: firstEnd.opened + secondEnd.opened,
    ended: firstEnd.ended + secondEnd.ended,
    faults: [...firstEnd.faults, ...secondEnd.faults],
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
