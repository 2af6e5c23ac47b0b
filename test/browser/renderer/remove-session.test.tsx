import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OnlyHere } from '../../../src/browser/app/types.ts';
import { findings } from './axe.ts';
import { createFakeApp, type FakeApp } from './fake-app.ts';
import type { FakeMachine } from './fake-machine.ts';
import { clear, renderApp } from './render.tsx';
import { createFilledSession } from './sample-session.ts';

afterEach(clear);

const button = (name: string | RegExp) => page.getByRole('button', { name });
const remaining = (app: FakeApp): number => app.sessions.getState().length;

/** The question about a session of which the plenary laptop has said this. */
async function ask(what: OnlyHere): Promise<{ app: FakeApp; machine: FakeMachine }> {
  const app = createFakeApp();
  const sessionId = await createFilledSession(app, {});
  app.told(sessionId, what);
  const machine = renderApp(app, '#/');
  await again();
  return { app, machine };
}
async function again(): Promise<void> {
  await userEvent.click(button(/More for/u));
  await userEvent.click(page.getByRole('menuitem', { name: /Take off/u }));
}

describe('taking a session off a laptop', () => {
  it('S3: says that the plenary laptop has everything, and deletes on one yes', async () => {
    const { app } = await ask({ state: 'nothing', at: new Date(2026, 10, 22, 11, 42).getTime() });
    await expect.element(page.getByText(/The plenary laptop has everything.*11:42/u)).toBeVisible();
    expect(await findings()).toEqual([]);
    const [record] = app.sessions.getState();
    localStorage.setItem(`kept of ${record?.sessionId}`, 'something');
    localStorage.setItem('kept of another', 'something');
    await userEvent.click(button('Delete from this laptop'));
    await expect.poll(() => remaining(app)).toBe(0);
    await expect.poll(() => localStorage.getItem(`kept of ${record?.sessionId}`)).toBeNull();
    expect(localStorage.getItem('kept of another')).toBe('something');
    localStorage.removeItem('kept of another');
  });

  it('has the harmless answer first', async () => {
    const { app } = await ask({ state: 'nothing', at: 1 });
    await expect.element(button('Cancel')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument();
    expect(remaining(app)).toBe(1);
  });

  it.each<[string, OnlyHere, RegExp, RegExp]>([
    [
      'counts what is only here',
      { state: 'changes', count: 14, at: 1 },
      /14 changes are only on this laptop/u,
      /The 14 changes that are only on this laptop will be gone for good/u,
    ],
    [
      'says where nobody knows',
      { state: 'unknown' },
      /not known whether the plenary laptop has everything/u,
      /What the plenary laptop does not have will be gone for good/u,
    ],
    [
      'says that this is the plenary laptop',
      { state: 'plenary' },
      /This is the plenary laptop/u,
      /gone for good/u,
    ],
  ])('S2, S3: %s, and deletes on a second yes only', async (_what, told, first, second) => {
    const { app } = await ask(told);
    await expect.element(page.getByText(first)).toBeVisible();
    expect(await findings()).toEqual([]);
    await userEvent.click(button('Delete from this laptop'));
    await expect.element(page.getByText(second)).toBeVisible();
    await expect.element(button('Keep the session')).toHaveFocus();
    expect(remaining(app)).toBe(1);
    expect(await findings()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument();
    expect(remaining(app)).toBe(1);

    await again();
    await userEvent.click(button('Delete from this laptop'));
    await userEvent.click(button('Delete all the same'));
    await expect.poll(() => remaining(app)).toBe(0);
  });

  it('reminds of a session file, saves one, and then takes one yes', async () => {
    const { app, machine } = await ask({ state: 'changes', count: 14, at: 1 });
    await expect.element(page.getByText(/A session file on a USB stick/u)).toBeVisible();
    await userEvent.click(button('Save a session file'));
    await expect.element(page.getByText(/A session file has been saved/u)).toBeVisible();
    expect(machine.saved.map(({ kind }) => kind.extension)).toEqual(['.caucus']);
    await userEvent.click(button('Delete from this laptop'));
    await expect.poll(() => remaining(app)).toBe(0);
  });
});

describe('closing a session', () => {
  it('offers to take it off a laptop that is shared, once', async () => {
    const app = createFakeApp();
    const sessionId = await createFilledSession(app, {});
    app.told(sessionId, { state: 'nothing', at: 1 });
    renderApp(app, `#/session/${sessionId}/board`);
    await expect.element(page.getByRole('tablist').first()).toBeVisible();
    window.location.hash = '#/';
    const offer = page.getByText(/You have closed “IoT security by design”/u);
    await expect.element(offer).toBeVisible();
    expect(await findings()).toEqual([]);
    await userEvent.click(button('Take off this laptop…'));
    await userEvent.click(button('Cancel'));
    await userEvent.click(button('Dismiss'));
    await expect.element(offer).not.toBeInTheDocument();
    expect(remaining(app)).toBe(1);
  });

  it('is not spoken of where none was closed', async () => {
    const app = createFakeApp();
    await createFilledSession(app, {});
    renderApp(app, '#/');
    await expect.element(page.getByRole('list', { name: /Sessions on this/u })).toBeVisible();
    expect(page.getByText(/You have closed/u).query()).toBeNull();
  });
});
