import type {
  AnnouncedSession,
  FileKind,
  HubResult,
  HubState,
  Machine,
} from '../../../src/core/protocol/machine.ts';

export interface FakeMachine extends Machine {
  /** What was saved, in order. */
  readonly saved: { readonly name: string; readonly kind: FileKind; readonly bytes: Uint8Array }[];
  /** The sessions that it was told of last. */
  readonly announced: () => readonly AnnouncedSession[];
  /** Its hub is killed and started anew: it knows of nothing that it was told before. */
  readonly restartHub: (hubId: string) => void;
  /** What the network around it is from now on. */
  readonly network: (change: Partial<Pick<HubState, 'addresses' | 'found' | 'hubId'>>) => void;
}

/** A machine that saves into memory and has a hub that opens at once. */
export function createFakeMachine(): FakeMachine {
  const saved: FakeMachine['saved'] = [];
  let open = false;
  let announced: readonly AnnouncedSession[] = [];
  let network: Pick<HubState, 'addresses' | 'found' | 'hubId'> = {
    addresses: ['ws://192.168.4.20:4711', 'ws://10.0.0.7:4711'],
    found: [],
    hubId: 'this-laptop',
  };
  const state = async (): Promise<HubResult> => ({
    ok: true,
    state: {
      localUrl: 'ws://localhost:4710',
      openToNetwork: open,
      ...network,
      addresses: open ? network.addresses : [],
    },
  });
  return {
    shell: 'browser',
    keychain: null,
    saved,
    announced: () => announced,
    network(change) {
      network = { ...network, ...change };
    },
    restartHub(hubId) {
      open = false;
      announced = [];
      network = { ...network, hubId };
    },
    async saveFile(name, kind, bytes) {
      saved.push({ name, kind, bytes });
      return { ok: true };
    },
    openFile: async () => ({ ok: false, reason: 'cancelled' }),
    keepAwake: async () => true,
    hubState: state,
    openToNetwork() {
      open = true;
      return state();
    },
    closeToNetwork() {
      open = false;
      return state();
    },
    announce(sessions) {
      announced = sessions;
      return state();
    },
    onHandover: () => () => undefined,
  };
}
