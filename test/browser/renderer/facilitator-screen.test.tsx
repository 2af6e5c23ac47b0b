import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { routeHash } from '../../../renderer/routes.ts';
import { openGroupDocument } from '../../../src/core/session/group-document.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';
import type { GroupNotes } from '../../../src/core/session/model.ts';
import { findings } from './axe.ts';
import { createFakeApp, type FakeApp, someStatus } from './fake-app.ts';
import { pseudoLanguage } from './pseudo-language.ts';
import { clear, renderApp } from './render.tsx';
import { createFilledSession, type FillOptions } from './sample-session.ts';

interface Desk {
  readonly app: FakeApp;
  readonly sessionId: SessionId;
  readonly groupId: GroupId;
  readonly hash: string;
  /** The group's notes as the document has them. */
  readonly notes: () => GroupNotes;
  /** The same document, as another laptop changes it. */
  readonly other: ReturnType<typeof openGroupDocument>;
}

const composer = page.getByRole('textbox', { name: 'New note' });
const grid = page.getByRole('grid', { name: 'Notes' });

/** Sits down at the first group of the filled sample session, at a laptop of the usual size. */
async function sitDown(options: FillOptions = {}): Promise<Desk> {
  await page.viewport(1280, 900);
  const app = createFakeApp();
  const sessionId = await createFilledSession(app, { running: 10, ...options });
  const { record, groupDocs } = app.inside(sessionId);
  const [groupId] = record.groups.keys();
  const doc = groupId === undefined ? undefined : groupDocs.get(groupId);
  if (groupId === undefined || doc === undefined) throw new Error('The sample has no groups');
  app.become(sessionId, { role: 'facilitator', groupId, plenary: false });
  const other = openGroupDocument(doc, {
    ...app.context,
    deviceId: 'other' as typeof app.context.deviceId,
  });
  const hash = routeHash({ screen: 'group', sessionId, groupId });
  return { app, sessionId, groupId, hash, other, notes: () => other.view.snapshot() };
}

async function open(desk: Desk): Promise<void> {
  renderApp(desk.app, desk.hash);
  await expect.element(composer).toHaveFocus();
}

afterEach(clear);

describe('writing notes', () => {
  it('takes a note, Enter, and the next', async () => {
    const desk = await sitDown({ notes: 0 });
    await open(desk);
    await userEvent.keyboard(
      'Small makers cannot staff it{Enter}Two schemes report figures{Enter}',
    );
    expect(desk.notes().notes.map(({ text }) => text)).toEqual([
      'Small makers cannot staff it',
      'Two schemes report figures',
    ]);
    await expect.element(composer).toHaveValue('');
    await expect.element(grid.getByText('Two schemes report figures')).toBeVisible();
  });

  it('has every letter in the document as it is typed (S1)', async () => {
    const desk = await sitDown({ notes: 0 });
    await open(desk);
    await userEvent.keyboard('Half a sent');
    expect(desk.notes().drafts.map(({ text }) => text)).toEqual(['Half a sent']);
  });

  it('puts an unfinished note back after the window has gone (S2)', async () => {
    const desk = await sitDown({ notes: 0 });
    await open(desk);
    await userEvent.keyboard('{Control>}2{/Control}Half a sent');
    clear();
    renderApp(desk.app, desk.hash);
    await expect.element(composer).toHaveValue('Half a sent');
    await expect.element(page.getByRole('radio', { name: 'Concern' })).toBeChecked();
    await expect.element(composer).toHaveFocus();
    await userEvent.keyboard('{End}ence{Enter}');
    expect(desk.notes().notes.map(({ text, kind }) => [text, kind])).toEqual([
      ['Half a sentence', 'concern'],
    ]);
  });

  it('makes new lines with Shift and Enter', async () => {
    const desk = await sitDown({ notes: 0 });
    await open(desk);
    await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two{Enter}');
    expect(desk.notes().notes.map(({ text }) => text)).toEqual(['one\ntwo']);
  });

  it('chooses kind and question by key, keeps the question and not the kind', async () => {
    const desk = await sitDown({ notes: 0 });
    await open(desk);
    await userEvent.keyboard('{Alt>}b{/Alt}{Control>}3{/Control}First{Enter}Second{Enter}');
    const [first, second] = desk.notes().notes;
    expect([first?.kind, second?.kind]).toEqual(['evidence', 'point']);
    expect(first?.questionId).toBe(second?.questionId);
    expect(first?.questionId).not.toBeNull();
  });

  it('keeps the speaker’s stakeholder group until it is changed', async () => {
    const desk = await sitDown({ notes: 0 });
    await open(desk);
    await userEvent.click(page.getByRole('button', { name: /Stakeholder group of the speaker/u }));
    await userEvent.click(page.getByRole('option', { name: 'Government' }));
    await userEvent.click(composer);
    await userEvent.keyboard('One{Enter}Two{Enter}');
    const groups = desk.notes().notes.map(({ stakeholderGroupId }) => stakeholderGroupId);
    expect(groups[0]).not.toBeNull();
    expect(groups[1]).toBe(groups[0]);
  });

  it('shows what others are writing, apart from what is said', async () => {
    const desk = await sitDown({ notes: 0 });
    await open(desk);
    desk.app.inside(desk.sessionId).status.setState({
      groups: new Map([
        [
          desk.groupId,
          {
            ...someStatus,
            laptops: [
              {
                deviceId: 'other',
                role: 'facilitator',
                plenary: false,
                writing: true,
                heardAt: 0,
                inContact: true,
                waiting: 0,
              },
            ],
          },
        ],
      ]),
    });
    desk.other.beginNote({ kind: 'point', questionId: null, text: 'They type' });
    await expect.element(page.getByText('They type')).toBeVisible();
    await expect.element(page.getByText('Being written')).toBeVisible();
    await expect.element(composer).toHaveValue('');
  });
});

describe('the notes', () => {
  it('are moved through, changed and deleted by keyboard, and undone', async () => {
    const desk = await sitDown();
    await open(desk);
    const last = desk.notes().notes.at(-1);
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(grid.getByRole('row').last()).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('textbox', { name: 'Text of the note' })).toHaveFocus();
    await userEvent.keyboard(' And more{Enter}');
    expect(desk.notes().notes.at(-1)?.text).toBe(`${last?.text} And more`);
    await expect.element(grid.getByRole('row').last()).toHaveFocus();
    await userEvent.keyboard('{Control>}2{/Control}');
    expect(desk.notes().notes.at(-1)?.kind).toBe('concern');
    await userEvent.keyboard('{Delete}');
    expect(desk.notes().deletedNotes.map(({ id }) => id)).toEqual([last?.id]);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(desk.notes().deletedNotes).toEqual([]);
    await expect.element(page.getByText('Undone: deleting a note')).toBeVisible();
  });

  it('come back from the list of deleted ones', async () => {
    const desk = await sitDown();
    const [first] = desk.notes().notes;
    if (first !== undefined) desk.other.deleteNote(first.id);
    await open(desk);
    await userEvent.click(page.getByRole('button', { name: '1 deleted — show' }));
    await userEvent.click(page.getByRole('button', { name: 'Restore' }));
    expect(desk.notes().deletedNotes).toEqual([]);
  });

  it('lead to a recommendation with its sources, ready to be written (M1)', async () => {
    const desk = await sitDown({ recommendations: false });
    await open(desk);
    await userEvent.keyboard('{ArrowUp} {Shift>}{ArrowUp}{/Shift}');
    await expect.element(page.getByText('2 notes selected')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByText('2 notes selected')).not.toBeInTheDocument();
    await userEvent.keyboard('{ArrowDown} {Shift>}{ArrowUp}{/Shift}r');
    await expect
      .element(page.getByRole('textbox', { name: 'Recommendation 1', exact: true }))
      .toHaveFocus();
    await userEvent.keyboard('Keep one open list');
    const [made] = desk.notes().recommendations;
    const expected = desk
      .notes()
      .notes.slice(-2)
      .map(({ id }) => id);
    expect(made?.text).toBe('Keep one open list');
    expect([...(made?.noteIds ?? [])].toSorted()).toEqual(expected.toSorted());
  });

  it('can be 10,000, of which a handful is drawn', async () => {
    const desk = await sitDown({ notes: 10_000, recommendations: false });
    await open(desk);
    await expect.element(grid).toHaveAttribute('aria-rowcount', '10000');
    expect(grid.getByRole('row').all().length).toBeLessThan(60);
    const end = desk.notes().notes.at(-1)?.text ?? '';
    await expect.element(grid.getByText(end).last()).toBeInViewport();
    await userEvent.keyboard('{ArrowUp}{Home}');
    await expect.element(grid.getByRole('row').first()).toHaveFocus();
    await expect.element(grid.getByRole('row').first()).toHaveAttribute('aria-rowindex', '1');
  });

  it('stay where they are while somebody reads further up, and say what came', async () => {
    const desk = await sitDown({ notes: 200, recommendations: false });
    await open(desk);
    await userEvent.keyboard('{ArrowUp}{Home}');
    const first = grid.getByRole('row').first();
    await expect.element(first).toHaveFocus();
    const before = first.element().getBoundingClientRect().top;
    for (const text of ['One', 'Two', 'Three']) {
      desk.other.addNote({ kind: 'point', questionId: null, text });
    }
    const pill = page.getByRole('button', { name: '3 new' });
    await expect.element(pill).toBeVisible();
    expect(first.element().getBoundingClientRect().top).toBe(before);
    await userEvent.click(pill);
    await expect.element(grid.getByText('Three', { exact: true })).toBeInViewport();
    await expect.element(pill).not.toBeInTheDocument();
  });
});

describe('drafts and report-back', () => {
  it('are put in order by keyboard', async () => {
    const desk = await sitDown();
    await open(desk);
    await userEvent.keyboard('{Alt>}2{/Alt}');
    const before = desk.notes().recommendations.map(({ id }) => id);
    await userEvent.click(page.getByRole('textbox', { name: 'Recommendation 2', exact: true }));
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    const after = desk.notes().recommendations.map(({ id }) => id);
    expect(after).toEqual([before[1], before[0], ...before.slice(2)]);
  });

  it('are put in order by dragging', async () => {
    const desk = await sitDown();
    await open(desk);
    await userEvent.keyboard('{Alt>}2{/Alt}');
    const before = desk.notes().recommendations.map(({ id }) => id);
    const handle = (number: number) =>
      page.getByRole('button', { name: `Drag recommendation ${number}, or move it with the keys` });
    // The lower half of the second card: between the second and the third.
    const target = page.getByRole('button', { name: 'Delete recommendation 2' });
    await userEvent.dragAndDrop(handle(1), target);
    const after = desk.notes().recommendations.map(({ id }) => id);
    expect(after).toEqual([before[1], before[0], ...before.slice(2)]);
  });

  it('gain and lose sources (M1)', async () => {
    const desk = await sitDown();
    await open(desk);
    await userEvent.keyboard('{Alt>}2{/Alt}');
    await userEvent.click(page.getByRole('button', { name: 'Choose notes' }).first());
    const picker = page.getByRole('complementary', { name: 'Notes that it comes from' });
    const sources = () => desk.notes().recommendations[0]?.noteIds.length ?? 0;
    const before = sources();
    const unticked = picker.getByRole('checkbox', { checked: false }).first().element();
    const text = unticked.closest('label')?.textContent ?? '';
    await userEvent.click(picker.getByText(text));
    expect(sources()).toBe(before + 1);
    await userEvent.click(picker.getByText(text));
    expect(sources()).toBe(before);
  });

  it('say in words whether the group is ready', async () => {
    const desk = await sitDown();
    await open(desk);
    await userEvent.keyboard('{Alt>}3{/Alt}');
    await userEvent.click(page.getByRole('button', { name: 'Mark as ready for the plenary' }));
    expect(desk.notes().reportBack.readyAt).not.toBeNull();
    await expect.element(page.getByText(/Ready since/u)).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Not ready yet' }));
    expect(desk.notes().reportBack.readyAt).toBeNull();
  });
});

describe('what is not possible', () => {
  it('says that the disk is full, and offers a copy (S1)', async () => {
    const desk = await sitDown();
    await open(desk);
    desk.app
      .inside(desk.sessionId)
      .status.setState({ storage: { state: 'failed', reason: 'no-space' } });
    await expect.element(page.getByRole('alert').getByText(/disk is full/u)).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Save a copy' })).toBeVisible();
  });

  it('shows a session of a newer Caucus and lets nobody write', async () => {
    const desk = await sitDown();
    const { planDoc, groupDocs } = desk.app.inside(desk.sessionId);
    [planDoc, ...groupDocs.values()].forEach((doc) => doc.getMap('meta').set('schemaVersion', 99));
    renderApp(desk.app, desk.hash);
    await expect.element(page.getByText(/made with a newer Caucus/u)).toBeVisible();
    await expect.element(grid).toBeVisible();
    await expect.element(composer).not.toBeInTheDocument();
  });

  it('gives a rapporteur the notes to read and nothing to write with (A2)', async () => {
    const desk = await sitDown();
    desk.app.become(desk.sessionId, { role: 'rapporteur', groupId: null });
    renderApp(desk.app, desk.hash);
    await expect.element(grid).toBeVisible();
    await expect.element(composer).not.toBeInTheDocument();
    await expect.element(page.getByRole('checkbox')).not.toBeInTheDocument();
    await expect.element(page.getByRole('link', { name: 'Report' })).toBeVisible();
    await expect.element(page.getByRole('link', { name: 'Board' })).not.toBeInTheDocument();
  });

  it('takes notes before the plan has arrived', async () => {
    const desk = await sitDown({ notes: 0 });
    const { planDoc } = desk.app.inside(desk.sessionId);
    for (const root of ['questions', 'groups', 'agenda', 'stakeholderGroups', 'regions']) {
      planDoc.getMap(root).clear();
    }
    await open(desk);
    await expect.element(page.getByText(/You can take notes already/u)).toBeVisible();
    await userEvent.keyboard('Early{Enter}');
    expect(desk.notes().notes.map(({ text }) => text)).toEqual(['Early']);
  });
});

describe('for everybody', () => {
  it.each([
    ['notes', ''],
    ['notes with a note that is changed', '{ArrowUp}{Enter}'],
    ['notes with some selected', '{ArrowUp} {ArrowUp} '],
    ['drafts', '{Alt>}2{/Alt}'],
    ['report-back', '{Alt>}3{/Alt}'],
  ])('axe finds nothing on the %s', async (_, keys) => {
    const desk = await sitDown();
    await open(desk);
    if (keys !== '') await userEvent.keyboard(keys);
    expect(await findings()).toEqual([]);
  });

  it('turns around for a language that reads from the right', async () => {
    const desk = await sitDown();
    renderApp(desk.app, desk.hash, { messages: pseudoLanguage });
    await expect.element(page.getByRole('grid')).toBeVisible();
    expect(document.documentElement.dir).toBe('rtl');
    const header = page.getByRole('banner').element();
    const first = header.firstElementChild?.getBoundingClientRect().left ?? 0;
    const last = header.lastElementChild?.getBoundingClientRect().left ?? 0;
    expect(first).toBeGreaterThan(last);
    expect(await findings()).toEqual([]);
  });
});
