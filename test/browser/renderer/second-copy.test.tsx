import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { VaultStatus } from '../../../src/browser/storage/vault-status.ts';
import { findings } from './axe.ts';
import { createFakeApp } from './fake-app.ts';
import { clear, renderApp } from './render.tsx';
import { createFilledSession } from './sample-session.ts';

afterEach(clear);

describe('S6: the second copy on the screen', () => {
  it('says what it has given back, until a person has seen it', async () => {
    const app = createFakeApp();
    await createFilledSession(app, {});
    renderApp(app, '#/');
    await expect.element(page.getByRole('list', { name: /Sessions on this/u })).toBeVisible();
    expect(page.getByText(/second copy/u).query()).toBeNull();

    app.restored.setState({ titles: ['IoT security by design'], at: 1 }, true);
    await expect
      .element(
        page.getByText(
          '“IoT security by design” was missing here. It is back from this laptop’s second copy.',
        ),
      )
      .toBeVisible();
    expect(await findings()).toEqual([]);
    app.restored.setState({ titles: ['One', 'Two'], at: 2 }, true);
    await expect
      .element(
        page.getByText(
          '2 sessions were missing here. They are back from this laptop’s second copy.',
        ),
      )
      .toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Dismiss' }));
    await expect.poll(() => page.getByText(/second copy/u).query()).toBeNull();
    expect(app.restored.getState()).toBeNull();
  });

  it('says how it stands where the status is explained, and nothing where there is none', async () => {
    const app = createFakeApp();
    const sessionId = await createFilledSession(app, {});
    renderApp(app, `#/session/${sessionId}/board`);
    await userEvent.click(page.getByRole('button', { name: /no group has been in contact yet/u }));
    await expect.element(page.getByText(/This is the plenary laptop/u)).toBeVisible();
    expect(page.getByText(/Second copy/u).query()).toBeNull();
    const states: readonly [VaultStatus, RegExp][] = [
      [{ state: 'current' }, /^Second copy on this laptop: up to date\.$/u],
      [{ state: 'writing' }, /being written\.$/u],
      [{ state: 'failed', reason: 'no-space' }, /the disk is full\.$/u],
      [{ state: 'failed', reason: 'damaged' }, /its file is damaged/u],
      [{ state: 'failed', reason: 'blocked' }, /cannot be written to/u],
      [{ state: 'failed', reason: 'away' }, /catches it up by itself/u],
    ];
    for (const [state, said] of states) {
      app.secondCopy.setState(state, true);
      await expect.element(page.getByText(said)).toBeVisible();
    }
  });
});
