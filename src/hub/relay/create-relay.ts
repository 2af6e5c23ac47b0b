import { randomBytes } from 'node:crypto';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { MAX_RELAY_FRAME_BYTES } from '../../core/protocol/relay-frame.ts';
import { faultOf } from '../hub-log.ts';
import type { Door, DropReason, HubLog } from '../hub-log.ts';
import type { KeepAlive } from '../keep-alive.ts';
import type { SocketService } from '../web/open-door.ts';
import { heapRoom } from './heap-room.ts';
import { createRelayServer } from './relay-server.ts';
import type { RelayServer } from './relay-server.ts';

export interface Relay extends SocketService {
  readonly documentCount: () => number;
  /** Lets go of every document; call it once all sockets are closed. */
  readonly stop: () => void;
}

export interface RelayOptions {
  readonly hubId: string;
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
/** What a socket may leave unread beside the lane, which limits itself. It comes back and asks for what it lacks. */
const MAX_UNREAD_BYTES = 32 * 1024 * 1024;
/** With so much unread, who is there is not told for now: the next word is as good. */
const CLOGGED_BYTES = 256 * 1024;

const POLICY_VIOLATION = 1008;
const TRY_LATER = 1013;
/** A fresh connection can do better; the others are ended without a word. */
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

  return {
    path: '/relay',
    server: new WebSocketServer({ noServer: true, maxPayload: MAX_RELAY_FRAME_BYTES }),
    accept: (socket, door) =>
      acceptSocket(socket, door, server, {
        log,
        keepAlive,
        contained,
        idleMs: options.idleMs ?? IDLE_MS,
      }),
    documentCount: () => server.documentCount(),
    stop: () => server.stop(),
  };
}

interface SocketOptions {
  readonly log: HubLog;
  readonly keepAlive: KeepAlive;
  readonly idleMs: number;
  /** Whether it ran without a fault. */
  readonly contained: (run: () => void) => boolean;
}

function acceptSocket(
  socket: WebSocket,
  door: Door,
  server: RelayServer,
  { log, keepAlive, idleMs, contained }: SocketOptions,
): void {
  let dropped = false;
  function drop(reason: DropReason): void {
    if (dropped) return;
    dropped = true;
    log({ event: 'dropped', service: 'relay', reason });
    const code = closeCodes.get(reason);
    if (code === undefined) socket.terminate();
    else socket.close(code, reason);
  }
  const session = server.accept({
    own: door === 'loopback',
    send(frame) {
      if (dropped || socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_UNREAD_BYTES) drop('too-slow');
      else socket.send(frame);
    },
    isClogged: () => socket.bufferedAmount > CLOGGED_BYTES,
    drop,
  });
  const end = (): void => void contained(() => session.end());

  const idle = setInterval(() => {
    if (session.isBusy()) return;
    drop('idle');
    end();
  }, idleMs);
  socket.on('message', (data, isBinary) => {
    if (dropped) return;
    const frame = isBinary && Buffer.isBuffer(data) ? data : null;
    const taken = frame !== null && contained(() => session.receive(frame));
    if (taken) return;
    drop(frame === null ? 'malformed-frame' : 'reset');
    end();
  });
  // ws has ended the socket by the time it reports a frame that is too large or not WebSocket.
  socket.on('error', () => drop('malformed-frame'));
  socket.once('close', () => {
    clearInterval(idle);
    dropped = true;
    end();
  });
  keepAlive.watch(socket, () => {
    drop('gone');
    end();
  });
}
