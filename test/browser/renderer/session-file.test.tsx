import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { routeHash } from '../../../renderer/routes.ts';
import { homeOf } from '../../../renderer/session/places.ts';
import {
  checkSessionFile,
  type FileableSession,
  saveLackingFile,
  saveSessionFile,
} from '../../../src/browser/app/session-file.ts';
import type { SessionRecord } from '../../../src/browser/app/types.ts';
import type { Handover, OpenedFile } from '../../../src/core/protocol/machine.ts';
import { openGroupDocument } from '../../../src/core/session/group-document.ts';
import type { GroupId, NoteId, SessionId } from '../../../src/core/session/ids.ts';
import { openReportDocument } from '../../../src/core/session/report-document.ts';
import { findings } from './axe.ts';
import { createFakeApp, type FakeApp } from './fake-app.ts';
import { fileableOf } from './fake-files.ts';
import { createFakeMachine, type FakeMachine } from './fake-machine.ts';
import { pseudoLanguage } from './pseudo-language.ts';
import { clear, renderApp } from './render.tsx';
import { createFilledSession } from './sample-session.ts';

afterEach(() => {
  clear();
  window.location.hash = '';
});

const savedAt = new Date(2026, 10, 22, 11, 42).getTime();
const dialog = page.getByRole('dialog');
const button = (name: string | RegExp) => dialog.getByRole('button', { name });

interface HandedMachine extends FakeMachine {
  hand: (file: OpenedFile) => void;
  next: OpenedFile | null;
}
/** A machine whose next chosen file is `next`, and to which files can be handed. */
function handedMachine(): HandedMachine {
  const listeners = new Set<(handover: Handover) => void>();
  const machine: HandedMachine = {
    ...createFakeMachine(),
    next: null,
    openFile: async () =>
      machine.next === null ? { ok: false, reason: 'failed' } : { ok: true, file: machine.next },
    onHandover(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hand: (handed) => listeners.forEach((listener) => listener({ kind: 'file', file: handed })),
  };
  return machine;
}
async function choose(name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name }).click();
}

interface Desk {
  readonly app: FakeApp;
  readonly machine: HandedMachine;
  readonly sessionId: SessionId;
  readonly groupIds: readonly GroupId[];
  readonly notes: (group: number) => readonly string[];
  /** Chooses a file in the menu. */
  readonly openFile: (bytes: Uint8Array) => Promise<void>;
}

/** Sits down at a laptop of the filled sample session. */
async function sitDown(
  become: Partial<SessionRecord> | ((groupIds: readonly GroupId[]) => Partial<SessionRecord>),
  options: { readonly before?: (app: FakeApp, id: SessionId) => void } = {},
): Promise<Desk> {
  await page.viewport(1280, 720);
  const app = createFakeApp();
  const sessionId = await createFilledSession(app, { notes: 4 });
  const groupIds = [...app.inside(sessionId).groupDocs.keys()];
  app.become(sessionId, typeof become === 'function' ? become(groupIds) : become);
  options.before?.(app, sessionId);
  const machine = handedMachine();
  renderApp(app, routeHash(homeOf(app.inside(sessionId).record)), { machine });
  await expect.element(page.getByRole('button', { name: 'Menu' })).toBeVisible();
  return {
    app,
    machine,
    sessionId,
    groupIds,
    notes(group) {
      const doc = app.inside(sessionId).groupDocs.get(groupIds[group] ?? ('' as GroupId));
      if (doc === undefined) throw new Error('No such group');
      const document = openGroupDocument(doc, app.context);
      document.destroy();
      return document.view.snapshot().notes.map(({ text }) => text);
    },
    async openFile(bytes) {
      machine.next = { name: 'IoT Group 2.caucus', bytes };
      await choose(/Open a session file/u);
    },
  };
}
const facilitator = (groupIds: readonly GroupId[]): Partial<SessionRecord> => ({
  role: 'facilitator',
  plenary: false,
  groupId: groupIds[1] ?? null,
});

/** Group 2's own laptop, out of reach of this one. */
function groupTwo(app: FakeApp, sessionId: SessionId) {
  const session = app.inside(sessionId);
  const groupId = [...session.groupDocs.keys()][1];
  if (groupId === undefined) throw new Error('The sample has no second group');
  const laptop = fileableOf(session, 'group 2', {
    only: [groupId],
    copied: true,
    from: { role: 'facilitator', groupId, plenary: false },
  });
  return { laptop, say: (...texts: readonly string[]) => say(app, laptop, groupId, texts) };
}
function say(
  app: FakeApp,
  laptop: FileableSession,
  groupId: GroupId,
  texts: readonly string[],
): void {
  const doc = laptop.documents.find((one) => one.part === groupId)?.doc;
  if (doc === undefined) throw new Error('The laptop has no such group');
  const document = openGroupDocument(doc, app.context);
  for (const text of texts) document.addNote({ kind: 'point', questionId: null, text });
  document.destroy();
}
/** What Group 2's laptop saves after it has written three more notes. */
function threeNotes(app: FakeApp, sessionId: SessionId): Uint8Array {
  const { laptop, say } = groupTwo(app, sessionId);
  say('From the stick', 'Also from the stick', 'And this');
  return saveSessionFile(laptop, savedAt);
}
/** What the rapporteur's laptop saves after it has written the summary and left one note out. */
function reportWritten(app: FakeApp, sessionId: SessionId): Uint8Array {
  const laptop = fileableOf(app.inside(sessionId), 'rapporteur', {
    copied: true,
    from: { role: 'rapporteur', plenary: false },
  });
  const doc = laptop.documents.find(({ part }) => part === 'report')?.doc;
  const groupId = laptop.documents.map(({ part }) => part).find((part) => part !== null);
  if (doc === undefined) throw new Error('The laptop has no report');
  const report = openReportDocument(doc, app.context);
  report.edit({ section: 'summary' }, 'Written on the road');
  report.setOmitted({ kind: 'note', groupId: groupId as GroupId, id: 'n' as NoteId }, true);
  report.destroy();
  return saveSessionFile(laptop, savedAt);
}
/** The plenary laptop says that it has all that is here now. */
function hear(app: FakeApp, sessionId: SessionId): void {
  const { record, planDoc, reportDoc, groupDocs, storage } = app.inside(sessionId);
  const at = savedAt;
  storage.receipts.set(record.plan.documentId, { stateVector: Y.encodeStateVector(planDoc), at });
  storage.receipts.set(record.report?.documentId ?? '', {
    stateVector: Y.encodeStateVector(reportDoc),
    at,
  });
  for (const [groupId, doc] of groupDocs) {
    const id = record.groups.get(groupId)?.documentId ?? '';
    storage.receipts.set(id, { stateVector: Y.encodeStateVector(doc), at });
  }
}
const MESSAGE_TIME = 10_000;

describe('a copy for a USB stick', () => {
  it.each([
    ['Rapporteur', { role: 'rapporteur', plenary: false } as const, () => undefined],
    ['Moderator', {}, hear],
  ])(
    'is saved at once where there is no choice, under a name that says what, whose and when: %s',
    async (role, become, before) => {
      const { app, machine, sessionId } = await sitDown(become, { before });
      await choose(/Save a copy/u);
      await expect.poll(() => machine.saved.length).toBe(1);
      const [file] = machine.saved;
      expect(file?.name).toMatch(
        new RegExp(
          `^IoT security by design ${role} \\d{4}-\\d\\d-\\d\\d \\d\\d\\.\\d\\d\\.caucus$`,
          'u',
        ),
      );
      const toast = page.getByText(`Saved as ${file?.name}`, { exact: false });
      await expect.element(toast).toMatchTextContent(/, \d+ kB$/u);
      const mine = fileableOf(app.inside(sessionId), 'another');
      const check = checkSessionFile(file?.bytes ?? new Uint8Array(), mine);
      expect(check).toMatchObject({ ok: true, contents: { news: 0, since: null } });
    },
  );

  it('holds only what the plenary laptop lacks where it was in contact, by one key', async () => {
    const { app, machine, sessionId, groupIds } = await sitDown(facilitator, { before: hear });
    const plenary = fileableOf(app.inside(sessionId), 'plenary', { copied: true });
    const mine = fileableOf(app.inside(sessionId), 'mine');
    say(app, mine, groupIds[1] ?? ('' as GroupId), ['Said since', 'And this']);
    await choose(/Save a copy/u);
    const lacking = button(/Only what the plenary laptop lacks.*2 changes, \d+ kB/u);
    await expect.element(lacking).toHaveFocus();
    await expect.element(button(/Everything on this laptop.*\d kB/u)).toBeVisible();
    await expect.element(dialog.getByText(/last in contact at 11:42/u)).toBeVisible();
    expect(await findings()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => machine.saved.length).toBe(1);
    const [file] = machine.saved;
    expect(file?.name).toMatch(/Group 2 for the plenary laptop/u);
    const check = checkSessionFile(file?.bytes ?? new Uint8Array(), plenary);
    expect(check).toMatchObject({ ok: true, contents: { news: 2, since: savedAt, plan: null } });
    expect(file?.bytes.length).toBeLessThan(saveSessionFile(mine, 0).length);
  });

  it('is everything by two more keys, and also where the plenary laptop lacks nothing', async () => {
    const { app, machine, sessionId, groupIds } = await sitDown(facilitator, { before: hear });
    await choose(/Save a copy/u);
    await expect.element(dialog.getByText(/has everything that is on this laptop/u)).toBeVisible();
    expect(button(/Only what/u).elements()).toHaveLength(0);
    await expect.element(button(/Everything/u)).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    const mine = fileableOf(app.inside(sessionId), 'mine');
    say(app, mine, groupIds[1] ?? ('' as GroupId), ['Said since']);
    await choose(/Save a copy/u);
    await expect.element(button(/Only what/u)).toHaveFocus();
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.poll(() => machine.saved.length).toBe(1);
    const empty = fileableOf(app.inside(sessionId), 'new');
    const fresh = {
      ...empty,
      documents: empty.documents.map((one) => ({ ...one, doc: new Y.Doc() })),
    };
    const check = checkSessionFile(machine.saved[0]?.bytes ?? new Uint8Array(), fresh);
    expect(check).toMatchObject({ ok: true, contents: { since: null } });
  });

  it('S1: is everything at once where this laptop’s disk is full', async () => {
    const { app, machine, sessionId } = await sitDown(facilitator, { before: hear });
    app.inside(sessionId).status.setState({ storage: { state: 'failed', reason: 'no-space' } });
    await page.getByRole('button', { name: 'Save a copy' }).click();
    await expect.poll(() => machine.saved.length).toBe(1);
  });
});

describe('a session file', () => {
  it('S5 says what is in it and whose it is before anything changes, and then takes it in', async () => {
    const { app, sessionId, notes, openFile } = await sitDown({});
    const before = notes(1);
    const file = threeNotes(app, sessionId);
    await openFile(file);
    await expect.element(dialog.getByText('the laptop of group 2')).toBeVisible();
    await expect.element(dialog.getByText(/^11:42, .*2026/u)).toBeVisible();
    await expect.element(dialog.getByText('by the clock of that laptop')).toBeVisible();
    await expect.element(dialog.getByText('everything on that laptop')).toBeVisible();
    const row = dialog.getByRole('listitem').filter({ hasText: 'Networks and response' });
    await expect.element(row).toMatchTextContent(/3 new notes · \d+ already here/u);
    await expect
      .element(dialog.getByRole('listitem').filter({ hasText: 'The session' }))
      .toMatchTextContent(/nothing new/u);
    expect(notes(1)).toEqual(before);
    expect(await findings()).toEqual([]);

    await button('Take them in').click();
    await expect.element(dialog.getByText(/^3 changes came in/u)).toBeVisible();
    expect(notes(1).slice(before.length)).toEqual([
      'From the stick',
      'Also from the stick',
      'And this',
    ]);
    expect(await findings()).toEqual([]);
    await button('Open another file').click();
    await expect.element(dialog.getByText(/^This laptop already has everything/u)).toBeVisible();
    expect(button('Take them in').elements()).toHaveLength(0);
  });

  it('S2: is taken back and brought back, at once and later, and leaves alone what was typed since', async () => {
    const { app, sessionId, groupIds, notes, openFile } = await sitDown({});
    const before = notes(1);
    await openFile(threeNotes(app, sessionId));
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog.getByText(/Nothing typed since then is touched/u)).toBeVisible();
    await button('Take it back').click();
    await expect
      .element(dialog.getByText('3 things are as they were before the file.'))
      .toBeVisible();
    expect(notes(1)).toEqual(before);
    expect(await findings()).toEqual([]);
    await button('Bring it back').click();
    await expect.element(dialog.getByText(/3 things are as the file brought them/u)).toBeVisible();
    expect(notes(1)).toHaveLength(before.length + 3);
    await button('Go on').click();

    const doc = app.inside(sessionId).groupDocs.get(groupIds[1] ?? ('' as GroupId));
    if (doc === undefined) throw new Error('No such group');
    const document = openGroupDocument(doc, app.context);
    const last = document.view.snapshot().notes.at(-1);
    if (last !== undefined) document.editNote(last.id, 'And this, gone on with');
    document.destroy();
    await choose(/Files taken in/u);
    await expect.element(dialog.getByText('IoT Group 2.caucus')).toBeVisible();
    await expect
      .element(dialog.getByText(/^Taken in at .*from the laptop of group 2: 3 changes/u))
      .toBeVisible();
    expect(await findings()).toEqual([]);
    await button('Take back IoT Group 2.caucus').click();
    await expect
      .element(dialog.getByText('2 things are as they were before the file.'))
      .toBeVisible();
    await expect
      .element(dialog.getByText(/^1 thing stays as it is, because somebody/u))
      .toBeVisible();
    expect(notes(1)).toEqual([...before, 'And this, gone on with']);
    await button('Go on').click();
    await choose(/Files taken in/u);
    await expect.element(button('Bring back IoT Group 2.caucus')).toBeVisible();
  });

  it('A2: is not offered to be taken back by who may not change what it brought', async () => {
    const { app, sessionId, openFile } = await sitDown({ role: 'rapporteur', plenary: false });
    await openFile(threeNotes(app, sessionId));
    await button('Take them in').click();
    await expect.element(dialog.getByText(/^3 changes came in/u)).toBeVisible();
    expect(button('Take it back').elements()).toHaveLength(0);
    await button('Go on').click();
    await page.getByRole('button', { name: 'Menu' }).click();
    expect(page.getByRole('menuitem', { name: /Files taken in/u }).elements()).toHaveLength(0);
  });

  it('S2 S5 says what it brings of the report, takes it in, and is taken back', async () => {
    const { app, sessionId, openFile } = await sitDown({});
    const report = openReportDocument(app.inside(sessionId).reportDoc, app.context);
    await openFile(reportWritten(app, sessionId));
    const row = (name: string) => dialog.getByRole('listitem').filter({ hasText: name });
    await expect
      .element(row('The report'))
      .toHaveTextContent('The reporttexts, what it leaves out');
    await expect.element(row('The session')).toMatchTextContent(/nothing new/u);
    await expect.element(dialog.getByText('the rapporteur’s laptop')).toBeVisible();
    expect(report.view.snapshot().texts.summary).toBe('');
    expect(await findings()).toEqual([]);
    await button('Take them in').click();
    await expect.element(dialog.getByText(/^2 changes came in/u)).toBeVisible();
    expect(report.view.snapshot().texts.summary).toBe('Written on the road');
    expect(report.view.snapshot().omissions.size).toBe(1);
    await button('Take it back').click();
    await expect
      .element(dialog.getByText('2 things are as they were before the file.'))
      .toBeVisible();
    expect(report.view.snapshot().texts.summary).toBe('');
    expect(report.view.snapshot().omissions.size).toBe(0);
    await button('Go on').click();

    await openFile(saveSessionFile(fileableOf(app.inside(sessionId), 'another'), savedAt));
    await expect.element(row('The report')).toMatchTextContent(/nothing new/u);
    report.destroy();
  });

  it('A2: of the report says nothing on a group’s laptop, nor where a group’s laptop wrote it', async () => {
    const { app, sessionId, openFile } = await sitDown({});
    const written = reportWritten(app, sessionId);
    await openFile(threeNotes(app, sessionId));
    const rows = dialog.getByRole('listitem');
    await expect.element(rows.filter({ hasText: 'Networks and response' })).toBeVisible();
    expect(rows.filter({ hasText: 'The report' }).elements()).toEqual([]);
    await button('Cancel').click();
    clear();
    window.location.hash = '';

    const [, groupId = null] = app.inside(sessionId).groupDocs.keys();
    app.become(sessionId, { role: 'facilitator', plenary: false, groupId });
    const machine = handedMachine();
    renderApp(app, routeHash(homeOf(app.inside(sessionId).record)), { machine });
    await expect.element(page.getByRole('button', { name: 'Menu' })).toBeVisible();
    machine.next = { name: 'Rapporteur.caucus', bytes: written };
    await choose(/Open a session file/u);
    await expect.element(dialog.getByText('the rapporteur’s laptop')).toBeVisible();
    expect(rows.filter({ hasText: 'The report' }).elements()).toEqual([]);
  });

  it('changes nothing when the person cancels', async () => {
    const { app, sessionId, notes, openFile } = await sitDown({});
    const before = notes(1);
    await openFile(threeNotes(app, sessionId));
    await button('Cancel').click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(notes(1)).toEqual(before);
  });

  it('is looked at when it is dropped or double-clicked', async () => {
    const { app, machine, sessionId } = await sitDown({});
    machine.hand({ name: 'IoT Group 2.caucus', bytes: threeNotes(app, sessionId) });
    await expect.element(dialog.getByText('IoT Group 2.caucus')).toBeVisible();
    await button('Cancel').click();
    await expect.element(dialog).not.toBeInTheDocument();
  });

  it('fits also where the words are longer', async () => {
    await page.viewport(700, 720);
    const app = createFakeApp();
    const sessionId = await createFilledSession(app, { notes: 4 });
    const machine = handedMachine();
    renderApp(app, routeHash({ screen: 'board', sessionId }), {
      machine,
      messages: pseudoLanguage,
    });
    await expect
      .poll(() => document.querySelector('[role=tablist]'), { timeout: MESSAGE_TIME })
      .not.toBeNull();
    machine.hand({ name: 'a.caucus', bytes: threeNotes(app, sessionId) });
    await expect.element(dialog).toBeVisible();
    const box = dialog.element();
    expect(box.scrollWidth).toBeLessThanOrEqual(box.clientWidth);
  });
});

describe('a session file that cannot be taken in', () => {
  const isRefused = async (words: RegExp): Promise<void> => {
    await expect.element(dialog.getByText(words)).toBeVisible();
    await expect.element(dialog.getByText('Nothing on this laptop was changed.')).toBeVisible();
    await expect.element(button('Choose another file')).toBeVisible();
  };

  it('because it is something else, or was cut off, says so and what helps', async () => {
    const { app, sessionId, openFile } = await sitDown({});
    await openFile(new TextEncoder().encode('holiday photographs'));
    await isRefused(/not a session file that Caucus wrote/u);
    expect(await findings()).toEqual([]);
    await button('Close').last().click();
    await openFile(threeNotes(app, sessionId).slice(0, -40));
    await isRefused(/It is damaged.*eject the stick before pulling it out/u);
  });

  it('S2: because it stands on more than is here, says which laptop’s file is needed', async () => {
    const { app, sessionId, notes, openFile } = await sitDown({});
    const before = notes(1);
    const { laptop, say } = groupTwo(app, sessionId);
    say('On a stick that was lost');
    const receipts = new Map(
      laptop.documents.map(({ doc, key }) => [
        key.documentId,
        { stateVector: Y.encodeStateVector(doc), at: savedAt },
      ]),
    );
    say('On this one');
    const file = saveLackingFile(laptop, savedAt, receipts);
    await openFile(file?.bytes ?? new Uint8Array());
    await isRefused(
      /only holds what the plenary laptop lacked at 11:42.*On the laptop of group 2, choose “Save a copy”, then “Everything on this laptop”/u,
    );
    expect(notes(1)).toEqual(before);
  });

  it('because it is of another session leads there where that is on this laptop', async () => {
    const { app, openFile } = await sitDown({});
    const otherId = await createFilledSession(app, { notes: 1 });
    app.become(otherId, { title: 'Another workshop' });
    await openFile(threeNotes(app, otherId));
    await isRefused(/belongs to another session: “Another workshop”/u);
    await button('Open “Another workshop” and look at the file').click();
    await expect.poll(() => window.location.hash).toContain(otherId);
    await expect
      .element(dialog.getByText(/3 changes that this laptop does not have/u))
      .toBeVisible();
  });

  it('because it cannot be read is told of', async () => {
    await sitDown({});
    await choose(/Open a session file/u);
    await expect.element(page.getByText(/The file could not be read/u)).toBeVisible();
  });
});

describe('a session file that arrives while no session is open', () => {
  /** The first screen with the filled sample, and a file of its group 2. */
  async function firstScreen(hash = '#/') {
    const app = createFakeApp();
    const sessionId = await createFilledSession(app, { notes: 4 });
    const bytes = threeNotes(app, sessionId);
    const machine = handedMachine();
    return { app, sessionId, bytes, machine, show: () => renderApp(app, hash, { machine }) };
  }
  const file = page.getByRole('status').filter({ hasText: 'IoT Group 2.caucus' });

  it('says at once whose it is, and leads there to look at it', async () => {
    const { sessionId, bytes, machine, show } = await firstScreen();
    show();
    machine.hand({ name: 'IoT Group 2.caucus', bytes });
    await expect.element(file).toMatchTextContent(/is a session file of “IoT security by design”/u);
    await expect.element(file).toMatchTextContent(/saved at 11:42/u);
    expect(await findings()).toEqual([]);
    await file
      .getByRole('button', { name: 'Open “IoT security by design” and look at the file' })
      .click();
    await expect.poll(() => window.location.hash).toContain(sessionId);
    await expect
      .element(dialog.getByText('3 changes that this laptop does not have:'))
      .toBeVisible();
  });

  it('says what to do where this laptop has no ticket for its session', async () => {
    const { app, sessionId, bytes, machine, show } = await firstScreen();
    await app.remove(sessionId);
    show();
    machine.hand({ name: 'IoT Group 2.caucus', bytes });
    await expect
      .element(file)
      .toMatchTextContent(/no ticket for that session\. Ask its moderator/u);
    await file.getByRole('button', { name: 'Join a session' }).click();
    await expect.poll(() => window.location.hash).toBe('#/join');
  });

  it('says why it cannot be taken in, and can be dismissed', async () => {
    const { bytes, machine, show } = await firstScreen();
    show();
    machine.hand({ name: 'IoT Group 2.caucus', bytes: bytes.slice(0, -5) });
    await expect.element(file).toMatchTextContent(/It is damaged/u);
    expect(await findings()).toEqual([]);
    await file.getByRole('button', { name: 'Dismiss' }).click();
    await expect.element(file).not.toBeInTheDocument();
  });

  it('does not take a person out of a half-filled form, and waits', async () => {
    const { bytes, machine, show } = await firstScreen('#/new');
    show();
    await expect.element(page.getByRole('textbox', { name: 'Title' })).toBeVisible();
    machine.hand({ name: 'IoT Group 2.caucus', bytes });
    await expect.element(page.getByText(/waits on the first screen/u)).toBeVisible();
    expect(window.location.hash).toBe('#/new');
    window.location.hash = '#/';
    await expect.element(file).toBeVisible();
  });
});
