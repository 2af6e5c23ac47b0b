import { steerClock } from './steer-clock.ts';
import { EventQueue, type Planned } from './event-queue.ts';

/** One process on one laptop: whose clocks and timers a piece of code sees while it runs. */
export interface Process {
  readonly name: string;
  /** How far its laptop's wall clock is from the world's, in milliseconds. */
  wallOffset: number;
  /** What its monotonic clock has missed, in milliseconds: not every system counts sleep. */
  missed: number;
  /** Its timers and what comes for it wait until it wakes. */
  asleep: boolean;
  /** Its timers never fire any more. */
  dead: boolean;
}

interface Event extends Planned {
  at: number;
  order: number;
  readonly process: Process;
  act: (() => void) | null;
  readonly every: number | null;
}

export interface VirtualTime {
  /** Milliseconds since the world began; what nobody in it sees. */
  now(): number;
  process(name: string, wallOffset?: number): Process;
  /** The world itself, which neither sleeps nor dies. */
  readonly world: Process;
  current(): Process;
  /** Runs this as that process, now. */
  runAs<T>(process: Process, act: () => T): T;
  later(process: Process, ms: number, act: () => void): () => void;
  wake(process: Process): void;
  /** How many timers this process has going. */
  timers(process: Process): number;
  /** Lets everything happen up to this moment. */
  runUntil(end: number): Promise<void>;
}

/** When the world begins, by an honest clock: milliseconds since 1970. */
export const EPOCH = 1_700_000_000_000;
const { setImmediate } = globalThis;
/**
 * Resolves after every promise that follows from what has happened, however long the chain: what ran
 * later would run as another process, and be lost with that one.
 */
const promisesDone = async (): Promise<void> => new Promise((done) => setImmediate(done));
/** Timers count whole milliseconds, and at least one. */
const timerMs = (ms: number): number => Math.max(1, Math.trunc(ms));

export interface VirtualTimeOptions {
  readonly onFault: (error: unknown, process: Process) => void;
  /** A fault: the clock that must not jump is the one that does. */
  readonly monotonicJumps?: boolean;
}

/**
 * Runs a world in its own time. While `body` runs, the global timers and clocks are the world's,
 * and between two events every promise is settled that can be.
 */
export async function inVirtualTime<T>(
  options: VirtualTimeOptions,
  body: (time: VirtualTime) => Promise<T>,
): Promise<T> {
  const queue = new EventQueue<Event>();
  const held = new Map<Process, Event[]>();
  let now = 0;
  let order = 0;
  const process = (name: string, wallOffset = 0): Process => ({
    name,
    wallOffset,
    missed: 0,
    asleep: false,
    dead: false,
  });
  const world = process('world');
  let current = world;

  function plan(owner: Process, ms: number, act: () => void, every: number | null = null): Event {
    order += 1;
    const event: Event = { at: now + Math.max(0, ms), order, process: owner, act, every };
    queue.add(event);
    return event;
  }
  function runAs<R>(owner: Process, act: () => R): R {
    const before = current;
    current = owner;
    try {
      return act();
    } finally {
      current = before;
    }
  }
  function fire(event: Event): void {
    const { act } = event;
    if (act === null || event.process.dead) return;
    if (event.process.asleep) {
      const waiting = held.get(event.process) ?? [];
      waiting.push(event);
      held.set(event.process, waiting);
      return;
    }
    if (event.every === null) event.act = null;
    else {
      event.at = now + event.every;
      order += 1;
      event.order = order;
      queue.add(event);
    }
    try {
      act();
    } catch (error) {
      options.onFault(error, event.process);
    }
  }

  const time: VirtualTime = {
    now: () => now,
    process,
    world,
    current: () => current,
    runAs,
    later(owner, ms, act) {
      const event = plan(owner, ms, act);
      return () => {
        event.act = null;
      };
    },
    wake(owner) {
      owner.asleep = false;
      for (const event of held.get(owner) ?? []) {
        order += 1;
        event.at = now;
        event.order = order;
        queue.add(event);
      }
      held.delete(owner);
    },
    timers: (owner) =>
      queue.items().filter((event) => event.process === owner && event.act !== null).length,
    async runUntil(end) {
      for (let next = queue.peek(); next !== undefined && next.at <= end; next = queue.peek()) {
        queue.take();
        if (next.act === null) continue;
        now = Math.max(now, next.at);
        current = next.process;
        fire(next);
        await promisesDone();
        current = world;
      }
      now = end;
    },
  };

  const wall = (): number => Math.floor(EPOCH + now + current.wallOffset);
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
  };
  const clear = (event: Event | undefined): void => {
    if (event !== undefined) event.act = null;
  };
  Object.assign(globalThis, {
    setTimeout: (act: () => void, ms = 0) => plan(current, timerMs(ms), act),
    clearTimeout: clear,
    setInterval: (act: () => void, ms = 0) => plan(current, timerMs(ms), act, timerMs(ms)),
    clearInterval: clear,
  });
  performance.now = options.monotonicJumps === true ? wall : () => now - current.missed;
  steerClock(wall);
  try {
    return await body(time);
  } finally {
    Object.assign(globalThis, real);
    Reflect.deleteProperty(performance, 'now');
    steerClock(null);
  }
}
