import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  checkSessionFile,
  saveLackingFile,
  saveSessionFile,
} from '../../../src/browser/app/session-file.ts';
import { firstSeed, forSeeds, randomFrom } from '../../tools/seeded-random.ts';
import { exchange } from '../session/laptops.ts';
import {
  type FileLaptop,
  key,
  note,
  receiptsOf,
  session,
  stateOf,
  takeIn,
  texts,
} from './file-laptops.ts';

function lackingFile(laptop: FileLaptop, plenary: FileLaptop, at = 11_42): Uint8Array {
  const file = saveLackingFile(laptop, at + 1, receiptsOf(plenary, at));
  if (file === null) throw new Error('The plenary laptop lacks nothing');
  return file.bytes;
}
/** Letters that deflating makes hardly shorter. */
function long(seed: number): string {
  const random = randomFrom(seed);
  return Array.from({ length: 2_000 }, () => String.fromCodePoint(97 + random.below(26))).join('');
}

describe('a file with only what the plenary laptop lacks', () => {
  it('is small, says how much and since when, and just works on the plenary laptop', () => {
    const { mine, copy } = session();
    for (let count = 0; count < 40; count += 1) note(mine.group, long(count));
    const plenary = copy();
    note(mine.group, 'said since');
    note(mine.group, 'and this');
    const file = saveLackingFile(mine, 2, receiptsOf(plenary, 1));
    expect(file?.changes).toBe(2);
    const all = saveSessionFile(mine, 2);
    expect(file?.bytes.length).toBeLessThan(all.length / 10);
    const check = takeIn(file?.bytes ?? new Uint8Array(), plenary);
    expect(check).toMatchObject({
      ok: true,
      contents: {
        since: 1,
        news: 2,
        plan: null,
        groups: [{ changes: { notes: { added: 2, known: 0 } } }],
      },
    });
    expect(texts(plenary.group)).toEqual(texts(mine.group));
  });

  it('holds also what was only deleted', () => {
    const { mine, copy } = session();
    const id = note(mine.group, 'a mistake');
    const plenary = copy();
    const entry = mine.group.getMap('notes').get(id);
    if (entry instanceof Y.Map) entry.set('deleted', true);
    takeIn(lackingFile(mine, plenary), plenary);
    expect(texts(plenary.group)).toEqual([]);
  });

  it('is none where the plenary laptop lacks nothing, and all where it never said anything', () => {
    const { mine, copy, empty } = session();
    note(mine.group, 'one');
    expect(saveLackingFile(mine, 1, receiptsOf(copy(), 1))).toBeNull();
    const file = saveLackingFile(mine, 1, new Map());
    const fresh = empty('fresh');
    expect(takeIn(file?.bytes ?? new Uint8Array(), fresh)).toMatchObject({
      ok: true,
      contents: { since: null },
    });
    expect(texts(fresh.group)).toEqual(['one']);
  });

  it('S2: on a laptop that lacks what it stands on, it is refused and nothing is changed', () => {
    const { mine, copy, empty } = session();
    const before = copy('before', 'rapporteur');
    note(mine.group, 'what the plenary laptop has');
    const plenary = copy();
    note(mine.group, 'said since');
    const file = lackingFile(mine, plenary, 1_142);
    for (const laptop of [before, empty('fresh')]) {
      const state = stateOf(laptop);
      expect(takeIn(file, laptop)).toEqual({
        ok: false,
        reason: 'stands-on-more',
        from: mine.from,
        since: 1_142,
      });
      expect(stateOf(laptop)).toBe(state);
    }
    // The whole file is what helps, and then the small one too.
    takeIn(saveSessionFile(mine, 2), before);
    expect(takeIn(file, before)).toMatchObject({ ok: true, contents: { news: 0 } });
  });

  it('stands on nothing that the laptop that wrote it does not have itself', () => {
    const { mine, copy } = session();
    const plenary = copy();
    const third = copy('third');
    note(plenary.group, 'typed at the plenary laptop');
    note(mine.group, 'typed here');
    expect(takeIn(lackingFile(mine, plenary), third)).toMatchObject({ ok: true });
    expect(texts(third.group)).toEqual(['typed here']);
  });

  it('is written as version 2, which the first Caucus calls newer and not damaged', () => {
    const { mine, copy } = session();
    const plenary = copy();
    note(mine.group, 'one');
    expect(lackingFile(mine, plenary)[8]).toBe(2);
  });

  it(`S5: any sticks in any order, any of them twice, bring everything (15 runs, seeds from ${firstSeed})`, () => {
    forSeeds(15, (random) => {
      const { mine, copy } = session();
      const plenary = copy();
      const other = copy('other', 'facilitator');
      const laptops = [mine, other];
      const sticks: Uint8Array[] = [];
      let said = 0;
      const say = (doc: Y.Doc): void => {
        said += 1;
        note(doc, `note ${said}`);
      };
      for (let turn = 0; turn < 10; turn += 1) {
        const laptop = random.pick(laptops) ?? mine;
        say(laptop.group);
        if (random.chance(0.3)) say(plenary.group);
        if (random.chance(0.3)) exchange(laptop.group, plenary.group);
        if (random.chance(0.2)) exchange(mine.group, other.group);
        if (random.chance(0.4)) sticks.push(saveSessionFile(laptop, turn));
        const lacking = saveLackingFile(laptop, turn, receiptsOf(plenary, turn));
        if (lacking !== null && random.chance(0.6)) sticks.push(lacking.bytes);
      }
      for (const laptop of laptops) {
        const last = saveLackingFile(laptop, 99, receiptsOf(plenary, 99));
        if (last !== null) sticks.push(last.bytes);
      }
      for (const stick of random.shuffled([...sticks, ...sticks])) {
        expect(takeIn(stick, plenary)).toMatchObject({ ok: true });
      }
      expect(plenary.group.store.pendingStructs).toBeNull();
      for (const laptop of laptops) {
        expect(texts(plenary.group)).toEqual(expect.arrayContaining([...texts(laptop.group)]));
      }
      const state = stateOf(plenary);
      for (const stick of random.shuffled(sticks)) takeIn(stick, plenary);
      expect(stateOf(plenary)).toBe(state);
    });
  });

  it('A1: does not show in clear what it stands on', () => {
    const { mine, copy } = session();
    const plenary = copy();
    note(mine.group, 'one');
    const file = lackingFile(mine, plenary);
    const { stateVector } = receiptsOf(plenary, 0).get(key(2).documentId) ?? {};
    expect(Buffer.from(file).includes(Buffer.from(stateVector ?? []))).toBe(false);
    expect(checkSessionFile(file, { ...plenary, documents: [] })).toMatchObject({
      ok: false,
      reason: 'no-access',
    });
  });
});
