import { toBase64Url } from '../../src/core/protocol/base64url.ts';
import type { HubEvent } from '../../src/hub/hub-log.ts';
import { createRelayServer, type RelayServer } from '../../src/hub/relay/relay-server.ts';
import type { Listening } from './network.ts';
import type { Dice } from './random.ts';
import type { Process } from './virtual-time.ts';

/** A hub's process on a laptop, started with its clocks and timers: the real relay, with a net under it as `create-relay.ts` has one. */
export interface HubProcess extends Listening {
  readonly process: Process;
  readonly server: RelayServer;
}

export interface HubOptions {
  readonly dice: Dice;
  readonly process: Process;
  readonly onLog: (event: HubEvent) => void;
  readonly onFault: (error: unknown) => void;
}

const HUB_ID_BYTES = 16;
const PLENTY = 2 ** 30;

export function startHubProcess({ dice, process, onLog, onFault }: HubOptions): HubProcess {
  function contained(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      onFault(error);
      return false;
    }
  }
  const server = createRelayServer({
    hubId: toBase64Url(dice.bytes(HUB_ID_BYTES)),
    log: onLog,
    time: () => Date.now(),
    now: () => performance.now(),
    later(act, ms) {
      const timer = setTimeout(() => contained(act), ms);
      return () => clearTimeout(timer);
    },
    random: (length) => dice.bytes(length),
    room: () => PLENTY,
    maxDocuments: 1000,
  });
  return {
    process,
    server,
    accept(port) {
      const session = server.accept({
        ...port,
        drop(reason) {
          onLog({ event: 'dropped', service: 'relay', reason });
          port.drop(reason);
        },
      });
      return {
        ...session,
        receive(frame) {
          if (contained(() => session.receive(frame))) return;
          port.drop('reset');
          contained(() => session.end());
        },
        end: () => void contained(() => session.end()),
      };
    },
  };
}
