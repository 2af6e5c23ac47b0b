import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  AnnouncedSession,
  HubFailure,
  HubResult,
  HubState,
  Machine,
} from '../../src/core/protocol/machine.ts';
import type { OpenWish } from './open-wish.ts';

export interface HubView {
  /** As last heard; null before the first answer and where the hub does not answer. */
  readonly state: HubState | null;
  /** Why the last attempt to open the session to the room failed; null where none has. */
  readonly failure: HubFailure | null;
  /** Somebody has pressed, and the answer is not there yet. */
  readonly working: boolean;
  /** A person wants it open: where it is not, it is being tried again. */
  readonly wanted: boolean;
  /** It was opened without anybody pressing, as it was before. */
  readonly again: boolean;
}

/** How other laptops reach this one. */
export interface HubStore {
  readonly view: StoreApi<HubView>;
  /**
   * Asks again: addresses change when a laptop sleeps or the network does. What a person has opened
   * and is not open, because the hub was started anew, is opened again at every answer.
   */
  refresh(): Promise<void>;
  /** Says which sessions are open here, one call after the other; null where the hub did not hear it. */
  announce(sessions: readonly AnnouncedSession[]): Promise<HubState | null>;
  open(): Promise<void>;
  /** Closes it, and gives up opening it again. */
  close(): Promise<void>;
}

export function createHubStore(
  machine: Pick<Machine, 'hubState' | 'openToNetwork' | 'closeToNetwork' | 'announce'>,
  wish: OpenWish,
): HubStore {
  const view = createStore<HubView>(() => ({
    state: null,
    failure: null,
    working: false,
    wanted: wish.holds(),
    again: false,
  }));
  let announcing: Promise<HubState | null> = Promise.resolve(null);
  let lastChange: Promise<unknown> = Promise.resolve();
  /** Counts what begins and ends to be changed: what was asked before either may be old. */
  let changes = 0;
  let reopening = false;

  /** One change after the other, so that what was pressed last is what holds. */
  function inTurn(ask: () => Promise<HubResult | null>): Promise<HubResult | null> {
    const answer = lastChange.then(async () => {
      changes += 1;
      const result = await ask();
      changes += 1;
      return result;
    });
    lastChange = answer;
    return answer;
  }
  function set(next: Partial<HubView>): void {
    const before = view.getState();
    const after = { ...before, ...next };
    if (JSON.stringify(after) !== JSON.stringify(before)) view.setState(after);
  }
  /** `asked` is the count of changes when it was asked. */
  function show(state: HubState | null, asked: number): void {
    if (asked !== changes) return;
    if (state?.openToNetwork === true) wish.share();
    const wanted = wish.holds();
    if (state === null) set({ state, wanted, ...(wanted && { failure: 'not-running' }) });
    else if (state.openToNetwork) set({ state, wanted, failure: null });
    else if (wanted) {
      set({ state, wanted });
      void reopen();
    } else set({ state, wanted, failure: null });
  }
  async function reopen(): Promise<void> {
    if (reopening) return;
    reopening = true;
    // Somebody may have closed it while this waited for its turn, or for the answer.
    const result = await inTurn(async () => (wish.holds() ? machine.openToNetwork() : null));
    reopening = false;
    if (result === null || !wish.holds()) return;
    set(
      result.ok
        ? { state: result.state, failure: null, again: true }
        : { failure: result.reason, again: false },
    );
  }
  async function change(way: 'openToNetwork' | 'closeToNetwork'): Promise<void> {
    if (view.getState().working) return;
    if (way === 'openToNetwork') wish.keep();
    else wish.forget();
    set({ working: true, failure: null, again: false, wanted: wish.holds() });
    const result = await inTurn(() => machine[way]());
    if (result?.ok === true) set({ state: result.state, working: false });
    else set({ failure: result?.reason ?? null, working: false });
  }
  return {
    view,
    async refresh() {
      const asked = changes;
      const result = await machine.hubState();
      show(result.ok ? result.state : null, asked);
    },
    announce(sessions) {
      announcing = announcing.then(async () => {
        const asked = changes;
        const result = await machine.announce(sessions);
        const state = result.ok ? result.state : null;
        // With none, the session is being left: it is no longer for it to open anything.
        if (sessions.length > 0) show(state, asked);
        return state;
      });
      return announcing;
    },
    open: () => change('openToNetwork'),
    close: () => change('closeToNetwork'),
  };
}

/** "192.168.4.20:4711", as people read and type it. */
export const plainAddress = (address: string): string => address.replace(/^wss?:\/\//u, '');

/** Where an invitation says that this laptop is: on the network, or only on the laptop itself. */
export const invitedTo = (state: HubState | null): readonly string[] =>
  state === null ? [] : state.openToNetwork ? state.addresses : [state.localUrl];
