import type { NetworkInterfaceInfo } from 'node:os';
import type { LinkResult, OpenLink } from '../../src/hub/discovery/multicast-link.ts';
import type { Interfaces } from '../../src/hub/network-addresses.ts';

/**
 * A network on which everyone hears what anyone multicasts, at once and in the order it was sent,
 * the sender too. What it cannot show: lost, doubled or late datagrams, and how a system's sockets behave.
 */
export interface MemoryAir {
  /** For the laptop that has `address` on this network. */
  readonly openLink: OpenLink;
  /** All that was sent, with who sent it. */
  readonly sent: readonly { readonly from: string; readonly datagram: Buffer }[];
  /** From now on nothing gets through, as where access points filter multicast. */
  filtered: boolean;
  /** From now on no socket can be had, as where another program holds the port alone. */
  taken: boolean;
  readonly links: () => number;
  /** How often a link was opened so far. */
  readonly openings: () => number;
}

export function createMemoryAir(): MemoryAir {
  const listeners = new Set<(datagram: Buffer, sender: string) => void>();
  let openings = 0;
  const sent: { from: string; datagram: Buffer }[] = [];
  const air: MemoryAir = {
    filtered: false,
    taken: false,
    sent,
    links: () => listeners.size,
    openings: () => openings,
    async openLink({ address }, onDatagram): Promise<LinkResult> {
      if (air.taken) return { ok: false, error: new Error('bind EADDRINUSE 0.0.0.0:5353') };
      const listener: typeof onDatagram = (datagram, sender) => onDatagram(datagram, sender);
      listeners.add(listener);
      openings += 1;
      return {
        ok: true,
        link: {
          async send(bytes) {
            const datagram = Buffer.from(bytes);
            sent.push({ from: address, datagram });
            if (!air.filtered) listeners.forEach((hear) => hear(datagram, address));
          },
          close: () => listeners.delete(listener),
        },
      };
    },
  };
  return air;
}

/** As `os.networkInterfaces()` says it of a laptop with one address on Wi-Fi; with none where it is left out. */
export function wifi(address?: string): Interfaces {
  const common = { netmask: '', mac: '', cidr: null } as const;
  const local: NetworkInterfaceInfo = {
    ...common,
    address: '127.0.0.1',
    family: 'IPv4',
    internal: true,
  };
  const outside: NetworkInterfaceInfo[] =
    address === undefined ? [] : [{ ...common, address, family: 'IPv4', internal: false }];
  return { lo: [local], wlan0: outside };
}
