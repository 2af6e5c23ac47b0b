import { textOf } from './editor.ts';
import type { Laptop } from './laptop.ts';
import type { World } from './world.ts';

function pickActive(world: World, laptops: readonly Laptop[]): Laptop | null {
  return world.dice.pick(laptops.filter(({ active }) => active !== null));
}

/** A stick goes from one laptop to another: all that the one has, or what the plenary laptop lacks. */
export function passFile(world: World): void {
  const from = pickActive(world, world.laptops);
  const running = from?.active ?? null;
  if (running === null) return;
  const only = world.dice.chance(0.5) ? 'lacking' : 'all';
  const ms = world.dice.spread(50, 20_000);
  const arrive = (bytes: Uint8Array): void => {
    const others = world.laptops.filter((laptop) => laptop !== from);
    const to = pickActive(world, others)?.active ?? null;
    if (to === null) return;
    // Of what neither may write, nobody says to the other that it is true. A2.
    const neitherWrites = [...running.documents.values()].some(
      ({ name, access }) => access === 'reads' && to.documents.get(name)?.access === 'reads',
    );
    world.act(to.process, () => {
      to.files
        .importFile(bytes, 'notes.caucus')
        .then((result) => {
          const reasons = ['no-access', 'stands-on-more', ...(neitherWrites ? ['only-read'] : [])];
          const expected = result.ok || reasons.includes(result.reason);
          if (!expected) world.violate('S5 file', `An honest file was refused: ${result.reason}`);
        })
        .catch((error: unknown) => world.fault(error, 'taking in a file'));
    });
  };
  world.act(running.process, () => {
    running.files
      .saveFile({ only })
      .then((bytes) => world.time.later(world.time.world, ms, () => arrive(bytes)))
      .catch((error: unknown) => world.fault(error, 'writing a file'));
  });
}

/** Somebody takes back the last file; what it brought may go, and nothing else. */
export function takeBackFile(world: World): void {
  const laptop = pickActive(world, world.laptops);
  const running = laptop?.active ?? null;
  const kept = laptop?.disk.imports[0];
  if (running === null || kept === undefined) return;
  const read = (): Set<string> =>
    new Set(
      [...running.documents.values()].flatMap(({ name, doc }) => Array.from(textOf(name, doc))),
    );
  const way = kept.takenBack ? running.files.bringBackFile : running.files.takeBackFile;
  let before = new Set<string>();
  world.act(running.process, () => {
    before = read();
    way(kept.id).catch((error: unknown) => world.fault(error, 'taking back a file'));
  });
  // It is done before anything else gets a turn, though not at once.
  world.act(running.process, () => {
    const after = read();
    running.words.remove([...before].filter((word) => !after.has(word)));
    running.words.add([...after].filter((word) => !before.has(word)));
  });
}
