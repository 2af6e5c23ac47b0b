import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import * as Y from 'yjs';
import {
  createSessionAccess,
  type SessionAccess,
} from '../../../src/browser/app/session-access.ts';
import { joined, makeSession } from '../../../src/browser/app/session-records.ts';
import type { SessionRecord } from '../../../src/browser/app/types.ts';
import type { DocumentId } from '../../../src/core/protocol/document-key.ts';
import type { Revocation } from '../../../src/core/protocol/relay-frame.ts';
import type { Ticket } from '../../../src/core/protocol/ticket.ts';
import { utf8Decode } from '../../../src/core/protocol/utf8.ts';
import type { DeviceId, GroupId, Part } from '../../../src/core/session/ids.ts';
import { firstSeed, type Random, randomFrom } from '../../tools/seeded-random.ts';

const START = Date.UTC(2026, 0, 1);
function chosen<T>(random: Random, items: readonly T[]): T {
  const item = random.pick(items);
  if (item === null) throw new Error('There is nothing to choose from');
  return item;
}
const settled = async (): Promise<void> => {
  // Nothing here waits for anything but promises.
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
};

interface TestLaptop {
  readonly name: DeviceId;
  readonly access: SessionAccess;
  readonly doc: (part: Part) => Y.Doc;
  readonly record: () => SessionRecord;
  readonly revocation: () => Revocation | null;
  /** The documents that it left behind, as far as it listens to them. */
  readonly left: Map<DocumentId, Y.Doc>;
  readonly type: (part: Part, text: string) => void;
  readonly texts: (part: Part) => readonly string[];
}

function createLaptop(
  name: string,
  first: SessionRecord,
  now: () => number,
  docs = new Map<Part, Y.Doc>(),
): TestLaptop {
  let record = first;
  let revocation: Revocation | null = null;
  const left = new Map<DocumentId, Y.Doc>();
  const doc = (part: Part): Y.Doc => {
    const known = docs.get(part) ?? new Y.Doc();
    docs.set(part, known);
    return known;
  };
  const access = createSessionAccess({
    record: () => record,
    context: { deviceId: name as DeviceId, now, newId: () => 'unused' },
    plan: doc(null),
    report: first.report === undefined ? null : doc('report'),
    title: () => 'Security by design',
    group: (groupId) => (record.groups.has(groupId) ? doc(groupId) : null),
    async save(change) {
      record = { ...record, ...change };
    },
    async move() {
      return async () => undefined;
    },
    onRevocation: (given) => void (revocation = given),
    onPass: () => undefined,
  });
  return {
    name: name as DeviceId,
    access,
    doc,
    record: () => record,
    revocation: () => revocation,
    left,
    type: (part, text) => doc(part).getMap('notes').set(text, true),
    texts: (part) => [...doc(part).getMap('notes').keys()].toSorted(),
  };
}

const take = (from: Y.Doc, to: Y.Doc): void =>
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));

/** The documents that a laptop knows, by the keys under which it has them now. */
const documentsOf = ({ plan, report, groups }: SessionRecord): ReadonlyMap<Part, DocumentId> =>
  new Map<Part, DocumentId>([
    [null, plan.documentId],
    ...(report === undefined ? [] : [['report', report.documentId] as const]),
    ...[...groups].map(([groupId, { documentId }]) => [groupId, documentId] as const),
  ]);
function writes({ role }: SessionRecord, part: Part): boolean {
  if (part === null) return role === 'moderator';
  return part === 'report' ? role !== 'facilitator' : role !== 'rapporteur';
}

/**
 * What happens where a laptop is in contact with the plenary laptop's hub: documents whose keys both
 * know become the same; what is set aside is taken in there and told to nobody; boxes are handed out.
 */
function meet(plenary: TestLaptop, other: TestLaptop): void {
  const setAside = new Set(plenary.revocation()?.setAside ?? []);
  const current = new Map([...documentsOf(plenary.record())].map(([part, id]) => [id, part]));
  let isLeftBehind = false;
  for (const [part, documentId] of documentsOf(other.record())) {
    const mayWrite = writes(other.record(), part);
    if (setAside.has(documentId)) {
      isLeftBehind = true;
      if (!mayWrite) continue;
      const aside = plenary.left.get(documentId) ?? new Y.Doc();
      plenary.left.set(documentId, aside);
      take(other.doc(part), aside);
    } else if (current.has(documentId)) {
      if (mayWrite) take(other.doc(part), plenary.doc(part));
      take(plenary.doc(part), other.doc(part));
    }
  }
  const boxes = plenary.revocation()?.boxes ?? new Uint8Array();
  if (isLeftBehind && boxes.length > 0) other.access.access?.onBoxes?.(boxes);
}

async function openWorkshop(random: Random) {
  let time = START;
  const now = (): number => time;
  const input = {
    title: 'Security by design',
    description: '',
    attribution: false,
    questions: [],
    groups: [
      { name: 'Makers', online: false },
      { name: 'Networks', online: false },
    ],
    agenda: [],
    stakeholderGroups: [],
    regions: [],
  };
  let made = 0;
  const context = {
    deviceId: 'plenary' as DeviceId,
    now,
    newId: () => `id-${(made += 1)}`,
  };
  const { record, documents } = makeSession(input, context);
  const docs = new Map<Part, Y.Doc>(
    [...documentsOf(record)].flatMap(([part, documentId]) =>
      documents.flatMap(({ doc, key }) => (key.documentId === documentId ? [[part, doc]] : [])),
    ),
  );
  const plenary = createLaptop('plenary', record, now, docs);
  const [one, two] = [...record.groups.keys()] as [GroupId, GroupId];
  /** Clocks differ, though all believe theirs to be the plenary laptop's. */
  const join = (name: string, ticket: Ticket): TestLaptop => {
    const off = random.below(4_000) - 2_000;
    return createLaptop(name, joined(null, ticket, now()), () => time + off);
  };
  const access = plenary.access;
  const laptops = [
    join('moderator', access.ticketFor('moderator', null, [], null)),
    join('rapporteur', access.ticketFor('rapporteur', null, [], null)),
    join('second rapporteur', access.ticketFor('rapporteur', null, [], null)),
    ...['1a', '1b', '1c'].map((name) => join(name, access.ticketFor('facilitator', one, [], null))),
    ...['2a', '2b'].map((name) => join(name, access.ticketFor('facilitator', two, [], null))),
  ];
  access.enter();
  for (let round = 0; round < 2; round += 1) {
    for (const laptop of laptops) {
      meet(plenary, laptop);
      laptop.access.enter();
      await settled();
      meet(plenary, laptop);
    }
  }
  return { plenary, laptops, one, two, pass: (ms: number) => (time += ms) };
}

async function playAtOnce(seed: number): Promise<void> {
  const random = randomFrom(seed);
  const { plenary, laptops, one, two, pass } = await openWorkshop(random);
  const named = (name: string): TestLaptop => {
    const found = laptops.find((laptop) => laptop.name === name);
    if (found === undefined) throw new Error(`No laptop ${name}`);
    return found;
  };
  const moderator = named('moderator');
  const losable: readonly (readonly [GroupId | null, string])[] = [
    [one, '1a'],
    [one, '1b'],
    [two, '2a'],
    [null, 'rapporteur'],
  ];
  const first = chosen(random, losable);
  const second = chosen(
    random,
    losable.filter((other) => other !== first),
  );
  const lost = [first, second].map(([, name]) => named(name));
  const typed = new Map<Part, string[]>([
    [one, []],
    [two, []],
    ['report', []],
  ]);
  /** What a laptop that is no moderator's writes. */
  const ownOf = (laptop: TestLaptop): Part => laptop.record().groupId ?? 'report';
  const steps: (() => void)[] = [
    () => plenary.access.takeBack(first[0], first[1] as DeviceId),
    () => moderator.access.takeBack(second[0], second[1] as DeviceId),
  ];
  for (let count = 0; count < 12; count += 1) {
    steps.push(() => meet(plenary, chosen(random, laptops)));
    steps.push(() => pass(random.below(1_500)));
    steps.push(() => {
      const writer = chosen(
        random,
        laptops.filter((laptop) => laptop.record().role !== 'moderator' && !lost.includes(laptop)),
      );
      const text = `note ${seed} ${count}`;
      writer.type(ownOf(writer), text);
      typed.get(ownOf(writer))?.push(text);
    });
  }
  for (const step of random.shuffled(steps)) {
    step();
    if (random.chance(0.7)) await settled();
  }
  // What comes before the plenary laptop has heard of it comes in time.
  for (let round = 0; round < 3; round += 1) {
    meet(plenary, moderator);
    await settled();
  }
  for (const laptop of lost) laptop.type(ownOf(laptop), `lost ${laptop.name}`);
  for (let round = 0; round < 8; round += 1) {
    for (const laptop of random.shuffled(laptops)) {
      await settled();
      meet(plenary, laptop);
    }
    pass(1_000);
  }
  await settled();

  const idsOf = (record: SessionRecord): readonly DocumentId[] => [...documentsOf(record).values()];
  const current = idsOf(plenary.record());
  for (const laptop of laptops) {
    const known = idsOf(laptop.record());
    // The lost ones know a key that is still in use only of what was never theirs to lose.
    const role = laptop.record().role;
    if (!lost.includes(laptop)) {
      expect(current, `${laptop.name} goes on`).toEqual(expect.arrayContaining([...known]));
      continue;
    }
    const groups = [...laptop.record().groups.values()].map(({ documentId }) => documentId);
    const owned = role === 'facilitator' ? groups : known;
    for (const documentId of owned) {
      expect(current, `${laptop.name} is out`).not.toContain(documentId);
    }
  }
  for (const [part, texts] of typed) {
    // Nothing that was typed on a laptop that stays is lost, and nothing of the lost ones is merged.
    expect(plenary.texts(part)).toEqual(texts.toSorted());
    for (const laptop of laptops) {
      const reads = documentsOf(laptop.record()).has(part) && !lost.includes(laptop);
      if (reads) expect(laptop.texts(part), laptop.name).toEqual(texts.toSorted());
    }
  }
  const aside = [...plenary.left.values()].flatMap((doc) => [...doc.getMap('notes').keys()]);
  for (const laptop of lost) expect(aside).toContain(`lost ${laptop.name}`);
  // A2: no facilitator's laptop has come by the report, whatever was renewed.
  for (const { record, name } of laptops) {
    if (record().role === 'facilitator') expect(record().report, name).toBeUndefined();
  }
  for (const laptop of [plenary, ...laptops]) await laptop.access.destroy();
}

describe('access taken back by two moderators at once', { timeout: 120_000 }, () => {
  const seeds = Array.from({ length: 10 }, (_, index) => firstSeed + index);
  it.each(seeds)('A1, S2: both laptops are out and nothing is lost, seed %i', playAtOnce);
});

describe('what a hub hands out', () => {
  it('A1: of an earlier renewal is no way back, whatever the hub says of it', async () => {
    const { plenary, laptops, one } = await openWorkshop(randomFrom(1));
    const reads = laptops.find(({ name }) => name === '1b')?.access.access;
    const boxes = (): string => utf8Decode(plenary.revocation()?.boxes ?? new Uint8Array()) ?? '';
    plenary.access.takeBack(one, '1a' as DeviceId);
    await settled();
    const first = boxes();
    const at = /"at":(\d+)/u.exec(first)?.[1] ?? '';
    const forged = first.replaceAll(`"at":${at}`, `"at":${Number(at) + 60_000}`);
    expect(forged).not.toBe(first);
    expect(reads?.onBoxes?.(utf8ToBytes(forged))).toBe(false);
    expect(reads?.onBoxes?.(utf8ToBytes(first))).toBe(true);
    for (const { access } of [plenary, ...laptops]) await access.destroy();
  });
});
