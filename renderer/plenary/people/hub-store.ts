import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HubFailure, HubState, Machine } from '../../../src/core/protocol/machine.ts';

export interface HubView {
  /** As last heard; null before the first answer and where the hub does not answer. */
  readonly state: HubState | null;
  /** Why the last attempt to open the session to the room failed; null where none has. */
  readonly failure: HubFailure | null;
  readonly working: boolean;
}

/** How other laptops reach this one. */
export interface HubStore {
  readonly view: StoreApi<HubView>;
  /** Asks again: addresses change when a laptop sleeps or the network does. */
  refresh(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

export function createHubStore(
  machine: Pick<Machine, 'hubState' | 'openToNetwork' | 'closeToNetwork'>,
): HubStore {
  const view = createStore<HubView>(() => ({ state: null, failure: null, working: false }));
  async function change(way: 'openToNetwork' | 'closeToNetwork'): Promise<void> {
    if (view.getState().working) return;
    view.setState({ working: true, failure: null });
    const result = await machine[way]();
    view.setState(
      result.ok
        ? { state: result.state, failure: null, working: false }
        : { failure: result.reason, working: false },
    );
  }
  return {
    view,
    async refresh() {
      const result = await machine.hubState();
      const { state, working } = view.getState();
      if (working) return;
      const next = result.ok ? result.state : null;
      if (JSON.stringify(next) !== JSON.stringify(state)) view.setState({ state: next });
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
