import * as buffer from 'lib0/buffer';
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
/** A laptop that has found nobody says again that it is here. Milliseconds. */
const ANNOUNCE_MS = 5_000;
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
/** What we use of its room and of its sockets to signaling. */
interface SignalingRoom {
  readonly name: string;
  readonly peerId: string;
  readonly key: CryptoKey;
  readonly webrtcConns: ReadonlyMap<string, Connection>;
  bcconnected: boolean;
  _docUpdateHandler: (update: Uint8Array, origin: unknown) => void;
}
interface SignalingSocket {
  readonly connected: boolean;
  send(message: object): void;
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
  void provider.key.then(() => {
    const opened = room();
    if (opened === null) return;
    // Two windows of one laptop meet in its storage; telling every change to the other window as
    // well, sealed, would take longer than sending it to the other laptop.
    opened.bcconnected = false;
    // y-webrtc sends what it received to everybody, also back to the only one who can have sent it.
    const tellAll = opened._docUpdateHandler;
    doc.off('update', tellAll);
    opened._docUpdateHandler = (update, origin) => {
      if (origin !== opened || opened.webrtcConns.size > 1) tellAll(update, origin);
    };
    doc.on('update', opened._docUpdateHandler);
  });
  const watched = new WeakMap<Connection, Watched>();
  const room = (): SignalingRoom | null => provider.room;
  const connections = (): readonly Connection[] => [...(room()?.webrtcConns.values() ?? [])];

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

  /**
   * y-webrtc says only once that a laptop is here, when signaling opens; if that word is lost, two
   * laptops that are both online never meet. So it is said again while nobody has been found.
   */
  let announcedAt = performance.now();
  async function announceAgain(here: SignalingRoom): Promise<void> {
    const data = await sealSignal({ type: 'announce', from: here.peerId }, here.key);
    const sockets = provider.signalingConns as readonly SignalingSocket[];
    for (const socket of sockets.filter(({ connected }) => connected)) {
      socket.send({ type: 'subscribe', topics: [here.name] });
      socket.send({ type: 'publish', topic: here.name, data });
    }
  }

  const timer = setInterval(() => {
    const now = performance.now();
    const here = room();
    if (here !== null && here.webrtcConns.size === 0 && now - announcedAt > ANNOUNCE_MS) {
      announcedAt = now;
      void announceAgain(here);
    }
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

/** Seals a signal as y-webrtc 10.3.0 does (its src/crypto.js, which it does not export). */
async function sealSignal(signal: object, key: CryptoKey): Promise<string> {
  const plain = encoding.encode((encoder) => encoding.writeAny(encoder, { ...signal }));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array(plain));
  return buffer.toBase64(
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, 'AES-GCM');
      encoding.writeVarUint8Array(encoder, iv);
      encoding.writeVarUint8Array(encoder, new Uint8Array(sealed));
    }),
  );
}
