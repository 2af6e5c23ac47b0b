import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createStore } from 'zustand/vanilla';
import type { JoinDesk, JoinRequest } from '../../../../src/browser/app/join-desk.ts';
import { readTicket } from '../../../../src/core/protocol/ticket.ts';
import { findings } from '../axe.ts';
import { openPlenary } from './open-plenary.tsx';

afterEach(() => localStorage.clear());

const asks = (id: number, name: string, words = 'able baker camera dog'): JoinRequest => ({
  id,
  name,
  words: words.split(' '),
  at: new Date(2026, 10, 22, 14, id).getTime(),
});

/** A desk at which laptops ask when a test says so. */
function createFakeDesk() {
  const requests = createStore<readonly JoinRequest[]>(() => []);
  const admitted: { readonly id: number; readonly ticket: string }[] = [];
  const refused: number[] = [];
  const opened: string[] = [];
  let open = 0;
  const drop = (id: number): void =>
    requests.setState(
      requests.getState().filter((one) => one.id !== id),
      true,
    );
  const desk: JoinDesk = {
    requests,
    admit(id, ticket) {
      if (!requests.getState().some((one) => one.id === id)) return false;
      admitted.push({ id, ticket });
      drop(id);
      return true;
    },
    refuse(id) {
      refused.push(id);
      drop(id);
    },
    close() {
      open -= 1;
    },
  };
  return {
    admitted,
    refused,
    opened,
    open: () => open,
    ask: (...some: readonly JoinRequest[]) =>
      requests.setState([...requests.getState(), ...some], true),
    leave: drop,
    openJoinDesk: ({ address }: { readonly address: string }): JoinDesk => {
      opened.push(address);
      open += 1;
      return desk;
    },
  };
}

/** The plenary laptop, open to the room, on its board. */
async function openWithDesk() {
  const desk = createFakeDesk();
  const plenary = await openPlenary({ groups: 3, notes: 0, recommendations: 0, app: desk });
  expect(desk.open()).toBe(0);
  await page.getByRole('button', { name: 'Open to the room' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open to the room' }).click();
  await expect.poll(() => desk.open()).toBe(1);
  await userEvent.keyboard('{Escape}');
  return { desk, ...plenary };
}
const requestOf = (name: string) => page.getByRole('listitem', { name: `Request of ${name}` });

describe('laptops that ask to join', () => {
  it('are heard of only while the session is open to the room', async () => {
    const { desk } = await openWithDesk();
    expect(desk.opened).toEqual(['ws://localhost:4710']);
    await page.getByRole('button', { name: /^Open to the room · /u }).click();
    await page.getByRole('button', { name: 'Close to the room' }).click();
    await expect.poll(() => desk.open()).toBe(0);
  });

  it('are told of on the board, read out, and let in from there by keyboard', async () => {
    const { desk, groupIds } = await openWithDesk();
    desk.ask(asks(1, 'Group 2, second laptop'));
    const notice = page.getByText('“Group 2, second laptop” asks to join.');
    await expect.element(notice).toBeVisible();
    expect(notice.element().closest('[aria-live=polite]')).not.toBeNull();
    const compare = page.getByRole('button', { name: 'Compare the words' }).element();
    if (!(compare instanceof HTMLElement)) throw new Error('No button');
    compare.focus();
    await userEvent.keyboard('{Enter}');
    const request = requestOf('Group 2, second laptop');
    await expect
      .element(request.getByRole('group', { name: 'Four words' }))
      .toHaveTextContent('ablebakercameradog');
    await expect.element(request.getByText('asked at 14:01')).toBeVisible();
    expect(await findings(page.getByRole('dialog').element())).toEqual([]);
    // What was typed is a first guess.
    await expect
      .element(request.getByRole('button', { name: /Facilitator of group 2/u }))
      .toBeVisible();
    const admit = request.getByRole('button', { name: 'Same words: let in' }).element();
    if (!(admit instanceof HTMLElement)) throw new Error('No button');
    admit.focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => desk.admitted.length).toBe(1);
    const ticket = readTicket(desk.admitted[0]?.ticket ?? '', Date.now());
    expect(ticket).toMatchObject({
      ok: true,
      ticket: {
        role: 'facilitator',
        groupId: groupIds[1],
        addresses: ['ws://192.168.4.20:4711', 'ws://10.0.0.7:4711'],
      },
    });
    expect(ticket.ok && [...ticket.ticket.groups.keys()]).toEqual([groupIds[1]]);
    await expect.poll(() => page.getByRole('dialog').query()).toBeNull();
    await expect.element(page.getByText(/^Group 2, second laptop is in: /u)).toBeVisible();
    await expect.poll(() => notice.query()).toBeNull();
  });

  it('are let in only once a part is chosen, as moderator only by the moderator’s choice', async () => {
    const { desk } = await openWithDesk();
    await page.getByRole('tab', { name: 'People' }).click();
    desk.ask(asks(1, 'moderator'));
    const request = requestOf('moderator');
    const admit = request.getByRole('button', { name: 'Same words: let in' });
    await expect.element(admit).toBeDisabled();
    await request.getByRole('button', { name: /Choose a group or role/u }).click();
    await page.getByRole('option', { name: 'Rapporteur' }).click();
    await admit.click();
    await expect.poll(() => desk.admitted.length).toBe(1);
    expect(readTicket(desk.admitted[0]?.ticket ?? '', Date.now())).toMatchObject({
      ticket: { role: 'rapporteur' },
    });
  });

  it('of one name are told apart by words and time, and refused one by one', async () => {
    const { desk } = await openWithDesk();
    await page.getByRole('tab', { name: 'People' }).click();
    desk.ask(asks(1, 'Group 1'), asks(2, 'group 1', 'echo fox guide hotel'));
    await expect.element(page.getByText('2 laptops ask to join.')).toBeVisible();
    await expect
      .element(
        page.getByText('Two laptops say the same name. The words and the time tell them apart.'),
      )
      .toBeVisible();
    await expect.element(page.getByText('asked at 14:01')).toBeVisible();
    await expect.element(page.getByText('asked at 14:02')).toBeVisible();
    expect(await findings()).toEqual([]);
    await requestOf('group 1').last().getByRole('button', { name: 'Not the same: refuse' }).click();
    await expect.poll(() => desk.refused.length).toBe(1);
    await expect.poll(() => page.getByText(/Two laptops say/u).query()).toBeNull();
  });

  it('that have gone meanwhile leave nothing on the screen, and no dialog over typing later', async () => {
    const { desk } = await openWithDesk();
    desk.ask(asks(1, 'Group 1'));
    await page.getByRole('button', { name: 'Compare the words' }).click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    desk.leave(1);
    await expect.poll(() => page.getByRole('dialog').query()).toBeNull();
    desk.ask(asks(2, 'Group 1'));
    await expect.element(page.getByText('“Group 1” asks to join.')).toBeVisible();
    expect(page.getByRole('dialog').query()).toBeNull();
  });

  it('may say no name at all, or one that is long', async () => {
    const { desk } = await openWithDesk();
    desk.ask(asks(1, ''));
    await expect.element(page.getByText('“somebody without a name” asks to join.')).toBeVisible();
    desk.leave(1);
    desk.ask(asks(2, 'W'.repeat(80)));
    await page.getByRole('button', { name: 'Compare the words' }).click();
    const dialog = page.getByRole('dialog').element();
    expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth);
  });
});

describe('sheets', () => {
  it('are one for each group, each with its own ticket, and gone once printed', async () => {
    const printed: string[][] = [];
    const print = window.print;
    window.print = () => {
      const sheets = [...document.querySelectorAll('[data-sheet]')];
      printed.push(sheets.map((sheet) => sheet.querySelector('h1')?.textContent ?? ''));
      expect(
        new Set(sheets.map((sheet) => sheet.querySelector('path')?.getAttribute('d'))).size,
      ).toBe(sheets.length);
      for (const sheet of sheets) {
        expect(sheet.querySelectorAll('li')).toHaveLength(3);
        expect(sheet.textContent).toContain('192.168.4.20:4711');
        expect(sheet.textContent).toMatch(/The code counts until .+, \d\d:\d\d\./u);
        // The secret is in the code, and not a word of it beside it.
        expect(sheet.textContent).not.toContain('caucus://');
      }
    };
    try {
      await openWithDesk();
      await page.getByRole('tab', { name: 'People' }).click();
      await page.getByRole('button', { name: 'Print sheets' }).click();
      await expect.poll(() => printed.length).toBe(1);
      expect(printed[0]).toEqual([
        '1 Makers and markets',
        '2 Networks and response',
        '3 Users and regulators',
      ]);
      window.dispatchEvent(new Event('afterprint'));
      await expect.poll(() => document.querySelector('[data-sheet]')).toBeNull();
      await page.getByRole('button', { name: 'Print sheet for Networks and response' }).click();
      await expect.poll(() => printed.length).toBe(2);
      expect(printed[1]).toEqual(['2 Networks and response']);
      window.dispatchEvent(new Event('afterprint'));
      await expect.poll(() => document.querySelector('[data-sheet]')).toBeNull();
    } finally {
      window.print = print;
    }
  });
});
