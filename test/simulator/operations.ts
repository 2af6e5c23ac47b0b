import { playGroup, playPlan, playReport } from '../unit/session/random-operations.ts';
import { type DocumentName, PLENARY, SECOND_HUB } from './cast.ts';
import { textsIn } from './editor.ts';
import type { Laptop, OpenDocument, Running } from './laptop.ts';
import { passFile, takeBackFile } from './files.ts';
import { visit } from './visitors.ts';
import type { World } from './world.ts';

/** How long a hub that went away without a word may stay unnoticed (`relay-connection.ts`). */
const SILENCE_MS = 4_700;

const weights = {
  write: 240,
  paste: 1.5,
  partition: 8,
  tcpBlocked: 5,
  directBlocked: 4,
  halfOpen: 4,
  reset: 5,
  silent: 3,
  hubRestart: 3,
  kill: 5,
  powerOff: 1.5,
  close: 2,
  sleep: 3,
  clockJump: 3,
  fullDisk: 2.5,
  file: 2,
  takeBack: 1,
  move: 1,
  visit: 1.5,
  pause: 6,
} as const;
export type OperationName = keyof typeof weights;

const PAUSE_MS = [300, 6_000] as const;
const DAY_MS = 86_400_000;

/** Does something, anything, and returns what it was. */
export function operate(world: World): OperationName {
  const name = world.dice.weighted(weights);
  operations[name](world);
  return name;
}
/** How long until the next one, in milliseconds: mostly people type, sometimes they listen. */
export function gapAfter(world: World, name: OperationName): number {
  const { dice } = world;
  if (name === 'pause') return dice.spread(...PAUSE_MS);
  return dice.chance(0.7) ? dice.between(0, 60) : dice.between(60, 500);
}

const operations: Readonly<Record<OperationName, (world: World) => void>> = {
  write(world) {
    const target = pickWriter(world);
    if (target !== null) writeOnce(world, target.running, target.document);
  },
  paste(world) {
    const target = pickWriter(world);
    if (target === null) return;
    const { doc } = target.document;
    // In a field that no screen reads, so that nobody edits a letter of it: what counts is its size.
    const text = 'p'.repeat(world.dice.spread(30_000, 200_000));
    world.act(target.running.process, () => doc.getMap('meta').set('pasted', text));
  },
  partition(world) {
    const laptop = pickGuest(world);
    for (const other of world.laptops) {
      if (other === laptop || !world.dice.chance(0.7)) continue;
      isolate(world, laptop.index, other.index, duration(world), { tcp: true, direct: true });
    }
  },
  tcpBlocked(world) {
    const options = { tcp: true, direct: false };
    isolate(world, pickGuest(world).index, PLENARY, duration(world), options);
  },
  directBlocked(world) {
    const [a, b] = world.dice.shuffled(world.laptops);
    if (a === undefined || b === undefined) return;
    isolate(world, a.index, b.index, duration(world) * 3, { tcp: false, direct: true });
  },
  halfOpen(world) {
    const guest = pickGuest(world).index;
    const [from, to] = world.dice.chance(0.5) ? [guest, PLENARY] : [PLENARY, guest];
    const { network } = world;
    const ms = duration(world);
    network.block(from, to);
    world.later(ms, () => network.unblock(from, to));
    // Without answers nothing new comes the other way either, soon.
    if (ms <= 1_500) return;
    world.later(1_500, () => network.block(to, from));
    world.later(ms, () => network.unblock(to, from));
  },
  reset(world) {
    const [a, b] = pickPair(world);
    world.network.cut(a, b, 'reset');
    world.disturb(a === PLENARY ? b : a, 0);
  },
  silent(world) {
    const [a, b] = pickPair(world);
    world.network.cut(a, b, 'silent');
    world.disturb(a === PLENARY ? b : a, SILENCE_MS);
  },
  hubRestart(world) {
    const host = world.secondHub && world.dice.chance(0.4) ? SECOND_HUB : PLENARY;
    if (world.laptop(host).process?.asleep === true) return;
    world.stopHub(host);
    world.later(world.dice.spread(50, 4_000), () => {
      if (!world.hubs.has(host) && world.laptop(host).process !== null) world.startHub(host);
    });
  },
  kill: (world) => stop(world, 'kill'),
  powerOff: (world) => stop(world, 'powerOff'),
  close(world) {
    const laptop = pickLaptop(world);
    const process = laptop.active?.process;
    if (process === undefined) return;
    const gone = (): void => {
      if (laptop.process !== process) return;
      endProcess(world, laptop, 'reset');
      restartLater(world, laptop);
    };
    world.act(process, () => {
      laptop
        .close()
        .then(gone)
        .catch((error: unknown) => world.fault(error, laptop.person.name));
    });
  },
  sleep(world) {
    const laptop = pickLaptop(world);
    const { process } = laptop;
    if (process === null || process.asleep || laptop.running === null) return;
    const { time, network, hubs, dice } = world;
    const begun = time.now();
    const counts = dice.chance(0.5);
    process.asleep = true;
    const hub = hubs.get(laptop.index);
    if (hub !== undefined) hub.process.asleep = true;
    network.silent.add(laptop.index);
    world.later(dice.spread(300, 20_000), () => {
      if (laptop.process !== process || !process.asleep) return;
      if (!counts) {
        process.missed += time.now() - begun;
        if (hub !== undefined) hub.process.missed += time.now() - begun;
      }
      awaken(world, laptop);
    });
  },
  clockJump(world) {
    const laptop = pickLaptop(world);
    const by = (world.dice.chance(0.5) ? 1 : -1) * world.dice.spread(1_000, DAY_MS);
    jump(world, laptop, by);
  },
  fullDisk(world) {
    const { disk } = pickLaptop(world);
    disk.full = true;
    world.later(world.dice.spread(300, 9_000), () => {
      disk.full = false;
    });
  },
  file: passFile,
  takeBack: takeBackFile,
  move(world) {
    world.moveAddress();
    for (const { index } of world.laptops) {
      if (index === PLENARY) continue;
      world.network.cut(index, PLENARY, 'silent');
      world.disturb(index, SILENCE_MS);
    }
    world.later(world.dice.spread(200, 4_000), () => world.publishPlaces());
  },
  visit,
  pause: () => undefined,
};

/**
 * The last that some do before everything works again: they take a word away, and say nothing after
 * it. A state vector alone would not tell of such a change.
 */
export function eraseAtLast(world: World): void {
  for (const { active } of world.laptops) {
    if (active === null || !world.dice.chance(0.3)) continue;
    const own = [...active.documents.values()].filter(({ access }) => access === 'writes');
    const erasable = own.flatMap(({ editor }) => textsIn(editor));
    const chosen = world.dice.pick(erasable.filter(({ text }) => text !== ''));
    if (chosen === null) continue;
    const words = Array.from(chosen.text);
    const cut = words.splice(-1);
    const text = words.join('');
    world.act(active.process, () => {
      active.speaker.took(chosen.edit(text), { text, said: [], cut });
    });
  }
}
/** Wakes a laptop and its hub. */
export function awaken(world: World, laptop: Laptop): void {
  world.network.silent.delete(laptop.index);
  const hub = world.hubs.get(laptop.index);
  if (hub !== undefined) world.time.wake(hub.process);
  if (laptop.process !== null) world.time.wake(laptop.process);
  laptop.awakeSince = world.time.now();
  // What was under way while it slept may be a while in coming back.
  world.disturb(laptop.index, SILENCE_MS);
}

export function jump(world: World, laptop: Laptop, by: number): void {
  laptop.wallOffset += by;
  if (laptop.process !== null) laptop.process.wallOffset = laptop.wallOffset;
  const hub = world.hubs.get(laptop.index);
  if (hub !== undefined) hub.process.wallOffset = laptop.wallOffset;
}

const duration = (world: World): number => world.dice.spread(200, 15_000);

function pickLaptop(world: World): Laptop {
  return world.laptop(world.dice.below(world.laptops.length));
}
function pickGuest(world: World): Laptop {
  return world.laptop(1 + world.dice.below(world.laptops.length - 1));
}
/** Two between which there may be a connection. */
function pickPair(world: World): readonly [number, number] {
  const guest = pickGuest(world).index;
  const other = world.secondHub && guest !== SECOND_HUB && world.dice.chance(0.3);
  return [guest, other ? SECOND_HUB : PLENARY];
}

export interface WriterTarget {
  readonly running: Running;
  readonly document: OpenDocument;
}
function pickWriter(world: World): WriterTarget | null {
  const running = pickLaptop(world).active;
  if (running === null) return null;
  const own = [...running.documents.values()].filter(({ access }) => access === 'writes');
  const document = world.dice.pick(own);
  return document === null ? null : { running, document };
}
function writeOnce(world: World, running: Running, { editor }: OpenDocument): void {
  world.act(running.process, () => {
    try {
      if (editor.kind === 'plan') playPlan(editor.plan, world.dice, running.speaker);
      else if (editor.kind === 'report') playReport(editor.report, world.dice, running.speaker);
      else playGroup(editor.group, world.dice, running.speaker);
    } catch (error) {
      world.violate('S2 undo', error instanceof Error ? error.message : String(error));
    }
  });
}

function isolate(
  world: World,
  a: number,
  b: number,
  ms: number,
  what: { readonly tcp: boolean; readonly direct: boolean },
): void {
  const { network, air } = world;
  if (what.tcp) {
    network.block(a, b);
    network.block(b, a);
  }
  if (what.direct) air.block(a, b);
  world.later(ms, () => {
    if (what.tcp) {
      network.unblock(a, b);
      network.unblock(b, a);
    }
    if (what.direct) air.unblock(a, b);
  });
}

/** Ends what runs on a laptop: the process alone, or with it the hub and the machine. */
function endProcess(world: World, laptop: Laptop, ending: 'reset' | 'silent'): void {
  const { process } = laptop;
  if (process === null) return;
  laptop.kill();
  world.network.endOf(process, ending);
  world.network.silent.delete(laptop.index);
  const hub = world.hubs.get(laptop.index);
  if (hub !== undefined) {
    hub.process.dead = true;
    world.hubs.delete(laptop.index);
    world.network.hubs.delete(laptop.index);
    world.network.endOf(hub.process, ending);
  }
  world.disturb(laptop.index, ending === 'silent' ? SILENCE_MS : 0);
}
function stop(world: World, how: 'kill' | 'powerOff'): void {
  const laptop = pickLaptop(world);
  if (laptop.process === null) return;
  endProcess(world, laptop, how === 'kill' ? 'reset' : 'silent');
  restartLater(world, laptop);
}
function restartLater(world: World, laptop: Laptop): void {
  const hasHub = laptop.index === PLENARY || (laptop.index === SECOND_HUB && world.secondHub);
  const ms = world.dice.spread(100, 5_000);
  world.later(ms, () => {
    if (laptop.process !== null) return;
    if (hasHub && !world.hubs.has(laptop.index)) world.startHub(laptop.index);
    world.startLaptop(laptop, world.dice.below(200));
  });
}

/** A name for each document that a person may write, for messages. */
export const namesOf = (running: Running): readonly DocumentName[] => [...running.documents.keys()];
