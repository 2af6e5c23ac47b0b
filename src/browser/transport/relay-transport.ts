import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { Awareness } from 'y-protocols/awareness';
import { accessKeyOf } from '../../core/protocol/document-key.ts';
import { RacingSocket } from './racing-socket.ts';
import type { Transport, TransportOptions } from './transport.ts';

/** One socket to the plenary laptop's hub, shared by all documents of a session. */
export interface RelaySocket {
  open(options: TransportOptions): Transport;
  /** The addresses to try from the next attempt on. */
  setAddresses(addresses: readonly string[]): void;
  /** Lets go of the present socket and tries all addresses again now. */
  reconnect(): void;
  /** Resolves once the socket and everything opened over it is gone. */
  destroy(): Promise<void>;
}

export interface RelayEvents {
  /** The relay answered at this address, e.g. "ws://192.168.4.20:4711". */
  readonly onAddress: (address: string) => void;
}

/** Nobody sees so short a wait, and a burst of changes becomes one frame. Milliseconds. */
const FLUSH_MS = 2;
const noAddress = 'ws://none.invalid';

/**
 * The relay: works wherever a WebSocket does, starts at once and carries the bulk. The hub pings
 * every few seconds; silence for longer means that the network is gone, whatever the socket says.
 */
export function createRelaySocket(
  addresses: readonly string[],
  { onAddress }: RelayEvents,
): RelaySocket {
  let current = addresses;
  const open = new Set<Transport>();

  /** Hocuspocus makes a new one of these for every attempt; it passes its url, which we ignore. */
  class Socket extends RacingSocket {
    constructor() {
      super(
        current.map((address) => `${address}/relay`),
        (url) => onAddress(url.slice(0, -'/relay'.length)),
      );
    }
  }
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: noAddress,
    WebSocketPolyfill: Socket,
    // Conference Wi-Fi comes back without a word: look again soon, and not all at once.
    delay: 300,
    minDelay: 200,
    factor: 1.3,
    maxDelay: 1_000,
    messageReconnectTimeout: 6_000,
  });

  return {
    open({ doc, key }) {
      const awareness = new Awareness(doc);
      const provider = new HocuspocusProvider({
        websocketProvider,
        name: key.documentId,
        document: doc,
        awareness,
        token: accessKeyOf(key.secret),
        // What comes together travels as one frame, and passing a change on waits until this
        // laptop has drawn it.
        flushDelay: FLUSH_MS,
      });
      provider.attach();
      const transport: Transport = {
        path: 'relay',
        awareness,
        reconnect: () => provider.forceSync(),
        async destroy() {
          open.delete(transport);
          provider.destroy();
        },
      };
      open.add(transport);
      return transport;
    },
    setAddresses(next) {
      current = next;
    },
    reconnect() {
      websocketProvider.disconnect();
      void websocketProvider.connect();
    },
    async destroy() {
      await Promise.all([...open].map((transport) => transport.destroy()));
      websocketProvider.destroy();
    },
  };
}
