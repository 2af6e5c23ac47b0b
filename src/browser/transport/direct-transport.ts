import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Awareness } from 'y-protocols/awareness';
import * as syncProtocol from 'y-protocols/sync';
import { type Room, type WebrtcConn, WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { directPasswordOf } from '../../core/protocol/document-key.ts';
import { isPresence } from '../../core/protocol/presence.ts';
import {
  fits,
  forgetPending,
  isCrowding,
  isStateVector,
  readUpdate,
} from '../../core/protocol/read-update.ts';
import { createChunkingWrtc } from './chunking-peer-connection.ts';
import { onDocUpdate } from './doc-updates.ts';
import { createDirectSignaling, type DirectSignaling } from './direct-signaling.ts';
import type { SignalWay, Transport, TransportOptions } from './transport.ts';

/** A group's laptops and the plenary laptop; a larger mesh would chatter. */
const MAX_PEERS = 8;
/** A connection that is not up by then never will be: its offer was lost. Milliseconds. */
const CONNECT_LIMIT_MS = 8_000;
/** A connection that says nothing for this long is dead, whatever it claims. Milliseconds. */
const SILENCE_LIMIT_MS = 5_000;
/** Both ends tell each other again what they have, in case a message was lost. Milliseconds. */
const COMPARE_MS = 10_000;
const ASK_MS = 1_000;
const TICK_MS = 1_000;
/** What differs by more than this, in Yjs's clock, is left to the relay while that is up. */
const BULK_CLOCKS = 200_000;
/** A change that is longer than this is left to the relay while that is up. Bytes. */
const BULK_BYTES = 8 * 1024;

/** y-webrtc's own numbers for what it sends (its src/y-webrtc.js). */
const MESSAGE_SYNC = 0;
const MESSAGE_AWARENESS = 1;

interface Watched {
  readonly since: number;
  /** Until when silence says nothing about the other laptop. */
  excusedAt: number;
  comparedAt: number;
}

export interface DirectTransport extends Transport {
  /** How many laptops it has a connection to that has carried something lately. */
  peers(): number;
}

export interface DirectTransportOptions extends TransportOptions {
  /** Where laptops tell each other how to reach them. */
  readonly signals: SignalWay;
  /** Whether the relay carries this document at the moment, so that bulk may be left to it. */
  readonly relayIsUp?: () => boolean;
}

/**
 * From laptop to laptop by y-webrtc, with the cures that its measured faults need (DESIGN.md):
 * our own signaling, no public servers, the document's secret as password, a negotiated channel
 * against glare, messages of any size, and a watchdog that throws out connections that never came
 * up or have died. What comes is checked before y-webrtc sees it. Needs a secure page and a ticket
 * that may write; elsewhere there is only the relay, and this returns null.
 */
export function createDirectTransport(options: DirectTransportOptions): DirectTransport | null {
  const { doc, key, signals, relayIsUp = () => false } = options;
  const password = directPasswordOf(key.secret);
  if (password === null) return null;
  const awareness = new Awareness(doc);
  const provider = new WebrtcProvider(key.documentId, doc, {
    signaling: [],
    password,
    awareness,
    maxConns: MAX_PEERS,
    peerOpts: {
      wrtc: createChunkingWrtc({ isWelcome, isUrgent: ([type]) => type === MESSAGE_AWARENESS }),
      config: { iceServers: [] },
      channelConfig: { negotiated: true, id: 0 },
    },
  });
  const watched = new WeakMap<WebrtcConn, Watched>();
  let signaling: DirectSignaling | null = null;
  let destroyed = false;
  let askedAt = -Infinity;
  let bulkLeft = 0;
  let stopUpdates = (): void => undefined;
  const clockOf = (client: number): number => Y.getState(doc.store, client);
  // y-webrtc takes in what was welcome; structs that wait for each other show only then.
  const afterTransaction = ({ origin }: Y.Transaction): void => {
    if (origin === provider.room) forgetPending(doc);
  };
  doc.on('afterTransaction', afterTransaction);
  const connections = () => [...(provider.room?.webrtcConns.values() ?? [])];

  void provider.key.then(() => {
    const { room } = provider;
    if (room === null || destroyed) return;
    tame(room);
    signaling = createDirectSignaling(room, signals);
    provider.on('peers', ({ removed }) => {
      if (removed.length > 0) signaling?.announceSoon();
    });
  });

  function tame(room: Room): void {
    // Two windows of one laptop meet in its storage; telling every change to the other window as
    // well, sealed, would take longer than sending it to the other laptop.
    room.bcconnected = false;
    // y-webrtc sends what it received on to everybody: N laptops send N(N-1) messages an edit. Where
    // all have each other, nobody needs that.
    const tellAll = room._docUpdateHandler;
    doc.off('update', tellAll);
    room._docUpdateHandler = (update, origin) => {
      if (origin === room && signaling?.isMeshWhole() !== false) return;
      // On a narrow line the same again would hold up everything else; they compare in any case.
      if (update.length > BULK_BYTES && relayIsUp()) return;
      tellAll(update, origin);
    };
    stopUpdates = onDocUpdate(doc, room._docUpdateHandler);
  }

  /** Whether y-webrtc may see a message: nothing that would wait in the document, or throw. */
  function isWelcome(message: Uint8Array): boolean {
    const decoder = decoding.createDecoder(message);
    try {
      const type = decoding.readVarUint(decoder);
      if (type === MESSAGE_AWARENESS) return isPresence(decoding.readVarUint8Array(decoder));
      if (type !== MESSAGE_SYNC) return false;
      const step = decoding.readVarUint(decoder);
      const payload = decoding.readVarUint8Array(decoder);
      if (step === syncProtocol.messageYjsSyncStep1) {
        return isStateVector(payload) && !leavesToRelay(payload);
      }
      const read = readUpdate(payload);
      if (read === null) return false;
      if (isCrowding(read, doc.store.clients.size, clockOf)) return false;
      const placed = fits(read, clockOf);
      if (!placed) askAll();
      return placed;
    } catch {
      return false;
    }
  }
  /** Every other question is answered all the same, should the relay not get it there. */
  function leavesToRelay(stateVector: Uint8Array): boolean {
    if (!relayIsUp()) return false;
    const theirs = Y.decodeStateVector(stateVector);
    let clocks = 0;
    for (const client of doc.store.clients.keys()) {
      clocks += Math.max(0, Y.getState(doc.store, client) - (theirs.get(client) ?? 0));
    }
    if (clocks < BULK_CLOCKS) return false;
    bulkLeft += 1;
    return bulkLeft % 2 === 1;
  }

  function watch(connection: WebrtcConn, now: number): Watched {
    const seen: Watched = { since: now, excusedAt: now, comparedAt: now };
    watched.set(connection, seen);
    return seen;
  }
  /** When anything last came, even a piece of something long; simple-peer keeps the channel here. */
  const heardAt = ({ peer }: WebrtcConn): number => Number(peer._channel?.heardAt ?? 0);
  function whatWeHave(): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE_SYNC);
    syncProtocol.writeSyncStep1(encoder, doc);
    return encoding.toUint8Array(encoder);
  }
  function askAll(): void {
    if (performance.now() - askedAt < ASK_MS) return;
    askedAt = performance.now();
    for (const { connected, peer } of connections()) if (connected) peer.send(whatWeHave());
  }

  let tickedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const late = now - tickedAt > 2 * TICK_MS;
    tickedAt = now;
    for (const connection of connections()) {
      const seen = watched.get(connection) ?? watch(connection, now);
      // What came in while the laptop slept or the page was busy has not been looked at yet.
      if (late) seen.excusedAt = now - SILENCE_LIMIT_MS + 2 * TICK_MS;
      const neverCame = !connection.connected && now - seen.since > CONNECT_LIMIT_MS;
      const quietFor = now - Math.max(heardAt(connection), seen.excusedAt);
      const silent = connection.connected && quietFor > SILENCE_LIMIT_MS;
      if (neverCame || silent) connection.destroy();
      else if (connection.connected && now - seen.comparedAt > COMPARE_MS) {
        seen.comparedAt = now;
        if (!connection.peer.destroyed) connection.peer.send(whatWeHave());
      }
    }
  }, TICK_MS);

  return {
    path: 'direct',
    awareness,
    peers: () => connections().filter((connection) => connection.connected).length,
    reconnect: () => connections().forEach((connection) => connection.destroy()),
    async destroy() {
      destroyed = true;
      clearInterval(timer);
      signaling?.destroy();
      stopUpdates();
      doc.off('afterTransaction', afterTransaction);
      // y-webrtc derives its key first and opens the room then; destroying before would fail.
      await provider.key;
      provider.disconnect();
      provider.destroy();
      awareness.destroy();
    },
  };
}
