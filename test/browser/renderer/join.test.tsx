import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AskOptions, AskState } from '../../../src/browser/app/ask-to-join.ts';
import type { FoundHub } from '../../../src/core/protocol/machine.ts';
import { type SigningSeed, signingSeedFrom } from '../../../src/core/protocol/session-key.ts';
import {
  encodeTicket,
  issueTicket,
  type Role,
  type Ticket,
  TICKET_LIFE_MS,
  ticketLink,
} from '../../../src/core/protocol/ticket.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { GroupId } from '../../../src/core/session/ids.ts';
import { findings } from './axe.ts';
import { createFakeApp } from './fake-app.ts';
import { createFakeMachine } from './fake-machine.ts';
import { clear, renderApp } from './render.tsx';
import { createFilledSession } from './sample-session.ts';

afterEach(() => {
  clear();
  window.location.hash = '';
});

const seed: SigningSeed = signingSeedFrom(new Uint8Array(32).fill(3));
const secret = (byte: number) => documentKeyFrom(new Uint8Array(32).fill(byte)).secret;

interface TicketFor {
  readonly role?: Role;
  readonly group?: string;
  readonly at?: number;
}
function ticketFor({
  role = 'facilitator',
  group = 'group-2',
  at = Date.now(),
}: TicketFor = {}): Ticket {
  const groupId = role === 'facilitator' ? (group as GroupId) : null;
  return issueTicket(
    {
      ticketId: 'ticket',
      title: 'IoT security by design',
      role,
      groupId,
      plan: secret(1),
      groups: new Map([[group as GroupId, secret(2)]]),
      addresses: ['ws://192.168.4.20:4711'],
      hubId: null,
    },
    seed,
    at,
  );
}

describe('a ticket', () => {
  const paste = async (text: string): Promise<void> => {
    renderApp(createFakeApp(), '#/join');
    await userEvent.fill(page.getByRole('textbox', { name: 'Link or ticket' }), text);
  };
  const says = (text: RegExp) => expect.element(page.getByText(text)).toBeVisible();

  it.each([
    [
      'expired',
      ticketLink(ticketFor({ at: Date.now() - TICKET_LIFE_MS - 60_000 })),
      /has expired/u,
    ],
    [
      'from the future',
      ticketLink(ticketFor({ at: Date.now() + 7 * 24 * 60 * 60_000 })),
      /made later than now/u,
    ],
    ['cut off', ticketLink(ticketFor()).slice(0, -9), /cut off or was changed/u],
    ['doubled', encodeTicket(ticketFor()).repeat(2), /cut off or was changed/u],
    [
      'signed by somebody else',
      ticketLink({ ...ticketFor(), title: 'Another title' }),
      /not made by a moderator/u,
    ],
    ['none', 'see you at ten', /not a ticket of Caucus/u],
  ])('that is %s says so, and what to do next', async (_what, text, sentence) => {
    await paste(text);
    await says(sentence);
    await expect.element(page.getByRole('button', { name: 'Join', exact: true })).toBeDisabled();
    expect(await findings()).toEqual([]);
  });

  it('that is whole is used by Enter alone', async () => {
    const app = createFakeApp();
    renderApp(app, '#/join');
    await userEvent.fill(
      page.getByRole('textbox', { name: 'Link or ticket' }),
      ticketLink(ticketFor()),
    );
    await says(/You take part as facilitator/u);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => app.sessions.getState().length).toBe(1);
    await expect.poll(() => window.location.hash).toMatch(/\/group\/group-2$/u);
  });

  it('A2 of another role says what changes before it is used', async () => {
    const app = createFakeApp();
    await app.join(ticketFor());
    renderApp(app, '#/join');
    await userEvent.fill(
      page.getByRole('textbox', { name: 'Link or ticket' }),
      ticketLink(ticketFor({ role: 'rapporteur' })),
    );
    await says(
      /This laptop takes part as facilitator of one group\. With this ticket it becomes rapporteur\. All notes on it stay\./u,
    );
    expect(app.sessions.getState()[0]?.role).toBe('facilitator');
    await userEvent.fill(
      page.getByRole('textbox', { name: 'Link or ticket' }),
      ticketLink(ticketFor({ group: 'group-3' })),
    );
    await says(/it becomes facilitator of another group/u);
    await userEvent.fill(
      page.getByRole('textbox', { name: 'Link or ticket' }),
      ticketLink(ticketFor()),
    );
    await says(/takes part already, as facilitator of one group/u);
    expect(await findings()).toEqual([]);
  });

  it('A2 names the groups where this laptop has the plan, and leaves the plenary laptop one', async () => {
    const app = createFakeApp();
    const sessionId = await createFilledSession(app, { notes: 0 });
    const opened = await app.open(sessionId);
    if (!opened.ok) throw new Error('The sample did not open');
    const groups = [...opened.session.record.groups.keys()];
    const [first, second] = groups;
    if (first === undefined || second === undefined) throw new Error('The sample has no groups');
    const link = ticketLink(opened.session.ticketFor({ groupId: second }, []));
    renderApp(app, '#/join');
    await userEvent.fill(page.getByRole('textbox', { name: 'Link or ticket' }), link);
    await says(/plenary laptop, and it stays that/u);
    app.become(sessionId, { plenary: false, role: 'facilitator', groupId: first });
    await says(
      /takes part as facilitator of group 1, Makers and markets\. With this ticket it becomes facilitator of group 2, Networks and response/u,
    );
  });
});

describe('asking to join', () => {
  const hub = (number: number): FoundHub => ({
    hubId: `hub-${number}`,
    plenary: true,
    sessions: ['AAAAAAAAAAAA'],
    addresses: [`ws://192.168.4.${number}:4711`, `ws://10.0.0.${number}:4711`],
  });
  const four = ['able', 'baker', 'camera', 'dog'];

  function open(found: readonly FoundHub[] = [hub(20)]) {
    const asked: AskOptions[] = [];
    const states: StoreApi<AskState>[] = [];
    let stopped = 0;
    const app = createFakeApp({
      askToJoin(options) {
        asked.push(options);
        const state = createStore<AskState>(() => ({ state: 'reaching' }));
        states.push(state);
        return { state, stop: () => (stopped += 1) };
      },
    });
    const machine = createFakeMachine();
    machine.network({ found });
    renderApp(app, '#/ask', { machine });
    return {
      app,
      machine,
      asked,
      stopped: () => stopped,
      now: (state: AskState) => states.at(-1)?.setState(state, true),
    };
  }
  const name = page.getByRole('textbox', { name: 'Who are you?' });
  const address = page.getByRole('textbox', { name: 'Address of the plenary laptop' });

  it('takes the laptop that the network shows, at all its addresses, and goes in by two Enters', async () => {
    const { app, asked, now } = open();
    await expect.element(name).toHaveFocus();
    await expect.element(address).toHaveValue('192.168.4.20:4711');
    expect(await findings()).toEqual([]);
    await userEvent.keyboard('  Group 2,\u202E second laptop{Enter}');
    await expect.poll(() => asked.length).toBe(1);
    expect(asked[0]).toEqual({ name: 'Group 2, second laptop', addresses: hub(20).addresses });
    await expect.element(page.getByText('Asking at 192.168.4.20:4711…')).toBeVisible();
    now({ state: 'words', words: four });
    const said = page.getByRole('group', { name: 'Four words' });
    await expect.element(said).toBeVisible();
    expect(said.element().closest('[aria-live=polite]')).not.toBeNull();
    await expect.element(page.getByRole('button', { name: 'They are the same' })).toHaveFocus();
    expect(await findings()).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/Now the moderator has to let you in/u)).toBeVisible();
    now({ state: 'admitted', words: four, ticket: ticketFor() });
    await expect.poll(() => window.location.hash).toMatch(/\/group\/group-2$/u);
    expect(app.sessions.getState()).toHaveLength(1);
  });

  it('A1 opens nothing before the words were compared here, and never where they differ', async () => {
    const { app, now, stopped } = open();
    await expect.element(address).toHaveValue('192.168.4.20:4711');
    await userEvent.keyboard('Group 2{Enter}');
    now({ state: 'admitted', words: four, ticket: ticketFor() });
    await expect.element(page.getByText('The moderator has let this laptop in.')).toBeVisible();
    expect(app.sessions.getState()).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: 'They are not' }));
    await expect.element(page.getByText(/Good that you looked/u)).toBeVisible();
    expect(app.sessions.getState()).toEqual([]);
    expect(stopped()).toBeGreaterThan(0);
  });

  it('asks before it makes this laptop something else', async () => {
    const { app, now } = open();
    await app.join(ticketFor());
    await expect.element(address).toHaveValue('192.168.4.20:4711');
    await userEvent.keyboard('Rapporteur{Enter}');
    now({ state: 'words', words: four });
    await userEvent.click(page.getByRole('button', { name: 'They are the same' }));
    now({ state: 'admitted', words: four, ticket: ticketFor({ role: 'rapporteur' }) });
    await expect.element(page.getByText(/With this ticket it becomes rapporteur/u)).toBeVisible();
    expect(app.sessions.getState()[0]?.role).toBe('facilitator');
    await expect.element(page.getByRole('button', { name: 'Join', exact: true })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => app.sessions.getState()[0]?.role).toBe('rapporteur');
  });

  it('says what is missing, and lets one of several be chosen', async () => {
    const { asked } = open([hub(20), hub(21), { ...hub(22), plenary: false }]);
    await expect.element(address).toHaveValue('');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/^Say who you are/u)).toBeVisible();
    await expect.element(page.getByText(/^That is not an address/u)).toBeVisible();
    expect(asked).toEqual([]);
    expect(
      page.getByRole('button', { name: /A workshop on the network/u }).elements(),
    ).toHaveLength(2);
    await userEvent.click(
      page.getByRole('button', { name: 'A workshop on the network at 192.168.4.21:4711' }),
    );
    await expect.element(address).toHaveValue('192.168.4.21:4711');
    await userEvent.fill(name, 'Group 2');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => asked[0]?.addresses).toEqual(hub(21).addresses);
  });

  it('F1 looks around under a made-up name, and stops when it is left', async () => {
    const { machine } = open();
    await expect.element(address).toHaveValue('192.168.4.20:4711');
    expect(machine.announced()).toMatchObject([{ plenary: false }]);
    await userEvent.click(page.getByRole('link', { name: 'All sessions' }));
    await expect.poll(() => machine.announced()).toEqual([]);
  });

  it.each([
    ['refused', { state: 'refused' }, /has not let this laptop in/u],
    ['too many', { state: 'ended', reason: 'too-many' }, /Wait a minute/u],
    ['not reached', { state: 'ended', reason: 'not-reached' }, /Nobody answers at that address/u],
    ['forged', { state: 'ended', reason: 'forged' }, /it was thrown away/u],
  ] as const)('says what to do next where it was %s', async (_what, state, sentence) => {
    const { now, asked } = open();
    await expect.element(address).toHaveValue('192.168.4.20:4711');
    await userEvent.keyboard('Group 2{Enter}');
    now(state);
    await expect.element(page.getByRole('alert').getByText(sentence)).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Ask again' })).toHaveFocus();
    expect(await findings()).toEqual([]);
    // What was typed stays.
    await userEvent.keyboard('{Enter}');
    await expect.element(name).toHaveValue('Group 2');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => asked.length).toBe(2);
  });

  it('is taken back by leaving the screen', async () => {
    const { stopped } = open();
    await expect.element(address).toHaveValue('192.168.4.20:4711');
    await userEvent.keyboard('Group 2{Enter}');
    await userEvent.click(page.getByRole('link', { name: 'All sessions' }));
    await expect.poll(() => stopped()).toBe(1);
  });
});
