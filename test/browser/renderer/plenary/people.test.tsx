import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { HubFailure } from '../../../../src/core/protocol/machine.ts';
import { readTicket, type Role } from '../../../../src/core/protocol/ticket.ts';
import { findings } from '../axe.ts';
import { someStatus } from '../fake-app.ts';
import { openPlenary, type OpenOptions } from './open-plenary.tsx';
import { laptop } from './plenary-session.ts';

afterEach(() => localStorage.clear());

async function openPeople(options: OpenOptions = {}) {
  const open = await openPlenary({ groups: 2, notes: 0, recommendations: 0, ...options });
  await page.getByRole('tab', { name: 'People' }).click();
  return open;
}
const ticketOf = (name: string) => page.getByRole('group', { name: `Ticket for ${name}` });

describe('tickets', () => {
  it('A2 open one group and no more, and are saved as a file that joins', async () => {
    const open = await openPeople();
    await ticketOf('Networks and response').getByRole('button', { name: 'Save as file' }).click();
    await expect.poll(() => open.machine.saved.length).toBe(1);
    const [file] = open.machine.saved;
    expect(file?.name).toBe('IoT security by design – Networks and response.caucus-ticket');
    const read = readTicket(new TextDecoder().decode(file?.bytes), Date.now());
    if (!read.ok) throw new Error(read.reason);
    expect(read.ticket.role).toBe('facilitator');
    expect([...read.ticket.groups.keys()]).toEqual([open.groupIds[1]]);
    // Not open to the room: only programs on this laptop can use it.
    expect(read.ticket.addresses).toEqual(['ws://localhost:4710']);
  });

  it('carry the addresses once the session is open to the room', async () => {
    const open = await openPeople();
    await expect.element(page.getByText(/Open it first, then hand out the tickets/u)).toBeVisible();
    await page
      .getByRole('region', { name: 'The room' })
      .getByRole('button', { name: 'Open to the room' })
      .click();
    await expect
      .element(page.getByRole('button', { name: 'Open to the room · 192.168.4.20:4711' }))
      .toBeVisible();
    await expect.element(page.getByText(/Open it first/u)).not.toBeInTheDocument();
    await ticketOf('Rapporteur').getByRole('button', { name: 'Save as file' }).click();
    await expect.poll(() => open.machine.saved.length).toBe(1);
    const read = readTicket(new TextDecoder().decode(open.machine.saved[0]?.bytes), Date.now());
    expect(read.ok && read.ticket.addresses).toContain('ws://192.168.4.20:4711');
    expect(read.ok && read.ticket.role).toBe('rapporteur');
  });

  it('are shown to be scanned', async () => {
    await openPeople();
    await ticketOf('Makers and markets').getByRole('button', { name: 'Show QR code' }).click();
    await expect
      .element(page.getByRole('img', { name: 'QR code: ticket for Makers and markets' }))
      .toBeVisible();
  });

  it('say so where they are too long for a QR code', async () => {
    await openPeople({ groups: 40 });
    await ticketOf('Another moderator').getByRole('button', { name: 'Show QR code' }).click();
    await expect.element(page.getByText(/does not fit into a QR code/u)).toBeVisible();
  });

  it('complain where the file could not be written', async () => {
    await openPeople({ machine: { saveFile: async () => ({ ok: false, reason: 'no-space' }) } });
    await ticketOf('Rapporteur').getByRole('button', { name: 'Save as file' }).click();
    await expect.element(page.getByText(/no space left/u)).toBeVisible();
  });
});

describe('opening to the room', () => {
  it.each<[HubFailure, RegExp]>([
    ['no-network', /in no network at the moment/u],
    ['no-port', /Another program on this laptop stands in the way/u],
    ['not-running', /does not answer/u],
  ])('says in plain words why it failed: %s', async (reason, words) => {
    await openPeople({ machine: { openToNetwork: async () => ({ ok: false, reason }) } });
    await page.getByRole('button', { name: 'Open to the room' }).first().click();
    const door = page.getByRole('dialog', { name: 'Open to the room' });
    await expect
      .element(door.getByText(/may ask whether Caucus may take connections/u))
      .toBeVisible();
    await door.getByRole('button', { name: 'Open to the room' }).click();
    await expect.element(door.getByRole('alert').getByText(words)).toBeVisible();
  });
});

describe('a session that a person has opened to the room', () => {
  const bar = (name: string) => page.getByRole('button', { name, exact: true });
  const open = async (options: OpenOptions = {}) => {
    const opened = await openPeople(options);
    await page
      .getByRole('region', { name: 'The room' })
      .getByRole('button', { name: 'Open to the room' })
      .click();
    await expect.element(bar('Open to the room · 192.168.4.20:4711')).toBeVisible();
    return opened;
  };

  it('is opened again by itself after Caucus was started anew here, and says so', async () => {
    const { machine } = await open();
    expect(page.getByText('Open to the room again, as before.').elements()).toEqual([]);
    machine.restartHub('started anew');
    const room = page.getByRole('region', { name: 'The room' });
    await expect
      .element(room.getByText('Open to the room again, as before.'), { timeout: 10_000 })
      .toBeVisible();
    await expect
      .element(
        page
          .getByRole('region', { name: 'Messages' })
          .getByText('Open to the room again, as before.'),
      )
      .toBeVisible();
    await expect.element(bar('Open to the room · 192.168.4.20:4711')).toBeVisible();
    expect(await findings()).toEqual([]);
  });

  it('says that it is not open at the moment and why, and can be left closed', async () => {
    const { machine } = await open();
    machine.openToNetwork = async () => ({ ok: false, reason: 'no-network' });
    machine.restartHub('started anew');
    const interrupted = bar('Not open to the room · trying again');
    await expect.element(interrupted, { timeout: 10_000 }).toBeVisible();
    await expect.element(page.getByText('Not open to the room at the moment')).toBeVisible();
    const room = page.getByRole('region', { name: 'The room' });
    await expect.element(room.getByRole('alert').getByText(/in no network/u)).toBeVisible();
    expect(await findings()).toEqual([]);
    await room.getByRole('button', { name: 'Leave it closed' }).click();
    await expect.element(page.getByText('Not open to the room yet')).toBeVisible();
    await expect.element(interrupted).not.toBeInTheDocument();
  });

  it('is opened and closed by keyboard from the top bar, and Escape leads back there', async () => {
    await openPeople();
    const button = bar('Open to the room').first().element();
    if (!(button instanceof HTMLElement)) throw new Error('No button');
    button.focus();
    await userEvent.keyboard('{Enter}');
    const door = page.getByRole('dialog');
    await expect.element(door).toBeVisible();
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.element(door.getByText('Laptops in the room reach this one at:')).toBeVisible();
    expect(await findings(door.element())).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => door.query()).toBeNull();
    await expect.poll(() => document.activeElement).toBe(button);
  });
});

describe('groups', () => {
  it('are renamed, and named back', async () => {
    const open = await openPeople();
    const name = () => open.plan.view.snapshot().groups[0]?.name;
    await page.getByRole('button', { name: 'Rename Makers and markets' }).click();
    await userEvent.keyboard('{Control>}a{/Control}Makers{Enter}');
    expect(name()).toBe('Makers');
    await page.getByRole('button', { name: /Undo/u }).click();
    expect(name()).toBe('Makers and markets');
  });

  it('are added while the session runs, with a ticket and a column', async () => {
    const open = await openPeople();
    await page.getByRole('textbox', { name: 'Another group' }).fill('Latecomers');
    await page.getByRole('button', { name: 'Add group' }).click();
    await expect.element(page.getByRole('button', { name: 'Rename Latecomers' })).toBeVisible();
    expect(open.plan.view.snapshot().groups.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('show how many of their laptops are in contact', async () => {
    const open = await openPeople();
    open.say(0, {
      inContact: true,
      laptops: [laptop(), laptop({ deviceId: 'second', writing: true })],
    });
    await expect.element(page.getByText(/2 laptops$/u)).toBeVisible();
  });

  it('show beside the other roles how many of theirs are: rapporteurs’ are heard in the report', async () => {
    const open = await openPeople();
    const line = (role: string) =>
      page
        .getByRole('listitem')
        .filter({ hasText: role })
        .getByText(/in contact$/u);
    await expect.element(line('Rapporteur')).toHaveTextContent('no laptop in contact');
    const { status } = open.app.inside(open.sessionId);
    const heardFrom = (role: Role) => ({ ...someStatus, laptops: [laptop({ role })] });
    status.setState({ plan: heardFrom('moderator'), report: heardFrom('rapporteur') });
    await expect.element(line('Rapporteur')).toHaveTextContent('1 laptop in contact');
    await expect.element(line('Another moderator')).toHaveTextContent('1 laptop in contact');
    status.setState({ plan: heardFrom('rapporteur') });
    await expect.element(line('Rapporteur')).toHaveTextContent('1 laptop in contact');
    await expect.element(line('Another moderator')).toHaveTextContent('no laptop in contact');
  });
});
