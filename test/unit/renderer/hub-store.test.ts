import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHubStore, type HubStore } from '../../../renderer/session/hub-store.ts';
import { createOpenWish } from '../../../renderer/session/open-wish.ts';
import { watchNearby } from '../../../renderer/session/use-nearby.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { HubFailure, HubResult, HubState } from '../../../src/core/protocol/machine.ts';
import type { SessionId } from '../../../src/core/session/ids.ts';

const HOUR_MS = 60 * 60 * 1000;
const LOOK_MS = 3_000;

/** A laptop whose hub can be killed and started anew, and what is kept on it in between. */
function createLaptop() {
  const kept = new Map<string, string>();
  let hubs = 1;
  let running = true;
  let open = false;
  let refusal: HubFailure | null = null;
  let opened = 0;
  const state = (): HubState => ({
    localUrl: 'ws://localhost:4710',
    openToNetwork: open,
    addresses: open ? ['ws://192.168.4.20:4711'] : [],
    hubId: `hub ${hubs}`,
    found: [],
  });
  const answer = async (act: () => HubFailure | null = () => null): Promise<HubResult> => {
    const reason = running ? act() : 'not-running';
    return reason === null ? { ok: true, state: state() } : { ok: false, reason };
  };
  const machine = {
    hubState: () => answer(),
    announce: () => answer(),
    openToNetwork: () =>
      answer(() => {
        opened += 1;
        if (refusal === null) open = true;
        return refusal;
      }),
    closeToNetwork: () =>
      answer(() => {
        open = false;
        return null;
      }),
  };
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
  return {
    machine,
    isOpen: () => running && open,
    /** How often it was asked to open. */
    opened: () => opened,
    refuse: (reason: HubFailure | null) => void (refusal = reason),
    kill() {
      running = false;
      open = false;
    },
    start() {
      running = true;
      hubs += 1;
    },
    hub: (session = 'session'): HubStore =>
      createHubStore(machine, createOpenWish(storage, session as SessionId, Date.now)),
  };
}

/** The session's screen, which asks every 3 s. */
function show(hub: HubStore): () => void {
  const plan = documentKeyFrom(new Uint8Array(32).fill(7));
  return watchNearby(
    {
      record: {
        sessionId: 'session' as SessionId,
        title: 'IoT security by design',
        role: 'moderator',
        groupId: null,
        plenary: true,
        plan,
        groups: new Map(),
        addresses: [],
        createdAt: 0,
        openedAt: 0,
      },
      setNearby: () => undefined,
      setOwnHub: () => undefined,
    },
    hub,
  );
}
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers({ now: new Date(2026, 10, 22, 9) }));
afterEach(() => void vi.useRealTimers());

describe('opening the session to the room', () => {
  it('shows where it is open, and closed again', async () => {
    const laptop = createLaptop();
    const hub = laptop.hub();
    await hub.refresh();
    expect(hub.view.getState().state?.openToNetwork).toBe(false);
    await hub.open();
    expect(hub.view.getState()).toMatchObject({
      state: { openToNetwork: true, addresses: ['ws://192.168.4.20:4711'] },
      failure: null,
      working: false,
      again: false,
    });
    await hub.close();
    expect(hub.view.getState()).toMatchObject({ state: { openToNetwork: false }, wanted: false });
  });

  it('knows nothing where the hub does not answer, and tells nobody while nothing changes', async () => {
    const laptop = createLaptop();
    const hub = laptop.hub();
    laptop.kill();
    await hub.refresh();
    expect(hub.view.getState()).toMatchObject({ state: null, failure: null });
    laptop.start();
    await hub.refresh();
    let calls = 0;
    hub.view.subscribe(() => void (calls += 1));
    await hub.refresh();
    expect(calls).toBe(0);
  });

  it.each<HubFailure>(['no-port', 'no-network'])(
    'says why it failed (%s), and opens it at the next look at which it can',
    async (reason) => {
      const laptop = createLaptop();
      const hub = laptop.hub();
      const leave = show(hub);
      laptop.refuse(reason);
      await hub.open();
      expect(hub.view.getState()).toMatchObject({ failure: reason, working: false, wanted: true });
      await wait(2 * LOOK_MS);
      expect(hub.view.getState().failure).toBe(reason);
      expect(laptop.opened()).toBeGreaterThan(1);
      laptop.refuse(null);
      await wait(LOOK_MS);
      expect(hub.view.getState()).toMatchObject({ failure: null, again: true });
      expect(laptop.isOpen()).toBe(true);
      leave();
    },
  );

  it('leaves it closed when a person gives up', async () => {
    const laptop = createLaptop();
    const hub = laptop.hub();
    const leave = show(hub);
    laptop.refuse('no-network');
    await hub.open();
    await hub.close();
    laptop.refuse(null);
    await wait(5 * LOOK_MS);
    expect(laptop.isOpen()).toBe(false);
    expect(hub.view.getState()).toMatchObject({ wanted: false, failure: null });
    leave();
  });
});

describe('what a person has opened is opened again by itself', () => {
  it('within 3 s after the hub was killed and came back at once', async () => {
    const laptop = createLaptop();
    const hub = laptop.hub();
    const leave = show(hub);
    await hub.open();
    await wait(10 * LOOK_MS + 500);
    expect(laptop.opened()).toBe(1);
    laptop.kill();
    await wait(900);
    laptop.start();
    expect(laptop.isOpen()).toBe(false);
    await wait(LOOK_MS);
    expect(laptop.isOpen()).toBe(true);
    expect(hub.view.getState()).toMatchObject({
      state: { hubId: 'hub 2', openToNetwork: true },
      failure: null,
      wanted: true,
      again: true,
    });
    leave();
  });

  it('within 3 s after it came back late, saying meanwhile that it does not answer', async () => {
    const laptop = createLaptop();
    const hub = laptop.hub();
    const leave = show(hub);
    await hub.open();
    laptop.kill();
    await wait(60 * LOOK_MS);
    expect(hub.view.getState()).toMatchObject({
      state: null,
      failure: 'not-running',
      wanted: true,
    });
    laptop.start();
    await wait(LOOK_MS);
    expect(hub.view.getState()).toMatchObject({ failure: null, again: true });
    leave();
  });

  it('when the session is opened again on a laptop that was shut down', async () => {
    const laptop = createLaptop();
    const leave = show(laptop.hub());
    await laptop.hub().open();
    leave();
    laptop.kill();
    await wait(HOUR_MS);
    laptop.start();
    const hub = laptop.hub();
    expect(hub.view.getState().wanted).toBe(true);
    const leaveAgain = show(hub);
    await wait(0);
    expect(laptop.isOpen()).toBe(true);
    expect(hub.view.getState().again).toBe(true);
    leaveAgain();
  });

  it('also for another session that was on the screen while it was open, and for no third', async () => {
    const laptop = createLaptop();
    await laptop.hub('morning').open();
    await laptop.hub('afternoon').refresh();
    laptop.kill();
    laptop.start();
    await laptop.hub('rehearsal').refresh();
    await wait(0);
    expect(laptop.isOpen()).toBe(false);
    await laptop.hub('afternoon').refresh();
    await wait(0);
    expect(laptop.isOpen()).toBe(true);
  });

  it('not once a person has closed it, from whichever session', async () => {
    const laptop = createLaptop();
    await laptop.hub('morning').open();
    await laptop.hub('afternoon').refresh();
    await laptop.hub('afternoon').close();
    for (const session of ['morning', 'afternoon']) await laptop.hub(session).refresh();
    await wait(0);
    expect(laptop.isOpen()).toBe(false);
  });

  it('not after the day', async () => {
    const laptop = createLaptop();
    await laptop.hub().open();
    await wait(23 * HOUR_MS);
    const hub = laptop.hub();
    // That it is still open and on the screen makes the decision no younger.
    await hub.refresh();
    laptop.kill();
    await wait(HOUR_MS);
    laptop.start();
    await hub.refresh();
    await wait(0);
    expect(laptop.isOpen()).toBe(false);
    expect(hub.view.getState().wanted).toBe(false);
  });

  it('not against a press: closed while it is being opened again stays closed', async () => {
    const laptop = createLaptop();
    const hub = laptop.hub();
    await hub.open();
    laptop.kill();
    laptop.start();
    await hub.refresh();
    await hub.close();
    await wait(5 * LOOK_MS);
    expect(laptop.isOpen()).toBe(false);
    expect(hub.view.getState()).toMatchObject({ state: { openToNetwork: false }, again: false });
  });
});
