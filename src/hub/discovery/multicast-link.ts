import { createSocket } from 'node:dgram';
import type { NetworkInterfaceInfo } from 'node:os';

/** One network that this laptop is on, by one of the two protocols. */
export interface LinkPlace {
  /** The interface's name, as the system has it. */
  readonly name: string;
  readonly family: NetworkInterfaceInfo['family'];
  readonly address: string;
  /** The interface's number, for IPv6; 0 for IPv4. */
  readonly scope: number;
}

/** A way to everyone on that network at once. */
export interface MulticastLink {
  /** Resolves once it is out, or was refused: a network may be gone at any moment. */
  readonly send: (datagram: Uint8Array) => Promise<void>;
  readonly close: () => void;
}

export type LinkResult =
  | { readonly ok: true; readonly link: MulticastLink }
  | { readonly ok: false; readonly error: unknown };

/** `onLost` is called when the link broke after it was open. */
export type OpenLink = (
  place: LinkPlace,
  onDatagram: (datagram: Buffer, sender: string) => void,
  onLost: () => void,
) => Promise<LinkResult>;

const PORT = 5353;
const GROUPS = { IPv4: '224.0.0.251', IPv6: 'ff02::fb' };

/** How Node names an interface where it takes an address for one. */
function interfaceOf({ family, name, address, scope }: LinkPlace): string {
  if (family === 'IPv4') return address;
  return `::%${process.platform === 'win32' ? scope : name}`;
}

/**
 * Joins multicast DNS (RFC 6762) on one interface, beside whatever else uses its port. With a socket
 * for each interface, what is sent goes out on all of them and not only where the default route leads.
 */
export const openMulticastLink: OpenLink = (place, onDatagram, onLost) =>
  new Promise((resolve) => {
    const isIpv4 = place.family === 'IPv4';
    const socket = createSocket({
      type: isIpv4 ? 'udp4' : 'udp6',
      reuseAddr: true,
      ipv6Only: !isIpv4,
    });
    const group = GROUPS[place.family];
    let state: 'opening' | 'open' | 'closed' = 'opening';

    function close(): void {
      if (state === 'closed') return;
      state = 'closed';
      socket.close();
    }
    function fail(error: unknown): void {
      const wasOpen = state === 'open';
      close();
      resolve({ ok: false, error });
      if (wasOpen) onLost();
    }
    function send(datagram: Uint8Array): Promise<void> {
      return new Promise((sent) => {
        if (state === 'open') socket.send(datagram, PORT, group, () => sent());
        else sent();
      });
    }

    socket.on('error', fail);
    socket.on('message', (datagram, { address }) => onDatagram(datagram, address));
    socket.bind(PORT, isIpv4 ? '0.0.0.0' : '::', () => {
      try {
        socket.addMembership(group, interfaceOf(place));
        socket.setMulticastInterface(interfaceOf(place));
        socket.setMulticastTTL(255);
        // Two hubs on one laptop see each other too.
        socket.setMulticastLoopback(true);
      } catch (error) {
        fail(error);
        return;
      }
      state = 'open';
      // Discovery never keeps the process up.
      socket.unref();
      resolve({ ok: true, link: { send, close } });
    });
  });
