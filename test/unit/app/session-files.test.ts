import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createSessionFiles } from '../../../src/browser/app/session-files.ts';
import { saveSessionFile } from '../../../src/browser/app/session-file.ts';
import type { KeptImport } from '../../../src/browser/storage/import-store.ts';
import { testContext } from '../../tools/context.ts';
import {
  type FileLaptop,
  note,
  receiptsOf,
  session,
  stateOf,
  texts,
} from '../bundle/file-laptops.ts';

/** What IndexedDB keeps of files and receipts, in memory. */
function storage() {
  const kept = new Map<string, KeptImport>();
  const receipts = new Map<string, { stateVector: Uint8Array; at: number }>();
  let broken = false;
  const ask = async <T>(answer: () => T): Promise<T> => {
    if (broken) throw new DOMException('The disk is full', 'QuotaExceededError');
    return answer();
  };
  return {
    kept,
    receipts,
    break: () => {
      broken = true;
    },
    sessions: {
      receipt: (documentId: string) =>
        ask(() => {
          const receipt = receipts.get(documentId);
          return receipt === undefined ? null : { documentId, ...receipt };
        }),
      imports: {
        all: () => ask(() => [...kept.values()].toSorted((a, b) => b.at - a.at)),
        get: (id: string) => ask(() => kept.get(id) ?? null),
        put: (one: KeptImport) => ask(() => void kept.set(one.id, structuredClone(one))),
      },
    },
  };
}
function open(laptop: FileLaptop, store = storage()) {
  const flush = vi.fn(async () => undefined);
  const context = testContext(laptop.from.deviceId, 1_000);
  const { sessions } = store;
  const onReceipt = vi.fn();
  const files = createSessionFiles({ session: () => laptop, sessions, context, flush, onReceipt });
  return { files, store, flush, context, onReceipt };
}
const hear = (store: ReturnType<typeof storage>, plenary: FileLaptop, at: number): void =>
  receiptsOf(plenary, at).forEach((receipt, id) => store.receipts.set(id, receipt));

describe('what a file says of the plenary laptop', () => {
  it('S3: a file of the plenary laptop’s own says what that laptop has; another one says nothing', async () => {
    const { mine, copy } = session();
    const plenary = copy('plenary');
    note(plenary.group, 'there');
    const other = copy('other');
    const group = open(mine);
    const bytes = await open(plenary).files.saveFile({ only: 'all' });
    await group.files.importFile(await open(other).files.saveFile({ only: 'all' }), 'other.caucus');
    expect(group.onReceipt).not.toHaveBeenCalled();
    await group.files.importFile(bytes, 'plenary.caucus');
    const told = new Map(
      group.onReceipt.mock.calls.map(([id, { stateVector }]) => [id, stateVector]),
    );
    for (const { key, doc } of plenary.documents) {
      expect(told.get(key.documentId)).toEqual(Y.encodeStateVector(doc));
    }
  });
});

describe('saving for a USB stick', () => {
  it('offers what the plenary laptop lacks with its real size, once it was in contact', async () => {
    const { mine, copy } = session();
    const { files, store } = open(mine);
    note(mine.group, 'known there');
    expect((await files.fileChoices()).lacking).toBeNull();
    hear(store, copy(), 500);
    note(mine.group, 'said since');
    const choices = await files.fileChoices();
    expect(choices.lacking).toMatchObject({ changes: 1, at: 500 });
    expect((await files.saveFile({ only: 'lacking' })).length).toBe(choices.lacking?.bytes);
    expect((await files.saveFile({ only: 'all' })).length).toBe(choices.all);
    hear(store, copy(), 600);
    hear(store, { ...mine }, 700);
    expect((await files.fileChoices()).lacking).toEqual({ bytes: 0, changes: 0, at: 700 });
  });

  it('offers only everything on the plenary laptop', async () => {
    const { copy } = session();
    const plenary = copy('plenary');
    const { files, store } = open(plenary);
    hear(store, plenary, 1);
    note(plenary.group, 'one');
    expect((await files.fileChoices()).lacking).toBeNull();
  });

  it('S1: saves everything where the storage does not answer', async () => {
    const { mine, copy } = session();
    const store = storage();
    const { files } = open(mine, store);
    hear(store, copy(), 1);
    const other = copy('other');
    note(mine.group, 'on a full disk');
    store.break();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await files.fileChoices()).lacking).toBeNull();
    const { files: theirs } = open(other);
    expect(
      await theirs.importFile(await files.saveFile({ only: 'lacking' }), 'a.caucus'),
    ).toMatchObject({
      ok: true,
      contents: { news: 1, since: null },
    });
    vi.restoreAllMocks();
  });
});

describe('taking a file in, and back', () => {
  async function takenIn() {
    const { mine, copy } = session();
    const plenary = copy('plenary');
    note(mine.group, 'one');
    note(mine.group, 'two');
    const file = saveSessionFile(mine, 900);
    const opened = open(plenary);
    const result = await opened.files.importFile(file, 'Group 1.caucus');
    if (!result.ok || result.importId === null) throw new Error('Not taken in');
    return { ...opened, plenary, file, importId: result.importId };
  }

  it('keeps what was before, and takes back and brings back as often as one likes', async () => {
    const { files, plenary, importId, flush } = await takenIn();
    expect(files.imports.getState()).toMatchObject([
      { id: importId, name: 'Group 1.caucus', at: 1_000, takenBack: false, contents: { news: 2 } },
    ]);
    for (let again = 0; again < 3; again += 1) {
      expect(await files.takeBackFile(importId)).toEqual({ ok: true, reverted: 2, kept: 0 });
      expect(texts(plenary.group)).toEqual([]);
      expect(files.imports.getState()).toMatchObject([{ takenBack: true }]);
      expect(await files.takeBackFile(importId)).toEqual({ ok: false, reason: 'forgotten' });
      expect(await files.bringBackFile(importId)).toEqual({ ok: true, reverted: 2, kept: 0 });
      expect(texts(plenary.group)).toEqual(['one', 'two']);
    }
    expect(flush).toHaveBeenCalledTimes(7);
  });

  it('S5: a file that was taken back changes nothing when it is opened again', async () => {
    const { files, plenary, importId, file } = await takenIn();
    await files.takeBackFile(importId);
    const state = stateOf(plenary);
    expect(await files.importFile(file, 'again.caucus')).toMatchObject({
      ok: true,
      importId: null,
      contents: { news: 0 },
    });
    expect(stateOf(plenary)).toBe(state);
    expect(files.imports.getState()).toHaveLength(1);
  });

  it('S2: after a restart too, and nothing typed since is touched', async () => {
    const { store, plenary, importId } = await takenIn();
    note(plenary.group, 'typed since');
    const restarted: FileLaptop = {
      ...plenary,
      group: new Y.Doc(),
      documents: plenary.documents.map((document) => ({ ...document, doc: new Y.Doc() })),
    };
    restarted.documents.forEach(({ doc }, index) => {
      const old = plenary.documents[index]?.doc;
      if (old !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(old));
    });
    const { files } = open(restarted, store);
    await vi.waitFor(() => expect(files.imports.getState()).toHaveLength(1));
    expect(await files.takeBackFile(importId)).toMatchObject({ ok: true, reverted: 2 });
    expect(texts(restarted.documents[1]?.doc ?? new Y.Doc())).toEqual(['typed since']);
  });

  it('A2: a laptop takes back only what it may change itself', async () => {
    const { mine, copy } = session();
    const rapporteur = copy('rapporteur', 'rapporteur');
    note(mine.group, 'one');
    const { files } = open(rapporteur);
    expect(await files.importFile(saveSessionFile(mine, 1), 'a.caucus')).toMatchObject({
      ok: true,
      importId: null,
    });
    expect(texts(rapporteur.group)).toEqual(['one']);
  });

  it('does not offer to take back a document that came with the file', async () => {
    const { mine, empty } = session();
    note(mine.group, 'one');
    const fresh = empty('fresh');
    const { files } = open(fresh);
    expect(await files.importFile(saveSessionFile(mine, 1), 'a.caucus')).toMatchObject({
      ok: true,
      importId: null,
    });
    expect(texts(fresh.group)).toEqual(['one']);
  });

  it('S1: a full disk keeps no notes out; they can only not be taken back as one', async () => {
    const { mine, copy } = session();
    const plenary = copy('plenary');
    note(mine.group, 'one');
    const store = storage();
    const { files } = open(plenary, store);
    store.break();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await files.importFile(saveSessionFile(mine, 1), 'a.caucus')).toMatchObject({
      ok: true,
      importId: null,
    });
    expect(texts(plenary.group)).toEqual(['one']);
    expect(await files.takeBackFile('any')).toEqual({ ok: false, reason: 'forgotten' });
    vi.restoreAllMocks();
  });

  it('a newer Caucus’s document is not written to', async () => {
    const { files, plenary, importId } = await takenIn();
    plenary.group.getMap('meta').set('schemaVersion', 9);
    expect(await files.takeBackFile(importId)).toEqual({ ok: false, reason: 'read-only' });
  });
});
