import './steer-clock.ts';
import { getUnixTime } from 'lib0/time';
import { people } from './cast.ts';
import { checkClocks, checkEnd, heal, isSettled, leave } from './finale.ts';
import { eraseAtLast, gapAfter, operate } from './operations.ts';
import { watchTruth } from './truth.ts';
import { EPOCH, inVirtualTime, type VirtualTime } from './virtual-time.ts';
import { watchWays } from './ways.ts';
import { type Violation, World, type WorldFaults } from './world.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly operations?: number;
  readonly faults?: WorldFaults;
  /** Whether to sum up every byte that was carried, which takes a while. */
  readonly withDigest?: boolean;
  /** Gets a line for everything that happens. */
  readonly trace?: (line: string) => void;
}

export interface Simulation {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** From "everything works again" to everybody having everything and saying so; null where never. */
  readonly healMs: number | null;
  readonly frames: number;
  readonly bytes: number;
  /** How long the world lasted, in its own time. */
  readonly virtualMs: number;
  /** Of all that was carried, in order, and when; where that was asked for. */
  readonly digest: string;
}

export const OPERATIONS = 300;
export const LAPTOPS = people.length;
/** Longer than any retry that the product has. Milliseconds. */
const PATIENCE_MS = 30_000;
/** What is settled for so long is. Milliseconds. */
const STAYS_MS = 3_000;
/** What settles may not come apart again; now and then, until clocks have been corrected (ten pings). */
const AFTER_MS = 500;
const LONG_AFTER_MS = 11_000;
const STEP_MS = 100;
const SECOND = 1_000;

/** Runs one seed's world from beginning to end. The same seed gives the same world. */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const { seed, faults = {} } = options;
  const holder: { world: World | null } = { world: null };
  return inVirtualTime(
    {
      onFault: (error, process) => holder.world?.fault(error, process.name),
      monotonicJumps: faults.monotonicJumps === true,
    },
    async (time) => {
      if (getUnixTime() !== Date.now()) {
        throw new Error('lib0 was loaded before the simulator: import the simulator first');
      }
      const world = new World(time, seed, faults);
      holder.world = world;
      return runWorld(world, time, options);
    },
  );
}

async function runWorld(
  world: World,
  time: VirtualTime,
  { seed, operations = OPERATIONS, trace, withDigest = false }: SimulationOptions,
): Promise<Simulation> {
  const digest = createDigest();
  if (withDigest) world.network.onFrame = (frame) => digest.add(time.now(), frame);
  const ways = watchWays(world);
  world.onChange = () => ways.look();
  const truth = watchTruth(world, ways);
  const look = (): void => {
    truth.look();
    time.later(time.world, SECOND, look);
  };
  time.later(time.world, SECOND, look);
  const warn = console.warn;
  console.warn = (...said: unknown[]) => {
    if (String(said[0]).includes('makes no sense')) world.fault(said[1], time.current().name);
  };
  try {
    world.startAll();
    await time.runUntil(SECOND);
    for (let done = 0; done < operations; done += 1) {
      ways.look();
      const name = operate(world);
      trace?.(`${Math.round(time.now())} ${name}`);
      ways.look();
      await time.runUntil(time.now() + gapAfter(world, name));
    }
    eraseAtLast(world);
    heal(world);
    ways.look();
    trace?.(`${Math.round(time.now())} heal`);
    const healedAt = time.now();
    let settledAt: number | null = null;
    while (time.now() - healedAt < PATIENCE_MS) {
      if (!isSettled(world)) settledAt = null;
      else settledAt ??= time.now();
      // A connection that is dead and has not been found out yet looks well for a moment.
      if (settledAt !== null && time.now() - settledAt > STAYS_MS) break;
      await time.runUntil(time.now() + STEP_MS);
    }
    const healMs = settledAt === null ? null : settledAt - healedAt;
    if (healMs === null) world.violate('heal', `not within ${PATIENCE_MS} ms`);
    const waitsLong = world.dice.chance(0.2);
    await time.runUntil(time.now() + (waitsLong ? LONG_AFTER_MS : AFTER_MS));
    checkEnd(world);
    if (waitsLong) checkClocks(world);
    await leave(world);
    return {
      seed,
      violations: world.violations,
      healMs,
      frames: world.network.frames,
      bytes: world.network.bytes,
      virtualMs: time.now(),
      digest: digest.value(),
    };
  } finally {
    console.warn = warn;
  }
}

/** FNV-1a over 32 bits: tells two runs apart, and nobody would forge one. */
function createDigest(): { add(at: number, bytes: Uint8Array): void; value(): string } {
  let hash = 0x811c9dc5;
  const mix = (byte: number): void => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  };
  return {
    add(at, bytes) {
      mix(Math.floor(at * 1000 + EPOCH) & 255);
      mix(bytes.length & 255);
      for (const byte of bytes) mix(byte);
    },
    value: () => (hash >>> 0).toString(16).padStart(8, '0'),
  };
}
