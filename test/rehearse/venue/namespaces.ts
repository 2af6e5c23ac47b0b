import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Seat, Venue } from './venue.ts';

const run = promisify(execFile);
const ip = (...parameters: string[]): Promise<unknown> => run('ip', parameters);

/** Laptops in network namespaces on one bridge: a conference Wi-Fi without a conference. */
export async function canUseNamespaces(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = `caucus-probe-${process.pid}`;
  try {
    await ip('netns', 'add', probe);
    await ip('netns', 'delete', probe);
    return true;
  } catch {
    // No ip command, or a kernel or container that does not allow it: there is another venue.
    return false;
  }
}

/** A seat whose network can be treated as conference networks are (see `test/venue/air.ts`). */
export interface NamespaceSeat extends Seat {
  /** The laptop's own namespace; its link is `wlan0`. */
  readonly space: string;
  /** The other end of the laptop's link, in the air. */
  readonly port: string;
  /** The laptop's address at first. */
  readonly address: string;
}

export interface NamespaceVenue extends Venue<NamespaceSeat> {
  /** The namespace of the bridge. */
  readonly air: string;
  readonly gateway: string;
}

const GATEWAY = '10.77.0.1';
let opened = 0;

/**
 * The bridge has a namespace of its own ("the air"), so that nothing of the machine's own network
 * is touched. Every laptop has a default route, without which WebRTC finds no address.
 */
export async function openNamespaces(): Promise<NamespaceVenue> {
  opened += 1;
  const prefix = `caucus-${process.pid}-${opened}`;
  const air = `${prefix}-air`;
  const names = [air];
  await ip('netns', 'add', air);
  await ip('-n', air, 'link', 'add', 'wifi', 'type', 'bridge');
  await ip('-n', air, 'addr', 'add', `${GATEWAY}/24`, 'dev', 'wifi');
  await ip('-n', air, 'link', 'set', 'wifi', 'up');
  await ip('-n', air, 'link', 'set', 'lo', 'up');

  return {
    kind: 'namespaces',
    words: 'laptops in network namespaces on one bridge, without internet',
    air,
    gateway: GATEWAY,
    async seat(name): Promise<NamespaceSeat> {
      const number = names.length;
      const space = `${prefix}-${number}`;
      names.push(space);
      const port = `air${number}`;
      const address = `10.77.0.${number + 1}`;
      await ip('netns', 'add', space);
      await ip('-n', air, 'link', 'add', port, 'type', 'veth', 'peer', 'wlan0', 'netns', space);
      await ip('-n', space, 'addr', 'add', `${address}/24`, 'dev', 'wlan0');
      await ip('-n', space, 'link', 'set', 'wlan0', 'up');
      await ip('-n', space, 'link', 'set', 'lo', 'up');
      await ip('-n', space, 'route', 'add', 'default', 'via', GATEWAY);
      const attach = async (): Promise<void> => {
        await ip('-n', air, 'link', 'set', port, 'master', 'wifi');
        await ip('-n', air, 'link', 'set', port, 'up');
      };
      await attach();
      return {
        name,
        space,
        port,
        address,
        appPort: 4710,
        command: (program, parameters) => ['ip', ['netns', 'exec', space, program, ...parameters]],
        dial: async (wanted) => wanted,
        // The laptop keeps its link and its address; only nothing arrives any more.
        async cut() {
          await ip('-n', air, 'link', 'set', port, 'nomaster');
        },
        restore: attach,
      };
    },
    async close() {
      await Promise.all(names.map((name) => ip('netns', 'delete', name)));
    },
  };
}
