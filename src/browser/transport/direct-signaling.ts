import * as buffer from 'lib0/buffer';
import * as decoding from 'lib0/decoding';
import { type Room, type SignalingConn, WebrtcConn } from 'y-webrtc';
import { openSignal, sealSignal, type Signal } from './sealed-signal.ts';
import type { SignalWay } from './transport.ts';

/** A laptop says again so often that it is here, in case a word was lost. Milliseconds. */
const ANNOUNCE_MS = 5_000;
/** A laptop that has just lost a connection says so this soon. Milliseconds. */
const SOON_MS = 200;
const MAX_WAITING = 512;

export interface DirectSignaling {
  /** Says again that this laptop is here, and whom it is connected to. */
  announceSoon(): void;
  /** Whether all laptops that this one is connected to are connected to each other. */
  isMeshWhole(): boolean;
  destroy(): void;
}

/**
 * Brings laptops together, in place of y-webrtc's own signaling (its `SignalingConn`), whose
 * measured faults are all of one kind: something is said once, and when it is lost nobody notices.
 * It also needs a WebSocket of its own to every hub, and browsers open only one at a time to an
 * address, so that a stuck one would hold up the relay.
 *
 * Here every laptop says every few seconds that it is here and whom it has. Of two laptops the one
 * with the greater id calls, so that two calls never cross. Who is not on the other's list has lost
 * the connection, whatever its own end says, and makes it anew.
 */
export function createDirectSignaling(room: Room, way: SignalWay): DirectSignaling {
  const maxConns = room.provider.maxConns;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let handling: Promise<void> = Promise.resolve();
  let waiting = 0;
  let destroyed = false;
  /** Whom the others said that they have. */
  const theirs = new Map<string, readonly string[]>();

  /** What y-webrtc's connections use of a signaling connection. */
  const outlet = {
    send({ data }: { readonly data: string }) {
      // y-webrtc puts its own header before the ciphertext; ours has none.
      way.signal(withoutHeader(buffer.fromBase64(data)));
    },
  } as unknown as SignalingConn;

  async function announce(to?: string): Promise<void> {
    if (to === undefined && room.webrtcConns.size >= maxConns) return;
    const has = [...room.webrtcConns.keys()];
    for (const known of theirs.keys()) if (!room.webrtcConns.has(known)) theirs.delete(known);
    const signal: Signal = {
      type: 'announce',
      from: room.peerId,
      has,
      ...(to !== undefined && { to }),
    };
    const sealed = await sealSignal(signal, room.key);
    if (!destroyed) way.signal(sealed);
  }

  /** Resolves once y-webrtc has let go of the connection; it forgets by the laptop's id. */
  function letGo(conn: WebrtcConn): Promise<void> {
    return new Promise((resolve) => {
      if (conn.closed) {
        resolve();
        return;
      }
      conn.peer.once('close', () => resolve());
      conn.destroy();
    });
  }
  function connect(to: string, calls: boolean): WebrtcConn {
    const conn = new WebrtcConn(outlet, calls, to, room);
    room.webrtcConns.set(to, conn);
    return conn;
  }

  async function onAnnounce({ from, has }: Signal & { type: 'announce' }): Promise<void> {
    theirs.set(from, has);
    const mine = room.webrtcConns.get(from);
    if (mine !== undefined) {
      if (has.includes(room.peerId) || !mine.connected) return;
      await letGo(mine);
    }
    if (room.webrtcConns.size >= maxConns) return;
    if (room.peerId > from) connect(from, true);
    else await announce(from);
  }
  async function onSignal({ from, signal }: Signal & { type: 'signal' }): Promise<void> {
    const known = room.webrtcConns.get(from);
    if (signal.type === 'offer') {
      if (known !== undefined) await letGo(known);
      if (room.webrtcConns.size < maxConns) connect(from, false).peer.signal(signal);
    } else known?.peer.signal(signal);
  }
  async function handle(sealed: Uint8Array): Promise<void> {
    const signal = await openSignal(sealed, room.key);
    if (destroyed || signal === null || signal.from === room.peerId) return;
    if (signal.to !== undefined && signal.to !== room.peerId) return;
    if (signal.type === 'announce') await onAnnounce(signal);
    else await onSignal(signal);
  }

  const stopListening = way.onSignal((sealed) => {
    // More than these no laptops say in a moment; and what is lost is said again.
    if (waiting >= MAX_WAITING) return;
    waiting += 1;
    // One after the other, for a candidate must not overtake its offer.
    handling = handling
      .then(() => handle(sealed))
      .catch((error: unknown) => console.warn('A laptop could not be called', error))
      .finally(() => (waiting -= 1));
  });
  const stopUp = way.onUp(() => void announce());
  const timer = setInterval(() => void announce(), ANNOUNCE_MS);

  return {
    announceSoon() {
      soon ??= setTimeout(() => {
        soon = undefined;
        void announce();
      }, SOON_MS);
    },
    isMeshWhole() {
      const mine = [...room.webrtcConns.keys()];
      return mine.every((one) => {
        const known = theirs.get(one) ?? [];
        return mine.every((other) => other === one || known.includes(other));
      });
    },
    destroy() {
      destroyed = true;
      clearInterval(timer);
      clearTimeout(soon);
      stopListening();
      stopUp();
    },
  };
}

/** y-webrtc 10.3.0 (its src/crypto.js): the algorithm's name, the nonce, then the ciphertext. */
function withoutHeader(bytes: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(bytes);
  decoding.readVarString(decoder);
  const iv = decoding.readVarUint8Array(decoder);
  const sealed = decoding.readVarUint8Array(decoder);
  const ours = new Uint8Array(iv.length + sealed.length);
  ours.set(iv);
  ours.set(sealed, iv.length);
  return ours;
}
