import type { FileKind, HubResult, Machine } from '../../../src/core/protocol/machine.ts';

export interface FakeMachine extends Machine {
  /** What was saved, in order. */
  readonly saved: { readonly name: string; readonly kind: FileKind; readonly bytes: Uint8Array }[];
}

/** A machine that saves into memory and has a hub that opens at once. */
export function createFakeMachine(): FakeMachine {
  const saved: FakeMachine['saved'] = [];
  let open = false;
  const state = async (): Promise<HubResult> => ({
    ok: true,
    state: {
      localUrl: 'ws://localhost:4710',
      openToNetwork: open,
      addresses: open ? ['ws://192.168.4.20:4711', 'ws://10.0.0.7:4711'] : [],
    },
  });
  return {
    shell: 'browser',
    saved,
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
    onHandover: () => () => undefined,
  };
}
