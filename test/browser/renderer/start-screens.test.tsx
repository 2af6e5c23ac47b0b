import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { encodeTicket, type Ticket, ticketLink } from '../../../src/core/protocol/ticket.ts';
import { findings } from './axe.ts';
import { createFakeApp, type FakeApp } from './fake-app.ts';
import { createFakeMachine } from './fake-machine.ts';
import { pseudoLanguage } from './pseudo-language.ts';
import { clear, renderApp } from './render.tsx';
import { createFilledSession } from './sample-session.ts';

const heading = (name: string) => page.getByRole('heading', { level: 1, name });

/** A ticket of the sample session, as the moderator would give it out. */
async function ticketOf(role: 'facilitator' | 'rapporteur'): Promise<Ticket> {
  const app = createFakeApp();
  const sessionId = await createFilledSession(app, {});
  const opened = await app.open(sessionId);
  if (!opened.ok) throw new Error('The sample did not open');
  const [groupId] = opened.session.record.groups.keys();
  if (groupId === undefined) throw new Error('The sample has no groups');
  return opened.session.ticketFor(role === 'facilitator' ? { groupId } : { role }, [
    'ws://192.168.4.20:4711',
  ]);
}

afterEach(clear);

describe('the first screen', () => {
  it('offers the sample first where there is nothing yet, and starts it', async () => {
    const app = createFakeApp();
    renderApp(app, '#/');
    await expect.element(heading('From breakout groups to a report')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Start from the sample' }));
    await expect.poll(() => window.location.hash).toMatch(/^#\/session\/.+\/board$/u);
    expect(app.sessions.getState().map(({ title }) => title)).toEqual(['IoT security by design']);
  });

  it('lists what is on this laptop and leads there', async () => {
    const app = createFakeApp();
    const sessionId = await createFilledSession(app, {});
    const [groupId] = app.inside(sessionId).record.groups.keys();
    app.become(sessionId, { role: 'facilitator', groupId: groupId ?? null, plenary: false });
    renderApp(app, '#/');
    await userEvent.click(page.getByRole('link', { name: /IoT security by design/u }));
    await expect.poll(() => window.location.hash).toBe(`#/session/${sessionId}/group/${groupId}`);
  });

  it('says what to do about an address that leads to no session', async () => {
    renderApp(createFakeApp(), '#/session/gone/board');
    await expect.element(heading('This session could not be opened')).toBeVisible();
  });
});

describe('the form of a new session', () => {
  const field = (name: string | RegExp) => page.getByRole('textbox', { name });

  async function fill(app: FakeApp): Promise<void> {
    renderApp(app, '#/new');
    await expect.element(field('Title')).toHaveFocus();
    await userEvent.keyboard('Our session');
    await userEvent.fill(field('Question 1: Short name'), 'Value');
  }

  it('makes a session', async () => {
    const app = createFakeApp();
    await fill(app);
    await userEvent.click(page.getByRole('button', { name: 'Start the session' }));
    await expect
      .poll(() => app.sessions.getState().map(({ title }) => title))
      .toEqual(['Our session']);
    expect(app.sessions.getState()[0]?.groups.size).toBe(3);
  });

  it('refuses no groups with a sentence, and says all that is missing beside its field', async () => {
    const app = createFakeApp();
    renderApp(app, '#/new');
    const remove = page.getByRole('button', { name: 'Remove Group 1' });
    for (let left = 3; left > 0; left -= 1) await userEvent.click(remove);
    await userEvent.click(page.getByRole('button', { name: 'Start the session' }));
    await expect.element(page.getByText(/needs at least one group/u).first()).toBeVisible();
    await expect.element(field('Title')).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByText('3 things are missing or not right:')).toBeVisible();
    expect(app.sessions.getState()).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('takes 40 groups and no more, and Enter goes on to the next', async () => {
    const app = createFakeApp();
    await fill(app);
    await userEvent.click(field('Group 3: Name'));
    await userEvent.keyboard('{Enter}x'.repeat(37));
    await expect.element(field('Group 40: Name')).toHaveFocus();
    await expect.element(page.getByRole('button', { name: 'Add a group' })).toBeDisabled();
    await userEvent.click(page.getByRole('button', { name: 'Start the session' }));
    await expect.poll(() => app.sessions.getState()[0]?.groups.size).toBe(40);
  });

  it('moves rows by keyboard and keeps the focus', async () => {
    renderApp(createFakeApp(), '#/new');
    await userEvent.click(field('Group 1: Name'));
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt} moved');
    await expect.element(field('Group 2: Name')).toHaveValue('Group 1 moved');
  });
});

describe('joining', () => {
  const ticketField = page.getByRole('textbox', { name: 'Link or ticket' });
  const join = page.getByRole('button', { name: 'Join', exact: true });

  it('says what a pasted ticket opens, and opens it', async () => {
    const app = createFakeApp();
    const ticket = await ticketOf('facilitator');
    renderApp(app, '#/join');
    await expect.element(join).toBeDisabled();
    await userEvent.fill(ticketField, ticketLink(ticket));
    await expect.element(page.getByText('IoT security by design')).toBeVisible();
    await expect.element(page.getByText(/facilitator of one group/u)).toBeVisible();
    await userEvent.click(join);
    await expect.poll(() => window.location.hash).toMatch(/\/group\//u);
    expect(app.sessions.getState()[0]?.role).toBe('facilitator');
  });

  it('says what is wrong with one that was cut off', async () => {
    const ticket = encodeTicket(await ticketOf('facilitator'));
    renderApp(createFakeApp(), '#/join');
    await userEvent.fill(ticketField, ticket.slice(0, -20));
    await expect.element(page.getByText(/cut off/u)).toBeVisible();
    await userEvent.fill(ticketField, 'hello');
    await expect.element(page.getByText(/not a ticket/u)).toBeVisible();
    await expect.element(join).toBeDisabled();
    expect(await findings()).toEqual([]);
  });

  it('takes a ticket that was clicked or dropped', async () => {
    const ticket = await ticketOf('rapporteur');
    const machine = {
      ...createFakeMachine(),
      onHandover(listener: Parameters<ReturnType<typeof createFakeMachine>['onHandover']>[0]) {
        listener({ kind: 'link', link: ticketLink(ticket) });
        return () => undefined;
      },
    };
    renderApp(createFakeApp(), '#/', { machine });
    await expect.element(page.getByText(/as rapporteur/u)).toBeVisible();
    await expect.element(join).toBeEnabled();
  });
});

describe('for everybody', () => {
  it.each(['#/', '#/new', '#/join', '#/ask'])(
    'axe finds nothing at %s, in either direction',
    async (hash) => {
      renderApp(createFakeApp(), hash);
      await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await findings()).toEqual([]);
      renderApp(createFakeApp(), hash, { messages: pseudoLanguage });
      await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(document.documentElement.dir).toBe('rtl');
      expect(await findings()).toEqual([]);
    },
  );
});
