import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import {
  JOIN_DESK_PATH,
  JOIN_PATH,
  MAX_JOIN_FRAME_BYTES,
} from '../../core/protocol/ask-to-join-frames.ts';
import { faultOf } from '../hub-log.ts';
import type { DropReason, HubLog } from '../hub-log.ts';
import type { KeepAlive } from '../keep-alive.ts';
import { mayReachVault } from '../vault/may-reach-vault.ts';
import type { SocketService } from '../web/open-door.ts';
import { createJoinRoom } from './join-room.ts';
import type { JoinCounts, JoinPort, JoinVisit } from './join-room.ts';

export interface Join {
  /** Where laptops without a ticket ask; for the network. */
  readonly askers: SocketService;
  /** Where the plenary laptop's page hears of them; for the loopback listener only. */
  readonly desks: SocketService;
  readonly counts: () => JoinCounts;
  readonly stop: () => void;
}

export interface JoinOptions {
  readonly log: HubLog;
  readonly keepAlive: KeepAlive;
}

const NORMAL = 1000;
const POLICY_VIOLATION = 1008;
/** A handful of small frames; who reads none of them is gone or means no good. */
const MAX_UNREAD_BYTES = 1024 * 1024;
/** How long a socket may take to say goodbye before it is cut. */
const GOODBYE_MS = 1_000;

/** Asking to join on WebSockets: `join-room.ts` with a net under it. */
export function createJoin({ log, keepAlive }: JoinOptions): Join {
  const room = createJoinRoom({
    now: () => performance.now(),
    later(act, ms) {
      const timer = setTimeout(() => contained(act), ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  });

  /** Runs what nobody else would catch; whether it ran without a fault. */
  function contained(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      log(faultOf(error));
      return false;
    }
  }

  function serve(socket: WebSocket, enter: (port: JoinPort) => JoinVisit): void {
    let ended = false;
    function drop(reason: DropReason | null): void {
      if (ended) return;
      ended = true;
      if (reason !== null) log({ event: 'dropped', service: 'join', reason });
      // Who has said nothing is told nothing: a goodbye would hold the place for as long as it takes.
      if (reason === 'idle') {
        socket.terminate();
        return;
      }
      socket.close(reason === null ? NORMAL : POLICY_VIOLATION);
      const cut = setTimeout(() => socket.terminate(), GOODBYE_MS);
      cut.unref();
      socket.once('close', () => clearTimeout(cut));
    }
    const visit = enter({
      send(text) {
        if (ended || socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) drop('too-slow');
        else socket.send(text);
      },
      end: drop,
    });
    const leave = (): void => void contained(() => visit.leave());
    socket.on('message', (data, isBinary) => {
      if (ended) return;
      const text = isBinary ? '' : textOf(data);
      if (!contained(() => visit.receive(text))) drop('reset');
    });
    // ws has ended the socket by the time it reports a frame that is too large or not WebSocket.
    socket.on('error', () => {
      drop('malformed-frame');
      leave();
    });
    socket.once('close', () => {
      ended = true;
      leave();
    });
    keepAlive.watch(socket, () => {
      drop('gone');
      leave();
    });
  }

  return {
    askers: {
      path: JOIN_PATH,
      server: new WebSocketServer({ noServer: true, maxPayload: MAX_JOIN_FRAME_BYTES }),
      accept: (socket, _door, request) =>
        serve(socket, (port) => room.acceptAsker(port, request.socket.remoteAddress ?? '')),
    },
    desks: {
      path: JOIN_DESK_PATH,
      server: new WebSocketServer({
        noServer: true,
        maxPayload: MAX_JOIN_FRAME_BYTES,
        // Another person who is logged in to the same machine may not stand at this one's desk.
        verifyClient: ({ req }: { readonly req: Parameters<typeof mayReachVault>[0] }) =>
          mayReachVault(req),
      }),
      accept: (socket) => serve(socket, (port) => room.acceptDesk(port)),
    },
    counts: () => room.counts(),
    stop: () => room.stop(),
  };
}

const textOf = (data: RawData): string =>
  (Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? Buffer.from(data)
      : data
  ).toString('utf8');
