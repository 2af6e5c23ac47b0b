import { afterEach, describe, expect, it } from 'vitest';
import { type Locator, page, userEvent } from 'vitest/browser';
import { routeHash } from '../../../renderer/routes.ts';
import type { FoundHub } from '../../../src/core/protocol/machine.ts';
import { sessionTag } from '../../../src/core/protocol/session-tag.ts';
import { findings } from './axe.ts';
import { createFakeApp, type FakeApp } from './fake-app.ts';
import type { FakeMachine } from './fake-machine.ts';
import { clear, renderApp } from './render.tsx';
import { createFilledSession } from './sample-session.ts';
import type { SessionRecord } from '../../../src/browser/app/types.ts';

interface Desk {
  readonly app: FakeApp;
  readonly machine: FakeMachine;
  readonly record: SessionRecord;
}

afterEach(() => {
  clear();
  localStorage.clear();
});

/** A facilitator's laptop, whose status has been pressed. */
async function askWhere(change: Partial<SessionRecord> = {}): Promise<Desk> {
  await page.viewport(1280, 900);
  const app = createFakeApp();
  const sessionId = await createFilledSession(app, { notes: 2 });
  const [groupId] = app.inside(sessionId).record.groups.keys();
  if (groupId === undefined) throw new Error('The sample has no groups');
  app.become(sessionId, {
    role: 'facilitator',
    groupId,
    plenary: false,
    addresses: ['ws://192.168.4.20:4711', 'ws://10.0.0.7:4711'],
    ...change,
  });
  const machine = renderApp(app, routeHash({ screen: 'group', sessionId, groupId }));
  await page.getByRole('button', { name: 'Saved on this laptop' }).click();
  await expect
    .element(page.getByRole('heading', { name: 'Where this laptop looks for the plenary laptop' }))
    .toBeVisible();
  return { app, machine, record: app.inside(sessionId).record };
}
const hubOf = ({ record }: Desk, change: Partial<FoundHub> = {}): FoundHub => ({
  hubId: 'other-laptop',
  plenary: true,
  sessions: [sessionTag(record.plan.documentId)],
  addresses: ['ws://192.168.4.37:4711', 'ws://10.0.0.7:4711'],
  ...change,
});

describe('where a laptop looks for the plenary laptop', () => {
  it('is said in words, with the address that answered last', async () => {
    const desk = await askWhere({ lastAddress: 'ws://10.0.0.7:4711' });
    const words = page
      .getByRole('listitem')
      .elements()
      .map(({ textContent }) => textContent);
    expect(words).toEqual(
      expect.arrayContaining(['192.168.4.20:4711', '10.0.0.7:4711 · answered last']),
    );
    await expect.element(page.getByText(/has found nothing there so far/u)).toBeVisible();
    expect(desk.machine.announced()).toEqual([
      { tag: sessionTag(desk.record.plan.documentId), plenary: false },
    ]);
  });

  it('names what the network shows by itself, of this session only', async () => {
    const desk = await askWhere();
    const stranger = hubOf(desk, {
      hubId: 'stranger',
      sessions: ['bbbbbbbbbbbb'],
      addresses: ['ws://192.168.4.66:4711'],
    });
    const group = hubOf(desk, {
      hubId: 'group',
      plenary: false,
      addresses: ['ws://10.0.0.9:4711'],
    });
    desk.machine.network({ found: [stranger, hubOf(desk), group] });
    await expect
      .element(page.getByText('Found on this network: the plenary laptop, at 192.168.4.37:4711'), {
        timeout: 10_000,
      })
      .toBeVisible();
    await expect
      .element(
        page.getByText('Found on this network: another laptop of this session, at 10.0.0.9:4711'),
      )
      .toBeVisible();
    expect(page.getByText(/192\.168\.4\.66/u).elements()).toEqual([]);
    expect(await findings(page.getByRole('dialog').element())).toEqual([]);
  });
});

const door = page.getByRole('button', { name: 'Your group’s other laptop', exact: true });
const letIn = page.getByRole('button', {
  name: 'Let this group’s other laptop connect to this one',
});

describe("a group's own door", () => {
  it('opens this laptop to the group’s other one, and closes again', async () => {
    await askWhere();
    await door.click();
    await expect.element(page.getByText(/Has your group two laptops/u)).toBeVisible();
    await letIn.click();
    await expect.element(page.getByText(/can connect to this one now/u)).toBeVisible();
    await page.getByRole('button', { name: 'Show QR code' }).click();
    await expect
      .element(page.getByRole('img', { name: 'QR code: 192.168.4.20:4711' }))
      .toBeVisible();
    expect(await findings(page.getByRole('dialog').element())).toEqual([]);
    await page.getByRole('button', { name: 'Stop letting it connect' }).click();
    await expect.element(page.getByText(/Has your group two laptops/u)).toBeVisible();
  });

  it('says why it could not be opened, and can be left closed', async () => {
    const desk = await askWhere();
    desk.machine.openToNetwork = async () => ({ ok: false, reason: 'no-network' });
    await door.click();
    await letIn.click();
    await expect.element(page.getByRole('alert').getByText(/in no network/u)).toBeVisible();
    expect(await findings(page.getByRole('dialog').element())).toEqual([]);
    await page.getByRole('button', { name: 'Leave it closed' }).click();
    await expect.element(page.getByText(/Has your group two laptops/u)).toBeVisible();
    expect(document.activeElement).toBe(letIn.element());
  });

  it('is opened again by itself after this laptop’s Caucus was started anew', async () => {
    const desk = await askWhere();
    await door.click();
    await letIn.click();
    await expect.element(page.getByText(/can connect to this one now/u)).toBeVisible();
    desk.machine.restartHub('started anew');
    await expect
      .element(page.getByText('Your group’s other laptop may connect again, as before.'), {
        timeout: 10_000,
      })
      .toBeVisible();
    expect((await desk.machine.hubState()).ok).toBe(true);
  });
});

describe('the status by keyboard alone', () => {
  const tabTo = async (target: Locator): Promise<void> => {
    for (let presses = 0; presses < 30; presses += 1) {
      if (document.activeElement === target.element()) return;
      await userEvent.keyboard('{Tab}');
    }
    throw new Error(`Tab does not reach ${target.element().textContent}`);
  };
  const line = page.getByRole('button', { name: 'Saved on this laptop' });
  const closes = async (): Promise<void> => {
    expect(document.activeElement?.closest('[role=dialog]')).not.toBeNull();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => page.getByRole('dialog').query()).toBeNull();
    await expect.poll(() => document.activeElement).toBe(line.element());
  };

  it('says first how it stands, and folds away what is seldom needed', async () => {
    const desk = await askWhere();
    const [first] = page.getByRole('dialog').getByRole('paragraph').elements();
    expect(first?.textContent).toBe('Saved on this laptop');
    expect(door.element().getAttribute('aria-expanded')).toBe('false');
    expect(await findings(page.getByRole('dialog').element())).toEqual([]);
    await userEvent.keyboard('{Escape}');
    const { groups, plan } = desk.app.inside(desk.record.sessionId).status.getState();
    const there = { ...plan, inContact: true, path: 'relay' as const, lastContactAt: 1 };
    desk.app.inside(desk.record.sessionId).status.setState({
      plan: there,
      groups: new Map([...groups.keys()].map((id) => [id, there])),
    });
    await page.getByRole('button', { name: 'All notes are at the plenary laptop' }).click();
    const fold = page.getByRole('button', {
      name: 'Where this laptop looks for the plenary laptop',
    });
    await expect.element(fold).toBeVisible();
    expect(fold.element().getAttribute('aria-expanded')).toBe('false');
    expect(page.getByRole('textbox', { name: 'Another address' }).query()).toBeNull();
  });

  it('takes another address, and Escape closes it then', async () => {
    const desk = await askWhere();
    await tabTo(page.getByRole('textbox', { name: 'Another address' }));
    await userEvent.keyboard('192.168.4.77:4711');
    await tabTo(page.getByRole('button', { name: 'Use this address' }));
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/^Added\./u)).toBeVisible();
    expect(desk.app.inside(desk.record.sessionId).record.addresses[0]).toBe(
      'ws://192.168.4.77:4711',
    );
    await closes();
  });

  it('says that an address is none, and Escape closes it then', async () => {
    await askWhere();
    await tabTo(page.getByRole('button', { name: 'Use this address' }));
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/That is not an address/u)).toBeVisible();
    await closes();
  });

  it('lets the other laptop connect, and Escape closes it then', async () => {
    await askWhere();
    await tabTo(door);
    await userEvent.keyboard('{Enter}');
    await tabTo(letIn);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/can connect to this one now/u)).toBeVisible();
    await closes();
  });
});
