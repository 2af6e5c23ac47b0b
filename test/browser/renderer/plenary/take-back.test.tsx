import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DeviceId, GroupId } from '../../../../src/core/session/ids.ts';
import { enterLaptop } from '../../../../src/core/session/laptops.ts';
import { findings } from '../axe.ts';
import { someStatus } from '../fake-app.ts';
import { openPlenary } from './open-plenary.tsx';
import { laptop } from './plenary-session.ts';

/** A plenary laptop with two laptops in its first group. */
async function openPeople() {
  const open = await openPlenary({ groups: 2, notes: 0, recommendations: 0 });
  const groupId = open.groupIds[0] as GroupId;
  const inside = open.app.inside(open.sessionId);
  const doc = inside.groupDocs.get(groupId);
  if (doc === undefined) throw new Error('There is no group');
  for (const [at, name] of ['one', 'two'].entries()) {
    enterLaptop(doc, {
      deviceId: name as DeviceId,
      role: 'facilitator',
      ticketId: 'ticket',
      boxKey: 'A'.repeat(43),
      at: Date.UTC(2026, 0, 5, 9, 40 + at),
    });
  }
  await page.getByRole('tab', { name: 'People' }).click();
  return { ...open, groupId, inside };
}

describe('taking access back', () => {
  it('A1: asks first, says what follows, and does it', async () => {
    const { inside, groupId } = await openPeople();
    await page.getByRole('button', { name: '2 laptops' }).click();
    await expect.element(page.getByText('Laptop 2', { exact: true })).toBeVisible();
    expect(await findings()).toEqual([]);
    await page.getByRole('button', { name: 'Take access back from laptop 2' }).click();
    await expect.element(page.getByRole('alertdialog')).toBeVisible();
    await expect
      .element(page.getByText(/The group’s other laptop goes on by itself\./u))
      .toBeVisible();
    expect(await findings()).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(inside.takenBack).toEqual([]);
    await page.getByRole('button', { name: 'Take access back from laptop 2' }).click();
    await page.getByRole('button', { name: 'Take access back', exact: true }).click();
    expect(inside.takenBack).toEqual([{ groupId, deviceId: 'two' }]);
    await expect.element(page.getByText(/Access taken back from laptop 2/u)).toBeVisible();
  });

  it('goes by keyboard alone, and Escape leaves everything as it was', async () => {
    const { inside } = await openPeople();
    page.getByRole('button', { name: '2 laptops' }).element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(inside.takenBack).toEqual([]);
  });

  it("A2: of the rapporteur's and another moderator's laptop too, but never of this one", async () => {
    const { inside } = await openPeople();
    const entries = [
      ['rapporteur', 'rapporteur'],
      ['moderator', 'moderator'],
      ['plenary', 'moderator'],
    ] as const;
    for (const [name, role] of entries) {
      enterLaptop(role === 'rapporteur' ? inside.reportDoc : inside.planDoc, {
        deviceId: name as DeviceId,
        role,
        ticketId: name,
        boxKey: 'A'.repeat(43),
        ...(name === 'plenary' && { plenary: true }),
        at: Date.UTC(2026, 0, 5, 9, 30),
      });
    }
    await page.getByRole('tab', { name: 'Board' }).click();
    await page.getByRole('tab', { name: 'People' }).click();
    const { status } = inside;
    status.setState({ report: { ...someStatus, laptops: [laptop({ deviceId: 'rapporteur' })] } });
    const buttons = page.getByRole('button', { name: '1 laptop has access' });
    for (const [index, deviceId] of ['rapporteur', 'moderator'].entries()) {
      await buttons.nth(index).click();
      const contact = deviceId === 'rapporteur' ? /· in contact$/u : /· not in contact$/u;
      await expect.element(page.getByRole('dialog').getByText(contact)).toBeVisible();
      await page.getByRole('button', { name: 'Take access back from laptop 1' }).click();
      await expect.element(page.getByText(/everything goes on under new keys/u)).toBeVisible();
      const limit = page.getByText(/can make tickets that look like yours/u);
      if (deviceId === 'moderator') await expect.element(limit).toBeVisible();
      else await expect.element(limit).not.toBeInTheDocument();
      expect(await findings()).toEqual([]);
      await page.getByRole('button', { name: 'Take access back', exact: true }).click();
      expect(inside.takenBack.at(-1)).toEqual({ groupId: null, deviceId });
      await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument();
    }
  });

  it('S2: shows what still came from a laptop that lost its access', async () => {
    const { inside, groupId } = await openPeople();
    const heading = page.getByRole('heading', { name: 'Set aside' });
    await expect.element(heading).not.toBeInTheDocument();
    inside.setAside.setState([{ groupId, id: 'note', text: 'From the lost laptop' }], true);
    await expect.element(heading).toBeVisible();
    await expect.element(page.getByText('From the lost laptop')).toBeVisible();
    inside.setAside.setState([{ groupId: null, id: 'report:summary/', text: 'A report' }], true);
    await expect.element(page.getByText('For the plan or the report')).toBeVisible();
    await expect.element(page.getByText('A report')).toBeVisible();
    expect(await findings()).toEqual([]);
  });
});

describe('the laptop that lost its access', () => {
  it('S3: says so, and what to do', async () => {
    const { inside } = await openPeople();
    inside.status.setState({ takenBack: true, plenary: false });
    const line = page.getByRole('button', { name: /taken this laptop’s access back/u });
    await expect.element(line).toBeVisible();
    await line.click();
    await expect.element(page.getByText(/ask the moderator for a new ticket/u)).toBeVisible();
  });
});
