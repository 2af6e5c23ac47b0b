import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import english from '../../../renderer/messages/en.json' with { type: 'json' };
import { MessagesProvider } from '../../../renderer/shared/messages.tsx';
import { UnlockScreen } from '../../../renderer/start/unlock-screen.tsx';
import type { Lock } from '../../../src/browser/storage/keyring.ts';
import { findings } from './axe.ts';
import { createFakeApp, type FakeApp } from './fake-app.ts';
import { pseudoLanguage } from './pseudo-language.ts';
import { clear, render, renderApp } from './render.tsx';
import { createFilledSession } from './sample-session.ts';

afterEach(clear);

const button = (name: string | RegExp) => page.getByRole('button', { name });
const field = (name: string) => page.getByLabelText(name, { exact: true });

async function showStart(): Promise<FakeApp> {
  const app = createFakeApp();
  await createFilledSession(app, {});
  renderApp(app, '#/');
  return app;
}

describe('the passphrase of this laptop', () => {
  it('is set, changed and taken away on the first screen', async () => {
    const app = await showStart();
    await expect.element(page.getByText(/lie beside their notes/u)).toBeVisible();
    await userEvent.click(button('Protect this laptop with a passphrase…'));
    await expect.element(field('New passphrase')).toHaveFocus();
    await userEvent.keyboard('three stout walls');
    await userEvent.fill(field('New passphrase once more'), 'three stout walls');
    expect(await findings()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/open with this laptop’s passphrase only/u)).toBeVisible();
    expect(app.protection.getState().passphrase).toBe(true);

    await userEvent.click(button('Change the passphrase…'));
    await userEvent.fill(field('Present passphrase'), 'not this one');
    await userEvent.fill(field('New passphrase'), 'four stout walls');
    await userEvent.fill(field('New passphrase once more'), 'four stout walls');
    await userEvent.click(page.getByRole('button', { name: 'Change', exact: true }));
    await expect.element(page.getByText(/That is not the passphrase/u)).toBeVisible();
    await userEvent.fill(field('Present passphrase'), 'three stout walls');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('The passphrase is changed')).toBeVisible();

    await userEvent.click(button('Take the passphrase away…'));
    await userEvent.fill(field('Present passphrase'), 'four stout walls');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/lie beside their notes/u)).toBeVisible();
    expect(app.protection.getState().passphrase).toBe(false);
  });

  it('is not taken where it is too short or not the same twice, and says so at its field', async () => {
    const app = await showStart();
    await userEvent.click(button('Protect this laptop with a passphrase…'));
    await userEvent.fill(field('New passphrase'), 'three stout walls');
    await userEvent.fill(field('New passphrase once more'), 'three stout wells');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('The two are not the same.')).toBeVisible();
    await userEvent.fill(field('New passphrase'), 'wall');
    await userEvent.fill(field('New passphrase once more'), 'wall');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/too short/u)).toBeVisible();
    await expect.element(field('New passphrase')).toHaveAttribute('aria-invalid', 'true');
    expect(await findings()).toEqual([]);
    expect(app.protection.getState().passphrase).toBe(false);
  });

  it.each([
    ['system', /in this laptop’s keychain/u],
    ['file', /no keychain that Caucus could use/u],
    ['nowhere', /could not be locked/u],
  ] as const)('says how the keys are kept: %s', async (keptIn, words) => {
    const app = await showStart();
    app.protection.setState({ keptIn });
    await expect.element(page.getByText(words)).toBeVisible();
  });

  it('is missed beside the second copy where there is no keychain', async () => {
    const app = createFakeApp();
    const sessionId = await createFilledSession(app, {});
    app.protection.setState({ keptIn: 'file' });
    renderApp(app, `#/session/${sessionId}/board`);
    await userEvent.click(button(/no group has been in contact yet/u));
    await expect.element(page.getByText(/no keychain that Caucus could use/u)).toBeVisible();
    app.protection.setState({ passphrase: true });
    await expect.poll(() => page.getByText(/no keychain/u).query()).toBeNull();
  });
});

describe('the locked laptop', () => {
  function show(reason: Lock['reason'] = 'passphrase', messages = english) {
    const lock = {
      reason,
      unlock: vi.fn<Lock['unlock']>(async (word) =>
        word === 'three stout walls' ? 'opened' : 'wrong',
      ),
      startOver: vi.fn<Lock['startOver']>(async () => true),
    };
    render(
      <MessagesProvider file={messages}>
        <UnlockScreen lock={lock} />
      </MessagesProvider>,
    );
    return lock;
  }

  it('opens with its passphrase, by the keyboard alone', async () => {
    const lock = show();
    await expect.element(field('Passphrase')).toHaveFocus();
    await userEvent.keyboard('three stout wells{Enter}');
    await expect.element(page.getByText(/Nothing is lost; try it once more/u)).toBeVisible();
    await expect.element(field('Passphrase')).toHaveAttribute('aria-invalid', 'true');
    expect(await findings()).toEqual([]);
    await userEvent.fill(field('Passphrase'), 'three stout walls');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => lock.unlock.mock.results.length).toBe(2);
    expect(lock.startOver).not.toHaveBeenCalled();
  });

  it('says what can be done where it was forgotten, and deletes nothing before a person says so', async () => {
    const lock = show();
    await userEvent.click(button('I have forgotten it'));
    await expect.element(page.getByText(/ask the moderator for a new ticket/u)).toBeVisible();
    await userEvent.click(button('Start over…'));
    await expect.element(button('Cancel')).toHaveFocus();
    expect(await findings()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    expect(lock.startOver).not.toHaveBeenCalled();
    await userEvent.click(button('Start over…'));
    await userEvent.click(page.getByRole('button', { name: 'Start over', exact: true }));
    expect(lock.startOver.mock.calls).toEqual([[{ notes: false }]]);
  });

  it('deletes what was typed only where that is asked for', async () => {
    const lock = show();
    await userEvent.click(button('I have forgotten it'));
    await userEvent.click(button('Start over…'));
    await userEvent.click(page.getByText(/Also delete everything/u));
    await expect.element(page.getByText(/is then gone for good/u)).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Start over', exact: true }));
    expect(lock.startOver.mock.calls).toEqual([[{ notes: true }]]);
  });

  it('says so where the storage does not let it', async () => {
    show().startOver.mockResolvedValue(false);
    await userEvent.click(button('I have forgotten it'));
    await userEvent.click(button('Start over…'));
    await userEvent.click(page.getByRole('button', { name: 'Start over', exact: true }));
    await expect.element(page.getByText(/Nothing was deleted/u)).toBeVisible();
  });

  it('says where the keychain keeps the key to itself', async () => {
    show('key-lost');
    await expect.element(page.getByText(/does not give them out/u)).toBeVisible();
    await expect.element(button('Try again')).toBeVisible();
    expect(page.getByLabelText('Passphrase').query()).toBeNull();
    expect(await findings()).toEqual([]);
  });

  it('axe finds nothing in the other direction', async () => {
    show('passphrase', pseudoLanguage);
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await findings()).toEqual([]);
  });
});
