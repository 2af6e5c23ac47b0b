import * as encoding from 'lib0/encoding';
import { Awareness } from 'y-protocols/awareness';
import * as syncProtocol from 'y-protocols/sync';
import { WebrtcProvider } from 'y-webrtc';
import { directPasswordOf } from '../../core/protocol/document-key.ts';
import { createChunkingWrtc } from './chunking-peer-connection.ts';
import type { Transport, TransportOptions } from './transport.ts';

/** A group's laptops and the plenary laptop; a larger mesh would chatter. */
const MAX_PEERS = 8;
/** A connection that is not up by then never will be: its offer was lost. Milliseconds. */
const CONNECT_LIMIT_MS = 8_000;
/** A connection that says nothing for this long is dead, whatever it claims. Milliseconds. */
const SILENCE_LIMIT_MS = 12_000;
/** Both ends tell each other again what they have, in case a message was lost. Milliseconds. */
const RESYNC_MS = 10_000;
const TICK_MS = 1_000;
/** y-webrtc's own number for a message of y-protocols/sync. */
const MESSAGE_SYNC = 0;

/** What we use of y-webrtc's connections, which its types do not describe. */
interface Connection {
  readonly connected: boolean;
  readonly peer: {
    on(event: 'data', listener: () => void): void;
    send(message: Uint8Array): void;
    readonly destroyed: boolean;
  };
  destroy(): void;
}
interface Watched {
  readonly since: number;
  heardAt: number;
  syncedAt: number;
}

export interface DirectTransport extends Transport {
  /** How many laptops it has a connection to that has carried something lately. */
  peers(): number;
}

/**
 * From laptop to laptop by y-webrtc, with the cures that its measured faults need (DESIGN.md):
 * our hubs instead of public servers, the document's secret as password, a negotiated channel
 * against glare, messages of any size, and a watchdog that throws out connections that never came
 * up or have died. Needs a secure page; elsewhere there is only the relay.
 */
export function createDirectTransport(
  { doc, key }: TransportOptions,
  addresses: readonly string[],
): DirectTransport {
  const awareness = new Awareness(doc);
  const provider = new WebrtcProvider(key.documentId, doc, {
    signaling: addresses.map((address) => `${address}/signaling`),
    password: directPasswordOf(key.secret),
    awareness,
    maxConns: MAX_PEERS,
    peerOpts: {
      wrtc: createChunkingWrtc(),
      config: { iceServers: [] },
      channelConfig: { negotiated: true, id: 0 },
    },
  });
  const watched = new WeakMap<Connection, Watched>();
  const connections = (): readonly Connection[] => [
    ...((provider.room?.webrtcConns ?? new Map()) as Map<string, Connection>).values(),
  ];

  function watch(connection: Connection, now: number): Watched {
    const seen: Watched = { since: now, heardAt: now, syncedAt: now };
    watched.set(connection, seen);
    connection.peer.on('data', () => {
      seen.heardAt = performance.now();
    });
    return seen;
  }

  function sayWhatWeHave(connection: Connection): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    syncProtocol.writeSyncStep1(encoder, doc);
    connection.peer.send(encoding.toUint8Array(encoder));
  }

  const timer = setInterval(() => {
    const now = performance.now();
    for (const connection of connections()) {
      const seen = watched.get(connection) ?? watch(connection, now);
      const late = !connection.connected && now - seen.since > CONNECT_LIMIT_MS;
      const silent = connection.connected && now - seen.heardAt > SILENCE_LIMIT_MS;
      if (late || silent) {
        // Destroying it makes y-webrtc announce itself anew, and the next offer gets its chance.
        connection.destroy();
      } else if (connection.connected && now - seen.syncedAt > RESYNC_MS) {
        seen.syncedAt = now;
        if (!connection.peer.destroyed) sayWhatWeHave(connection);
      }
    }
  }, TICK_MS);

  return {
    path: 'direct',
    awareness,
    peers: () => connections().filter((connection) => connection.connected).length,
    reconnect: () => connections().forEach((connection) => connection.destroy()),
    async destroy() {
      clearInterval(timer);
      // y-webrtc derives its key first and opens the room then; destroying before would fail.
      await provider.key;
      // `destroy` alone leaves the signaling socket open.
      provider.disconnect();
      provider.destroy();
      awareness.destroy();
    },
  };
}
