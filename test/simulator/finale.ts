import type * as Y from 'yjs';
import {
  groupRoots,
  planRoots,
  reportBackTextRoot,
  reportRoots,
  reportTextPrefix,
} from '../../src/core/session/schema.ts';
import { type DocumentName, documentNames, isOf, keys, PLENARY, SECOND_HUB } from './cast.ts';
import { clocksOf, covers } from './clocks.ts';
import { textOf } from './editor.ts';
import type { Laptop, OpenDocument } from './laptop.ts';
import { awaken } from './operations.ts';
import { asksAbout } from './ways.ts';
import { place } from './truth.ts';
import type { World } from './world.ts';

/** Everything works again from now on. */
export function heal(world: World): void {
  const { network, air } = world;
  network.heal();
  air.heal();
  world.publishPlaces();
  for (const host of world.secondHub ? [PLENARY, SECOND_HUB] : [PLENARY]) {
    if (!world.hubs.has(host)) world.startHub(host);
  }
  for (const laptop of world.laptops) {
    laptop.disk.full = false;
    if (laptop.process?.asleep === true) awaken(world, laptop);
    if (laptop.process === null) world.startLaptop(laptop, 0);
  }
}

const opened = (world: World, name: DocumentName): readonly (readonly [Laptop, OpenDocument])[] =>
  world.laptops.flatMap((laptop) => {
    const open = laptop.active?.documents.get(name);
    return open === undefined ? [] : [[laptop, open] as const];
  });

/** Whether all laptops have the same, all is on the plenary laptop's disk, and all say so. */
export function isSettled(world: World): boolean {
  if (world.laptops.some(({ active }) => active === null)) return false;
  return documentNames.every((name) => {
    const all = opened(world, name);
    const [first] = all;
    if (first === undefined) return false;
    const clocks = clocksOf(first[1].doc);
    const disk = world.laptop(PLENARY).disk.clocks(keys[name].documentId);
    if (!covers(disk, clocks)) return false;
    return all.every(([laptop, { doc, persisted }]) => {
      const here = clocksOf(doc);
      if (!(asksAbout(laptop.index, name) ? same(clocks, here) : covers(here, clocks)))
        return false;
      if (persisted.state().state !== 'saved') return false;
      if (laptop.index === PLENARY || !asksAbout(laptop.index, name)) return true;
      const status = laptop.active?.status(name);
      return status !== undefined && status.waiting === 0 && status.inContact && !status.behind;
    });
  });
}

/** What must hold once everything works and a while has passed. */
export function checkEnd(world: World): void {
  for (const name of documentNames) checkDocument(world, name);
  for (const laptop of world.laptops) {
    if (laptop.active === null) world.violate('end', `${laptop.person.name} is not there`);
  }
  const text = documentNames
    .map((name) => textOf(name, world.laptop(PLENARY).disk.mirror(keys[name].documentId)))
    .join('');
  const missing = world.ledger.missingFrom(text);
  if (missing.length > 0) world.violate('S2 lost', `${missing.length} words`);
  // Words are beyond ASCII; the rest is there for its size.
  const doubled = world.ledger.doubledIn(text.replaceAll(/[ -~]/gu, ''));
  if (doubled.length > 0) world.violate('S2 doubled', `${doubled.length} words`);
  for (const { server } of world.hubs.values()) {
    if (server.documentCount() > documentNames.length) {
      world.violate('relay memory', `${server.documentCount()} documents`);
    }
  }
}

function checkDocument(world: World, name: DocumentName): void {
  const [first, ...others] = opened(world, name);
  if (first === undefined) return;
  const expected = contentOf(name, first[1].doc);
  const clocks = clocksOf(first[1].doc);
  for (const [laptop, { doc }] of [first, ...others]) {
    const where = place(laptop.index, name);
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
      world.violate('pending', where);
    }
    const stray = [...doc.store.clients.keys()].find((client) => !isOf(client, name));
    if (stray !== undefined) world.violate('A2 stray', `${where}: client ${stray}`);
    const here = clocksOf(doc);
    if (same(clocks, here)) {
      if (contentOf(name, doc) !== expected) world.violate('diverged', `${where}: content`);
    } else if (asksAbout(laptop.index, name) || !covers(here, clocks)) {
      // Who only reads may be left with what its writer lost before it was saved anywhere else.
      world.violate('diverged', `${where}: clocks`);
    }
    const disk = laptop.disk.mirror(keys[name].documentId);
    if (contentOf(name, disk) !== contentOf(name, doc)) world.violate('diverged', `${where}: disk`);
    if (laptop.index === PLENARY || !asksAbout(laptop.index, name)) continue;
    const status = laptop.active?.status(name);
    if (status?.waiting !== 0 || !status.inContact || status.behind) {
      world.violate('S3 end', `${where}: ${JSON.stringify({ ...status, laptops: undefined })}`);
    }
  }
}

/** The clocks on the screens agree within a second, whatever the laptops' own say. */
export function checkClocks(world: World): void {
  const plenary = world.laptop(PLENARY);
  for (const { index, person, wallOffset, clockOffset } of world.laptops) {
    if (index === PLENARY) continue;
    const off = wallOffset + clockOffset - plenary.wallOffset;
    if (Math.abs(off) > 1_000) world.violate('clock', `${person.name} is off by ${off} ms`);
  }
}

/** Everybody leaves: nothing may stay behind. */
export async function leave(world: World): Promise<void> {
  const { time } = world;
  const processes = world.laptops.map(({ process }) => process);
  let closed = 0;
  for (const laptop of world.laptops) {
    if (laptop.process === null) continue;
    world.act(laptop.process, () => {
      laptop
        .close()
        .then(() => {
          closed += 1;
        })
        .catch((error: unknown) => world.fault(error, laptop.person.name));
    });
  }
  await time.runUntil(time.now() + 3_000);
  if (closed < world.laptops.length) world.violate('left behind', `${closed} have closed`);
  for (const [index, process] of processes.entries()) {
    const timers = process === null ? 0 : time.timers(process);
    if (timers > 0)
      world.violate('left behind', `${timers} timers of ${world.laptop(index).person.name}`);
  }
  // A hub finds dead connections by its own pings.
  await time.runUntil(time.now() + 100_000);
  for (const { server } of world.hubs.values()) {
    if (server.documentCount() > 0) {
      world.violate('relay memory', `${server.documentCount()} documents that nobody has open`);
    }
  }
}

const same = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  covers(a, b) && covers(b, a);

/** All that can be read in a document, in one order. */
export function contentOf(name: DocumentName, doc: Y.Doc): string {
  const maps = name === 'plan' ? planRoots : name === 'report' ? reportRoots : groupRoots;
  const texts =
    name === 'plan' || name === 'report'
      ? [...doc.share.keys()].filter((root) => root.startsWith(reportTextPrefix)).toSorted()
      : [reportBackTextRoot];
  return stable([
    ...maps.map((root) => [root, doc.getMap(root).toJSON()]),
    // A text in which nothing stands is there only where somebody has looked for it.
    ...texts.map((root) => [root, doc.getText(root).toJSON()]).filter(([, text]) => text !== ''),
  ]);
}

const stable = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
