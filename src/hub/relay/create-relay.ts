import { getCiphers, randomBytes } from 'node:crypto';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { LAPTOP_SUBPROTOCOL } from '../../core/protocol/door-token.ts';
import { MAX_RELAY_FRAME_BYTES, RELAY_PATH } from '../../core/protocol/relay-frame.ts';
import {
  answerSecureChannel,
  type KeyPair,
  SEAL_BYTES,
  type SecureChannel,
} from '../../core/protocol/secure-channel.ts';
import { faultOf } from '../hub-log.ts';
import type { Door, DropReason, HubLog } from '../hub-log.ts';
import type { KeepAlive } from '../keep-alive.ts';
import type { SocketService } from '../web/open-door.ts';
import { heapRoom } from './heap-room.ts';
import { createRelayServer } from './relay-server.ts';
import type { RelayServer, RelaySession } from './relay-server.ts';
import { systemAead } from './system-aead.ts';
import { systemKeyAgreement } from './system-key-agreement.ts';

export interface Relay extends SocketService {
  readonly laptopIn: RelayServer['laptopIn'];
  readonly documentCount: () => number;
  /** Lets go of every document; call it once all sockets are closed. */
  readonly stop: () => void;
}

export interface RelayOptions {
  readonly hubId: string;
  /** The hub's own, by which laptops know it. */
  readonly keyPair: KeyPair;
  readonly log: HubLog;
  readonly keepAlive: KeepAlive;
  /** How many documents the relay holds at once. */
  readonly maxDocuments?: number;
  /** How long a socket may stay without opening a document, in milliseconds. */
  readonly idleMs?: number;
  /** How many bytes the relay may still take; by default what the process's heap allows. */
  readonly room?: () => number;
  /** The hub's clock, in milliseconds since 1970. */
  readonly time?: () => number;
}

const MAX_DOCUMENTS = 1000;
const IDLE_MS = 20_000;
/** How long a socket may take to begin the encryption: one message, which every Caucus sends at once. */
const HELLO_MS = 5_000;
/** What a socket may leave unread beside the lane, which limits itself. It comes back and asks for what it lacks. */
const MAX_UNREAD_BYTES = 32 * 1024 * 1024;
/** With so much unread, who is there is not told for now: the next word is as good. */
const CLOGGED_BYTES = 256 * 1024;

const POLICY_VIOLATION = 1008;
const TRY_LATER = 1013;
/** A fresh connection can do better; the others are ended without a word. */
const aead = systemAead(getCiphers());

const closeCodes = new Map<DropReason, number>([
  ['malformed-frame', POLICY_VIOLATION],
  ['too-much', POLICY_VIOLATION],
  ['idle', POLICY_VIOLATION],
  ['hub-full', TRY_LATER],
  ['reset', TRY_LATER],
]);

/** The relay on WebSockets: `relay-server.ts` with a time limit, a memory limit and a net under it. */
export function createRelay(options: RelayOptions): Relay {
  const { log, keepAlive } = options;
  const server = createRelayServer({
    hubId: options.hubId,
    log,
    time: options.time ?? Date.now,
    now: () => performance.now(),
    later(act, ms) {
      const timer = setTimeout(() => contained(act), ms);
      return () => clearTimeout(timer);
    },
    random: (length) => new Uint8Array(randomBytes(length)),
    room: options.room ?? heapRoom,
    maxDocuments: options.maxDocuments ?? MAX_DOCUMENTS,
  });

  /** Runs what nobody else would catch. */
  function contained(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      log(faultOf(error));
      return false;
    }
  }

  const provedBy = new WeakMap<WebSocket, () => boolean>();

  return {
    path: RELAY_PATH,
    server: new WebSocketServer({
      noServer: true,
      maxPayload: MAX_RELAY_FRAME_BYTES + SEAL_BYTES,
      // A browser hangs up where none of those that it offers is answered.
      handleProtocols: (offered) => (offered.has(LAPTOP_SUBPROTOCOL) ? LAPTOP_SUBPROTOCOL : false),
    }),
    accept(socket, door) {
      const isProved = acceptSocket(socket, door, server, {
        log,
        keepAlive,
        contained,
        keyPair: options.keyPair,
        idleMs: options.idleMs ?? IDLE_MS,
      });
      provedBy.set(socket, isProved);
    },
    isProved: (socket) => provedBy.get(socket)?.() ?? false,
    laptopIn: (subprotocols) => server.laptopIn(subprotocols),
    documentCount: () => server.documentCount(),
    stop: () => server.stop(),
  };
}

interface SocketOptions {
  readonly log: HubLog;
  readonly keepAlive: KeepAlive;
  readonly idleMs: number;
  readonly keyPair: KeyPair;
  /** Whether it ran without a fault. */
  readonly contained: (run: () => void) => boolean;
}

/** @returns whether the laptop has shown that it belongs here. */
function acceptSocket(
  socket: WebSocket,
  door: Door,
  server: RelayServer,
  { log, keepAlive, idleMs, keyPair, contained }: SocketOptions,
): () => boolean {
  let dropped = false;
  function drop(reason: DropReason): void {
    if (dropped) return;
    dropped = true;
    log({ event: 'dropped', service: 'relay', reason });
    const code = closeCodes.get(reason);
    if (code === undefined) socket.terminate();
    else socket.close(code, reason);
  }
  /** Null until the laptop has said hello; on this laptop itself nothing is encrypted. */
  let channel: SecureChannel | null = null;
  function send(bytes: Uint8Array): void {
    if (dropped || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) drop('too-slow');
    else socket.send(bytes);
  }
  function begin(binding: Uint8Array): RelaySession {
    return server.accept({
      own: door === 'loopback',
      binding,
      send: (frame) => send(channel === null ? frame : channel.seal(frame)),
      isClogged: () => socket.bufferedAmount > CLOGGED_BYTES,
      drop,
    });
  }
  let session = door === 'loopback' ? begin(new Uint8Array()) : null;
  const end = (): void => void contained(() => session?.end());
  function refuse(reason: DropReason): void {
    drop(reason);
    end();
  }
  function receive(bytes: Buffer): void {
    if (session !== null) {
      const frame = channel === null ? bytes : channel.open(bytes);
      if (frame === null) refuse('malformed-frame');
      else session.receive(frame);
      return;
    }
    const answered = answerSecureChannel(systemKeyAgreement, RELAY_PATH, keyPair, bytes, aead);
    if (answered === null) {
      refuse('malformed-frame');
      return;
    }
    send(answered.reply);
    ({ channel } = answered);
    session = begin(channel.binding);
    clearTimeout(hello);
  }

  const hello = setTimeout(
    () => {
      if (session === null) refuse('idle');
    },
    Math.min(HELLO_MS, idleMs),
  );
  const idle = setInterval(() => {
    if (session?.isBusy() !== true) refuse('idle');
  }, idleMs);
  socket.on('message', (data, isBinary) => {
    if (dropped) return;
    if (!isBinary || !Buffer.isBuffer(data)) refuse('malformed-frame');
    else if (!contained(() => receive(data))) refuse('reset');
  });
  // ws has ended the socket by the time it reports a frame that is too large or not WebSocket.
  socket.on('error', () => drop('malformed-frame'));
  socket.once('close', () => {
    clearInterval(idle);
    clearTimeout(hello);
    dropped = true;
    end();
  });
  keepAlive.watch(socket, () => refuse('gone'));
  return () => session?.isProved() ?? false;
}
