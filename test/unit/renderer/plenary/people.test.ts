import { describe, expect, it } from 'vitest';
import {
  createHubStore,
  invitedTo,
  plainAddress,
} from '../../../../renderer/plenary/people/hub-store.ts';
import { ticketFileName } from '../../../../renderer/plenary/people/invitation.ts';
import { laptopsHere } from '../../../../renderer/plenary/people/laptops-here.ts';
import type { HubFailure, HubResult, HubState } from '../../../../src/core/protocol/machine.ts';

const closed: HubState = { localUrl: 'ws://localhost:4710', openToNetwork: false, addresses: [] };
const open: HubState = { ...closed, openToNetwork: true, addresses: ['ws://192.168.4.20:4711'] };

function machine(answers: { state?: HubResult; opening?: HubResult }) {
  return {
    hubState: async (): Promise<HubResult> => answers.state ?? { ok: true, state: closed },
    openToNetwork: async (): Promise<HubResult> => answers.opening ?? { ok: true, state: open },
    closeToNetwork: async (): Promise<HubResult> => ({ ok: true, state: closed }),
  };
}

describe('opening the session to the room', () => {
  it('shows where it is open, and closed again', async () => {
    const hub = createHubStore(machine({}));
    await hub.refresh();
    expect(hub.view.getState().state).toEqual(closed);
    await hub.open();
    expect(hub.view.getState()).toEqual({ state: open, failure: null, working: false });
    await hub.close();
    expect(hub.view.getState().state).toEqual(closed);
  });

  it.each<HubFailure>(['not-running', 'no-port', 'no-network'])(
    'keeps why it failed (%s) and what was known',
    async (reason) => {
      const hub = createHubStore(machine({ opening: { ok: false, reason } }));
      await hub.refresh();
      await hub.open();
      expect(hub.view.getState()).toEqual({ state: closed, failure: reason, working: false });
    },
  );

  it('knows nothing where the hub does not answer', async () => {
    const hub = createHubStore(machine({ state: { ok: false, reason: 'not-running' } }));
    await hub.refresh();
    expect(hub.view.getState().state).toBeNull();
    expect(invitedTo(null)).toEqual([]);
  });

  it('tells nobody while nothing changes', async () => {
    const hub = createHubStore(machine({}));
    await hub.refresh();
    let calls = 0;
    hub.view.subscribe(() => {
      calls += 1;
    });
    await hub.refresh();
    expect(calls).toBe(0);
  });
});

describe('invitations', () => {
  it('lead to the network only once the session is open to it', () => {
    expect(invitedTo(closed)).toEqual(['ws://localhost:4710']);
    expect(invitedTo(open)).toEqual(['ws://192.168.4.20:4711']);
    expect(plainAddress('ws://192.168.4.20:4711')).toBe('192.168.4.20:4711');
  });

  it('have file names that every system takes', () => {
    expect(ticketFileName('IoT: security/design?', 'Group "2"')).toBe(
      'IoT security design – Group 2.caucus-ticket',
    );
    expect(ticketFileName('حوكمة', 'オンライン')).toBe('حوكمة – オンライン.caucus-ticket');
    expect(ticketFileName('a\u0000\nb', 'c'.repeat(300)).length).toBeLessThan(120);
  });
});

describe('laptops in contact', () => {
  it('are counted by role, and only those that answer', () => {
    const laptop = {
      deviceId: 'x',
      role: 'facilitator',
      plenary: false,
      writing: false,
      heardAt: 0,
      inContact: true,
      waiting: 0,
    } as const;
    const laptops = [
      laptop,
      { ...laptop, inContact: false },
      { ...laptop, role: 'moderator' as const },
    ];
    expect(laptopsHere(laptops, 'facilitator')).toBe(1);
    expect(laptopsHere(laptops, 'rapporteur')).toBe(0);
  });
});
