import { describe, expect, it, vi } from 'vitest';
import {
  checkSessionFile,
  saveLackingFile,
  saveSessionFile,
} from '../../../src/browser/app/session-file.ts';
import { createSessionFiles } from '../../../src/browser/app/session-files.ts';
import type { KeptImport } from '../../../src/browser/storage/import-store.ts';
import { unpackSessionFile } from '../../../src/core/bundle/session-file.ts';
import { documentKeyOf, readersSecretOf } from '../../../src/core/protocol/document-key.ts';
import { testContext } from '../../tools/context.ts';
import {
  type FileLaptop,
  key,
  note,
  receiptsOf,
  session,
  stateOf,
  summary,
  takeIn,
  texts,
  writeSummary,
} from './file-laptops.ts';

const WRITTEN = 'Registers would help, if makers keep them.';
const versionOf = (file: Uint8Array | undefined): number | undefined => file?.[8];

describe('a session file with the report', () => {
  it('is version 3, which an older Caucus calls newer; without the report all is as it was', () => {
    const { mine, copy } = session({ hasReport: true });
    const rapporteur = copy('rapporteur', 'rapporteur');
    const plenary = copy();
    expect(versionOf(saveSessionFile(rapporteur, 1))).toBe(3);
    expect(versionOf(saveSessionFile(plenary, 1))).toBe(3);
    expect(versionOf(saveSessionFile(mine, 1))).toBe(1);
    note(mine.group, 'one');
    expect(versionOf(saveLackingFile(mine, 1, receiptsOf(plenary, 1))?.bytes)).toBe(2);
    writeSummary(rapporteur, WRITTEN);
    expect(versionOf(saveLackingFile(rapporteur, 1, receiptsOf(plenary, 1))?.bytes)).toBe(3);
    // The plenary laptop of an older session.
    expect(versionOf(saveSessionFile(session().copy(), 1))).toBe(1);
    const file = saveSessionFile(rapporteur, 1);
    expect(unpackSessionFile(file, [])).toMatchObject({ ok: true, locked: 3 });
    expect(Buffer.from(file).includes(WRITTEN)).toBe(false);
  });

  it('A2: gives a facilitator nothing of it, and the rapporteur all', () => {
    const { mine, copy, empty } = session({ hasReport: true });
    const plenary = copy();
    note(plenary.group, 'said');
    writeSummary(plenary, WRITTEN);
    const file = saveSessionFile(plenary, 5_000);
    const before = mine.documents.length;
    const read = takeIn(file, mine);
    expect(read).toMatchObject({ ok: true, contents: { news: 1, leftOut: 0 } });
    expect(read.ok && read.contents).not.toHaveProperty('report');
    expect(read.ok && read.parts.map(({ document }) => document.part)).toEqual([null, 'g1']);
    expect(texts(mine.group)).toEqual(['said']);
    expect(mine.documents).toHaveLength(before);
    const keys = mine.documents.map((document) => document.key);
    const opened = unpackSessionFile(file, keys);
    expect(opened).toMatchObject({ ok: true, locked: 1 });
    const inside = opened.ok ? opened.file.documents : [];
    expect(inside.map(({ kind }) => kind)).toEqual(['plan', 'group']);
    for (const { update } of inside) expect(Buffer.from(update).includes(WRITTEN)).toBe(false);

    const rapporteur = empty('rapporteur', 'rapporteur');
    expect(takeIn(file, rapporteur)).toMatchObject({
      ok: true,
      contents: { report: { changes: ['texts'] } },
    });
    expect(summary(rapporteur)).toBe(WRITTEN);
  });

  it('S5: says what is new in it, once, and nothing newer is changed by it', () => {
    const { copy } = session({ hasReport: true });
    const rapporteur = copy('rapporteur', 'rapporteur');
    const plenary = copy();
    writeSummary(rapporteur, WRITTEN);
    rapporteur.report?.getMap('omissions').set('note/g1/n1', true);
    const file = saveSessionFile(rapporteur, 1);
    const contents = {
      news: 2,
      plan: { news: 0 },
      groups: [{ news: 0 }],
      report: { news: 2, changes: ['texts', 'omissions'] },
    };
    expect(checkSessionFile(file, plenary)).toMatchObject({ ok: true, contents });
    expect(summary(plenary)).toBe('');
    expect(takeIn(file, plenary)).toMatchObject({ ok: true, contents });
    expect(summary(plenary)).toBe(WRITTEN);
    writeSummary(plenary, `${WRITTEN} Or so.`);
    const state = stateOf(plenary);
    expect(takeIn(file, plenary)).toMatchObject({
      ok: true,
      contents: { news: 0, report: { news: 0, changes: [] } },
    });
    expect(stateOf(plenary)).toBe(state);
  });

  it('brings only what the plenary laptop lacks of the report, and counts it', () => {
    const { copy } = session({ hasReport: true });
    const rapporteur = copy('rapporteur', 'rapporteur');
    writeSummary(rapporteur, WRITTEN);
    const plenary = copy('plenary');
    takeIn(saveSessionFile(rapporteur, 1), plenary);
    expect(saveLackingFile(rapporteur, 2, receiptsOf(plenary, 2))).toBeNull();
    writeSummary(rapporteur, `${WRITTEN} Or so.`);
    const lacking = saveLackingFile(rapporteur, 3, receiptsOf(plenary, 2));
    expect(lacking?.changes).toBe(1);
    expect(takeIn(lacking?.bytes ?? new Uint8Array(), plenary)).toMatchObject({
      ok: true,
      contents: { since: 2, plan: null, groups: [], report: { news: 1, changes: ['texts'] } },
    });
    expect(summary(plenary)).toBe(`${WRITTEN} Or so.`);
  });
});

describe('taking the report in from a file, and back', () => {
  function open(laptop: FileLaptop) {
    const kept = new Map<string, KeptImport>();
    return createSessionFiles({
      session: () => laptop,
      sessions: {
        receipt: async () => null,
        imports: {
          all: async () => [...kept.values()],
          get: async (id) => kept.get(id) ?? null,
          put: async (one) => void kept.set(one.id, structuredClone(one)),
        },
      },
      context: testContext(laptop.from.deviceId, 1_000),
      flush: async () => undefined,
      onReceipt: vi.fn(),
    });
  }
  async function takenIn(text: string) {
    const { copy } = session({ hasReport: true });
    const rapporteur = copy('rapporteur', 'rapporteur');
    writeSummary(rapporteur, text);
    rapporteur.report?.getMap('omissions').set('note/g1/n1', true);
    const file = saveSessionFile(rapporteur, 900);
    const plenary = copy();
    const files = open(plenary);
    const taken = await files.importFile(file, 'Report.caucus');
    if (!taken.ok || taken.importId === null) throw new Error('Not taken in');
    return { plenary, files, file, importId: taken.importId };
  }
  const omitted = ({ report }: FileLaptop): unknown =>
    report?.getMap('omissions').get('note/g1/n1') === true;

  it('S2: goes back and forth as often as one likes', async () => {
    const { plenary, files, importId } = await takenIn(WRITTEN);
    expect(files.imports.getState()).toMatchObject([
      { takenBack: false, contents: { report: { news: 2, changes: ['texts', 'omissions'] } } },
    ]);
    for (let again = 0; again < 3; again += 1) {
      expect(await files.takeBackFile(importId)).toEqual({ ok: true, reverted: 2, kept: 0 });
      expect([summary(plenary), omitted(plenary)]).toEqual(['', false]);
      expect(await files.bringBackFile(importId)).toEqual({ ok: true, reverted: 2, kept: 0 });
      expect([summary(plenary), omitted(plenary)]).toEqual([WRITTEN, true]);
    }
  });

  it('S5: stays taken back where the file is opened again', async () => {
    const { plenary, files, file, importId } = await takenIn(WRITTEN);
    await files.takeBackFile(importId);
    const state = stateOf(plenary);
    expect(await files.importFile(file, 'again.caucus')).toMatchObject({
      ok: true,
      importId: null,
      contents: { news: 0 },
    });
    expect(stateOf(plenary)).toBe(state);
  });

  it('S2: what was written since in another text stays', async () => {
    const { plenary, files, importId } = await takenIn(WRITTEN);
    plenary.report?.getText('report:advice').insert(0, 'Go on.');
    expect(await files.takeBackFile(importId)).toMatchObject({ ok: true, reverted: 2 });
    expect(summary(plenary)).toBe('');
    expect(plenary.report?.getText('report:advice').toString()).toBe('Go on.');
  });

  it("does not touch a newer Caucus's report", async () => {
    const { plenary, files, importId } = await takenIn(WRITTEN);
    plenary.report?.getMap('meta').set('schemaVersion', 9);
    expect(await files.takeBackFile(importId)).toEqual({ ok: false, reason: 'read-only' });
    expect(summary(plenary)).toBe(WRITTEN);
  });
});

describe('A2: a part with the report', () => {
  it('is called unsigned where nobody signed it who may write it', () => {
    const { copy } = session({ hasReport: true });
    const rapporteur = copy('rapporteur', 'rapporteur');
    writeSummary(rapporteur, WRITTEN);
    const signed = copy();
    expect(takeIn(saveSessionFile(rapporteur, 1), signed)).toMatchObject({
      ok: true,
      contents: { unsigned: false, leftOut: 0 },
    });
    expect(summary(signed)).toBe(WRITTEN);
    const reads = documentKeyOf(readersSecretOf(key(3).secret));
    const forger: FileLaptop = {
      ...rapporteur,
      documents: rapporteur.documents.map((document) =>
        document.part === 'report' ? { ...document, key: reads } : document,
      ),
    };
    expect(checkSessionFile(saveSessionFile(forger, 1), copy())).toMatchObject({
      ok: true,
      contents: { unsigned: true, leftOut: 0, report: { news: 1 } },
    });
  });
});
