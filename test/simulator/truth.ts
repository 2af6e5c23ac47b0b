import type { GroupStatus } from '../../src/browser/sync/status.ts';
import { type DocumentName, isGroup, keys, people, PLENARY } from './cast.ts';
import { type Clocks, clocksOf, covers } from './clocks.ts';
import type { OpenDocument } from './laptop.ts';
import { asksAbout, noRelaySince, type Way, type Ways } from './ways.ts';
import type { World } from './world.ts';

/** For so long may the truth be on its way. Rule S3; milliseconds. */
const GRACE_MS = 3_000;
/** For so long may it take until everything is there once nothing stands in the way. Milliseconds. */
export const HEAL_MS = 5_000;
const SECOND = 1_000;

interface Sample {
  readonly at: number;
  readonly running: number;
  readonly clocks: Clocks;
}

/**
 * Looks at every laptop once a second, at what its status says and at what is really so.
 *
 * At the moment t
 * - `S1 saved`: what a laptop shows as saved is on its disk.
 * - `S3 claims-too-much`: nothing waits, it says, while the plenary laptop's disk lacks something
 *   of its document. No grace: what waits is known without a network.
 * - `S3 claims-contact`: it says that there is contact by a path by which nothing could get through
 *   from t - 3 s to t.
 * - `S3 claims-too-little`: it says that something waits, or that there is no contact, while
 *   nothing stood in the relay's way from t - 5 s to t and the plenary laptop's disk held at t - 3 s
 *   all that the document holds at t; and has said so for 3 s.
 * - `pending`: nothing waits in a document for something that may never come.
 * - `late`: nothing stood in the relay's way from t - 5 s to t, and what the one had at t - 5 s the
 *   other does not have at t: on its disk on the way up, in the document on the way down.
 */
export function watchTruth(world: World, ways: Ways): { look(): void } {
  const samples = new Map<string, Sample[]>();
  const diskSamples = new Map<string, Sample[]>();
  const tooLittleSince = new Map<string, number>();
  let plenaryDiskFineSince: number | null = 0;

  function remember(kept: Map<string, Sample[]>, key: string, sample: Sample): void {
    const list = kept.get(key) ?? [];
    list.push(sample);
    if (list.length > 8) list.shift();
    kept.set(key, list);
  }
  const from = (list: readonly Sample[] | undefined, at: number): Sample | null =>
    list?.findLast((sample) => sample.at <= at) ?? null;

  /** Too little may be said for as long as the truth may take. */
  function checkLasting(where: string, isTooLittle: boolean, says: string): void {
    if (!isTooLittle) {
      tooLittleSince.delete(where);
      return;
    }
    const now = world.time.now();
    const since = tooLittleSince.get(where) ?? now;
    tooLittleSince.set(where, since);
    if (now - since >= GRACE_MS) world.violate('S3 claims-too-little', `${where}: ${says}`);
  }
  function checkContact(index: number, name: DocumentName, status: GroupStatus, way: Way): void {
    if (!status.inContact) return;
    const now = world.time.now();
    const since = status.path === 'direct' ? way.noDirectSince : noRelaySince(way);
    if (since === null || now - Math.max(since, world.laptop(index).awakeSince) <= GRACE_MS) return;
    const seconds = Math.round((now - since) / SECOND);
    world.violate('S3 claims-contact', `${place(index, name)}: ${status.path}, for ${seconds} s`);
  }
  function checkGuest(
    index: number,
    open: OpenDocument,
    clocks: Clocks,
    status: GroupStatus,
  ): void {
    const now = world.time.now();
    const { documentId } = keys[open.name];
    const disk = world.laptop(PLENARY).disk.clocks(documentId);
    if (status.waiting === 0 && !covers(disk, clocks)) {
      world.violate('S3 claims-too-much', place(index, open.name));
    }
    const way = ways.of(index);
    checkContact(index, open.name, status, way);
    if (way.sureSince === null || now - way.sureSince < HEAL_MS) {
      tooLittleSince.delete(place(index, open.name));
      return;
    }
    const before = from(diskSamples.get(documentId), now - GRACE_MS);
    const isThere = before !== null && covers(before.clocks, clocks);
    const isTooLittle =
      isThere && isSafe(now - HEAL_MS) && (status.waiting > 0 || !status.inContact);
    const says = status.inContact ? `${status.waiting} wait` : 'no contact';
    checkLasting(place(index, open.name), isTooLittle, says);
  }
  /** Whether the plenary laptop's disk has taken everything since then. */
  const isSafe = (since: number): boolean =>
    plenaryDiskFineSince !== null && plenaryDiskFineSince <= since;

  function checkSpeed(index: number, { name, access, doc }: OpenDocument): void {
    const now = world.time.now();
    const { sureSince } = ways.of(index);
    const { active, disk } = world.laptop(PLENARY);
    const plenary = active?.documents.get(name);
    if (sureSince === null || now - sureSince < HEAL_MS || plenary === undefined) return;
    const mine = from(samples.get(place(index, name)), now - HEAL_MS);
    const isOfNow = mine?.running === world.laptop(index).active?.startedAt;
    const { documentId } = keys[name];
    if (access === 'writes' && mine !== null && isOfNow && isSafe(now - HEAL_MS)) {
      if (!covers(disk.clocks(documentId), mine.clocks))
        world.violate('late', `up: ${place(index, name)}`);
    }
    const theirs = from(samples.get(place(PLENARY, name)), now - HEAL_MS);
    if (theirs === null || theirs.running !== active?.startedAt) return;
    if (!covers(clocksOf(doc), theirs.clocks)) world.violate('late', `down: ${place(index, name)}`);
  }

  /** On the plenary laptop: contact with a group is contact with one of its facilitators. */
  function checkPlenary(name: DocumentName, status: GroupStatus): void {
    const now = world.time.now();
    const facilitators = world.laptops.filter(
      ({ index, person }) => person.role === 'facilitator' && asksAbout(index, name),
    );
    if (facilitators.length === 0) return;
    const awakeSince = world.laptop(PLENARY).awakeSince;
    const gone = facilitators.every(({ index }) => {
      const way = ways.of(index);
      const { noDirectSince } = way;
      const since = Math.max(noRelaySince(way) ?? Infinity, noDirectSince ?? Infinity, awakeSince);
      return now - since > GRACE_MS;
    });
    if (gone && status.inContact) {
      world.violate('S3 claims-contact', `${place(PLENARY, name)}: ${status.path}`);
    }
    const sure = facilitators.some(({ index }) => {
      const { sureSince } = ways.of(index);
      return sureSince !== null && now - Math.max(sureSince, awakeSince) >= HEAL_MS;
    });
    checkLasting(place(PLENARY, name), sure && !status.inContact, 'no contact');
  }

  return {
    look() {
      const now = world.time.now();
      ways.look();
      const { disk } = world.laptop(PLENARY);
      plenaryDiskFineSince = disk.full ? null : (plenaryDiskFineSince ?? now);
      for (const { index, active, disk: own } of world.laptops) {
        if (active === null) continue;
        for (const open of active.documents.values()) {
          const { name, doc, persisted } = open;
          const { documentId } = keys[name];
          const clocks = clocksOf(doc);
          if (persisted.state().state === 'saved' && !covers(own.clocks(documentId), clocks)) {
            world.violate('S1 saved', place(index, name));
          }
          if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
            world.violate('pending', place(index, name));
          }
          remember(samples, place(index, name), { at: now, running: active.startedAt, clocks });
          if (index === PLENARY) {
            if (isGroup(name)) checkPlenary(name, active.status(name));
            continue;
          }
          if (asksAbout(index, name)) checkGuest(index, open, clocks, active.status(name));
          checkSpeed(index, open);
        }
      }
      for (const { documentId } of Object.values(keys)) {
        remember(diskSamples, documentId, { at: now, running: 0, clocks: disk.clocks(documentId) });
      }
    },
  };
}

export const place = (index: number, name: DocumentName): string =>
  `${people[index]?.name ?? index}/${name}`;
