import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { routeHash } from '../../../../renderer/routes.ts';
import type { Role } from '../../../../src/core/protocol/ticket.ts';
import { findings } from '../axe.ts';
import { createFakeApp } from '../fake-app.ts';
import { clear, renderApp } from '../render.tsx';
import { createFilledSession } from '../sample-session.ts';

afterEach(() => {
  clear();
  window.location.hash = '';
});

/** Sits down at a laptop whose ticket was made when the report lay in the plan. */
async function openWithoutReport(role: Role): Promise<void> {
  await page.viewport(1280, 720);
  const app = createFakeApp();
  const sessionId = await createFilledSession(app, { notes: 4 });
  app.become(sessionId, { role, plenary: false });
  app.loseReport(sessionId);
  renderApp(app, routeHash({ screen: 'report', sessionId }));
}
const words = page.getByRole('heading', { name: 'This laptop cannot open the report yet' });

describe('a laptop without the report’s key', () => {
  it.each(['moderator', 'rapporteur'] as const)('says so and what to do: %s', async (role) => {
    await openWithoutReport(role);
    await expect.element(words).toBeVisible();
    await expect.element(page.getByText(/Ask the plenary moderator for a new link/u)).toBeVisible();
    expect(page.getByRole('textbox').elements()).toEqual([]);
    expect(page.getByRole('button', { name: /^Export/u }).elements()).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('S1 keeps the other places and a copy for a stick within reach', async () => {
    await openWithoutReport('moderator');
    await expect.element(words).toBeVisible();
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect.element(page.getByRole('menuitem', { name: /Save a copy/u })).toBeVisible();
    await userEvent.keyboard('{Escape}');
  });
});
