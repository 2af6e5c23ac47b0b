import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import * as Y from 'yjs';
import {
  checkSessionFile,
  type FileableSession,
  importSessionFile,
  saveSessionFile,
} from '../../../../src/browser/app/session-file.ts';
import { openGroupDocument } from '../../../../src/core/session/group-document.ts';
import type { GroupId, SessionId } from '../../../../src/core/session/ids.ts';
import type { OpenedSession } from '../../../../src/browser/app/types.ts';
import type { Handover, OpenedFile } from '../../../../src/core/protocol/machine.ts';
import { findings } from '../axe.ts';
import { createFakeApp, type FakeApp } from '../fake-app.ts';
import { createFakeMachine, type FakeMachine } from '../fake-machine.ts';
import { clear } from '../render.tsx';
import { createFilledSession } from '../sample-session.ts';
import { openReport } from './open-report.ts';

afterEach(clear);

/** The session's documents as files know them: `only` these groups, copied if `copied`. */
function fileable(
  app: FakeApp,
  sessionId: SessionId,
  options: { readonly only?: readonly GroupId[]; readonly copied?: boolean } = {},
): FileableSession {
  const { record, planDoc, groupDocs } = app.inside(sessionId);
  const take = (doc: Y.Doc): Y.Doc => {
    if (options.copied !== true) return doc;
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    return copy;
  };
  const groups = [...groupDocs].filter(([id]) => options.only?.includes(id) ?? true);
  return {
    sessionId,
    title: record.title,
    documents: [
      { doc: take(planDoc), key: record.plan, groupId: null },
      ...groups.flatMap(([groupId, doc]) => {
        const key = record.groups.get(groupId);
        return key === undefined ? [] : [{ doc: take(doc), key, groupId }];
      }),
    ],
  };
}

/** The fake app with session files as they really are. */
function withFiles(app: FakeApp, sessionId: SessionId): FakeApp {
  return {
    ...app,
    async open(id) {
      const result = await app.open(id);
      if (!result.ok) return result;
      const files: Pick<OpenedSession, 'saveFile' | 'checkFile' | 'importFile'> = {
        saveFile: () => saveSessionFile(fileable(app, sessionId), Date.now()),
        checkFile: (bytes) => checkSessionFile(bytes, fileable(app, sessionId)),
        importFile: async (bytes) => importSessionFile(bytes, fileable(app, sessionId)),
      };
      return { ok: true, session: Object.assign(result.session, files) };
    },
  };
}

/** What group 2's laptop saves after it has written three more notes, out of reach of this one. */
function fileOfGroupTwo(app: FakeApp, sessionId: SessionId): Uint8Array {
  const groupId = [...app.inside(sessionId).groupDocs.keys()][1];
  if (groupId === undefined) throw new Error('The sample has no second group');
  const away = fileable(app, sessionId, { only: [groupId], copied: true });
  const doc = away.documents.find((one) => one.groupId === groupId)?.doc;
  if (doc === undefined) throw new Error('The copy has no second group');
  const document = openGroupDocument(doc, app.context);
  for (const text of ['From the stick', 'Also from the stick', 'And this']) {
    document.addNote({
      kind: 'point',
      questionId: null,
      text,
      stakeholderGroupId: null,
      regionId: null,
    });
  }
  document.destroy();
  return saveSessionFile(away, new Date(2026, 10, 22, 11, 42).getTime());
}

interface HandedMachine extends FakeMachine {
  hand: (file: OpenedFile) => void;
}
function machineWith(file: OpenedFile | null): HandedMachine {
  const listeners = new Set<(handover: Handover) => void>();
  return {
    ...createFakeMachine(),
    openFile: async () => (file === null ? { ok: false, reason: 'failed' } : { ok: true, file }),
    onHandover(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hand: (handed) => listeners.forEach((listener) => listener({ kind: 'file', file: handed })),
  };
}
async function choose(name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name }).click();
}
const dialog = page.getByRole('dialog');

/** Opens the report with a machine whose next file is what `bytes` makes of the session. */
async function openWithFile(bytes: (app: FakeApp, sessionId: SessionId) => Uint8Array) {
  const file = { name: 'IoT Group 2.caucus', bytes: new Uint8Array() };
  const machine = machineWith(file);
  const desk = await openReport({
    machine,
    wrap: (app, sessionId) => {
      Object.assign(file, { bytes: bytes(app, sessionId) });
      return withFiles(app, sessionId);
    },
  });
  return { ...desk, machine, file };
}

describe('a copy for a USB stick', () => {
  it('is saved under a name that says what, whose and when', async () => {
    const { machine, app, sessionId } = await openWithFile(() => new Uint8Array());
    await choose(/Save a copy/u);
    await expect.poll(() => machine.saved.length).toBe(1);
    const [file] = machine.saved;
    expect(file?.name).toMatch(
      /^IoT security by design Rapporteur \d{4}-\d\d-\d\d \d\d\.\d\d\.caucus$/u,
    );
    await expect.element(page.getByText(`Saved as ${file?.name}`)).toBeVisible();
    const check = checkSessionFile(file?.bytes ?? new Uint8Array(), fileable(app, sessionId));
    expect(check).toMatchObject({ ok: true, contents: { news: 0 } });
  });
});

describe('a session file', () => {
  it('S5 says what is in it before anything changes, and then takes it in', async () => {
    const { group } = await openWithFile(fileOfGroupTwo);
    const notes = () =>
      group(1)
        .view.snapshot()
        .notes.map(({ text }) => text);
    const before = notes().length;
    await choose(/Open a session file/u);
    await expect.element(dialog.getByText('Networks and response')).toBeVisible();
    await expect.element(dialog.getByText(/^11:42, .*2026/u)).toBeVisible();
    await expect
      .element(dialog.getByText('It has 3 things that this laptop does not have.'))
      .toBeVisible();
    expect(notes()).toHaveLength(before);
    expect(await findings()).toEqual([]);

    await dialog.getByRole('button', { name: 'Take them in' }).click();
    await expect.element(dialog.getByText(/^3 things came in/u)).toBeVisible();
    expect(notes().slice(before)).toEqual(['From the stick', 'Also from the stick', 'And this']);

    await dialog.getByRole('button', { name: 'Open another file' }).click();
    await expect.element(dialog.getByText(/^This laptop already has everything/u)).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Take them in' }).elements()).toHaveLength(0);
  });

  it('changes nothing when the person cancels', async () => {
    const { group } = await openWithFile(fileOfGroupTwo);
    const before = group(1).view.snapshot();
    await choose(/Open a session file/u);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(group(1).view.snapshot()).toBe(before);
  });

  it('is looked at when it is dropped or double-clicked', async () => {
    const { machine, file } = await openWithFile(fileOfGroupTwo);
    machine.hand(file);
    await expect.element(dialog.getByText('IoT Group 2.caucus')).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
  });

  it('of something else is refused in words', async () => {
    await openWithFile(() => new TextEncoder().encode('holiday photographs'));
    await choose(/Open a session file/u);
    await expect.element(dialog.getByText(/not a session file that Caucus wrote/u)).toBeVisible();
    await expect.element(dialog.getByRole('button', { name: 'Choose another file' })).toBeVisible();
  });

  it('that was cut off is refused in words', async () => {
    await openWithFile((app, sessionId) => fileOfGroupTwo(app, sessionId).slice(0, -40));
    await choose(/Open a session file/u);
    await expect.element(dialog.getByText(/It is damaged/u)).toBeVisible();
  });

  it('of another session is refused with that session’s title', async () => {
    const other = createFakeApp();
    const otherId = await createFilledSession(other, { notes: 1 });
    other.become(otherId, { title: 'Another workshop' });
    await openWithFile(() => saveSessionFile(fileable(other, otherId), Date.now()));
    await choose(/Open a session file/u);
    await expect
      .element(dialog.getByText(/belongs to another session: “Another workshop”/u))
      .toBeVisible();
  });

  it('that cannot be read is told of', async () => {
    await openReport({ machine: machineWith(null), wrap: withFiles });
    await choose(/Open a session file/u);
    await expect.element(page.getByText(/The file could not be read/u)).toBeVisible();
  });
});
