import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { readTicket } from '../../../../src/core/protocol/ticket.ts';
import { findings } from '../axe.ts';
import { openPlenary } from './open-plenary.tsx';

const moved = { addresses: ['ws://192.168.4.37:4711', 'ws://10.0.0.7:4711'] };
const warning = page.getByText(
  /This laptop’s address has changed from 192\.168\.4\.20:4711 to 192\.168\.4\.37:4711\./u,
);

afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

/** The session is open to the room, and one ticket was handed out. */
async function handOut() {
  const open = await openPlenary({ groups: 2, notes: 0, recommendations: 0 });
  await page.getByRole('tab', { name: 'People' }).click();
  await page
    .getByRole('region', { name: 'The room' })
    .getByRole('button', { name: 'Open to the room' })
    .click();
  await expect.element(page.getByText('Laptops in the room reach this one at:')).toBeVisible();
  await page
    .getByRole('group', { name: 'Ticket for Rapporteur' })
    .getByRole('button', { name: 'Save as file' })
    .click();
  await expect.poll(() => open.machine.saved.length).toBe(1);
  return open;
}

describe('the address of the plenary laptop', () => {
  it('shows the likely one large and the others smaller', async () => {
    await handOut();
    const sizes = ['192.168.4.20:4711', '10.0.0.7:4711'].map((address) => {
      const item = page.getByRole('region', { name: 'The room' }).getByText(address).element();
      return Number.parseFloat(getComputedStyle(item).fontSize);
    });
    expect(sizes[0]).toBeGreaterThan((sizes[1] ?? 0) * 1.5);
  });

  it('warns on every part of the screen when it changed since tickets were handed out', async () => {
    const open = await handOut();
    expect(warning.elements()).toEqual([]);
    open.machine.network(moved);
    await expect.element(warning, { timeout: 10_000 }).toBeVisible();
    await page.getByRole('tab', { name: /^Board/u }).click();
    await expect.element(warning).toBeVisible();
    expect(await findings()).toEqual([]);

    const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await page.getByRole('button', { name: 'Show the new address' }).click();
    const dialog = page.getByRole('dialog', { name: 'This laptop’s new address' });
    await expect
      .element(dialog.getByRole('img', { name: 'QR code: 192.168.4.37:4711' }))
      .toBeVisible();
    expect(await findings(dialog.element())).toEqual([]);
    await dialog.getByRole('button', { name: 'Copy the address' }).click();
    expect(written).toHaveBeenCalledWith('192.168.4.37:4711');
    await dialog.getByRole('button', { name: 'Got it' }).click();
    await expect.element(warning).not.toBeInTheDocument();

    // A ticket from now on has the new address, and no reason to warn.
    await page.getByRole('tab', { name: 'People' }).click();
    await page
      .getByRole('group', { name: 'Ticket for Rapporteur' })
      .getByRole('button', { name: 'Save as file' })
      .click();
    await expect.poll(() => open.machine.saved.length).toBe(2);
    const read = readTicket(new TextDecoder().decode(open.machine.saved[1]?.bytes), Date.now());
    expect(read.ok && read.ticket.addresses).toEqual(moved.addresses);
    expect(warning.elements()).toEqual([]);
  });

  it('does not warn where no ticket was handed out', async () => {
    const open = await openPlenary({ groups: 2, notes: 0, recommendations: 0 });
    await open.machine.openToNetwork();
    await expect
      .element(page.getByRole('button', { name: 'Open to the room · 192.168.4.20:4711' }), {
        timeout: 10_000,
      })
      .toBeVisible();
    open.machine.network(moved);
    await expect
      .element(page.getByRole('button', { name: 'Open to the room · 192.168.4.37:4711' }), {
        timeout: 10_000,
      })
      .toBeVisible();
    expect(warning.elements()).toEqual([]);
  });
});
