import { performance } from 'node:perf_hooks';
import type { IncomingMessage } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { MAX_DESK_FRAME_BYTES, readFromDesk } from '../../core/protocol/read-voting-frames.ts';
import {
  MAX_PHONE_FRAME_BYTES,
  VOTE_PATH,
  VOTE_SUBPROTOCOL,
  VOTING_DESK_PATH,
} from '../../core/protocol/voting-frames.ts';
import { faultOf } from '../hub-log.ts';
import type { DropReason, HubLog } from '../hub-log.ts';
import type { KeepAlive } from '../keep-alive.ts';
import { mayReachVault } from '../vault/may-reach-vault.ts';
import { addressOf } from '../web/address-of.ts';
import { createPurses } from '../web/allowance.ts';
import type { SocketService } from '../web/open-door.ts';
import { createPhones, type Phone } from './phones.ts';
import { createVotingRoom, type Desk, type VotingRoom } from './voting-room.ts';
import { tokenIn } from './voter-token.ts';
import { keptStore, laterStore, passingStore } from './voting-store.ts';

export interface Voting {
  /** Where phones vote; for the network. */
  readonly phones: SocketService;
  /** Where the plenary laptop's page hears of it; for the loopback listener only. */
  readonly desks: SocketService;
  /** Begins, once however often it is called. Resolves when phones that come back can be known. */
  readonly start: VotingRoom['start'];
  readonly page: VotingRoom['page'];
  /** The voter that a request's subprotocols show; null where they show none that this hub has made. */
  readonly voterIn: (subprotocols: string | undefined) => string | null;
  readonly counts: () => { readonly phones: number };
  readonly stop: () => Promise<void>;
}

export interface VotingOptions {
  /** Where the ballots are kept, asked for once it begins; null to keep them in memory only. */
  readonly directory: () => string | null;
  readonly log: HubLog;
  /** For the plenary laptop's own page. */
  readonly keepAlive: KeepAlive;
  readonly pingEveryMs: number;
}

const POLICY_VIOLATION = 1008;
const PROTOCOL_ERROR = 1002;
/** The page is this laptop's own; what it has not read by then it will not read. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;
const MAX_DESKS = 8;
/** A room full of people mistypes; who guesses has to go on for years. Per address. */
const GUESSES = { burst: 400, perSecond: 0.5 };
/** A ping makes the hub answer, and browsers send none. */
const PING_MESSAGES = 5;

/** Voting on WebSockets: `voting-room.ts` with a net under it. */
export function createVoting({ directory, log, keepAlive, pingEveryMs }: VotingOptions): Voting {
  const elapsed = (): number => performance.now();
  const store = laterStore(() => {
    const folder = directory();
    return folder === null ? passingStore() : keptStore(folder, log);
  });
  const byRaw = new WeakMap<WebSocket, Phone>();
  const phones = createPhones({ now: elapsed, drop, pingEveryMs });
  const room = createVotingRoom({
    store,
    phones,
    drop,
    guesses: createPurses(GUESSES, elapsed),
    now: () => performance.timeOrigin + performance.now(),
    later(act, ms) {
      const timer = setTimeout(() => contained(act), ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
    log,
  });

  function contained(act: () => void): void {
    try {
      act();
    } catch (error) {
      log(faultOf(error));
    }
  }

  function drop(phone: Phone, reason: DropReason): void {
    const { socket } = phone;
    if (socket.readyState !== socket.OPEN) return;
    log({ event: 'dropped', service: 'voting', reason });
    socket.close(POLICY_VIOLATION);
    socket.terminate();
  }

  const voterIn: Voting['voterIn'] = (subprotocols) => {
    const token = tokenIn(subprotocols);
    return token === null ? null : (room.tokens()?.read(token) ?? null);
  };

  // Shared by all phones; `ws` calls them with the socket as `this`.
  function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
    const phone = byRaw.get(this);
    if (phone !== undefined && this.readyState === this.OPEN) {
      contained(() => room.fromPhone(phone, isBinary ? '' : textOf(data)));
    }
  }
  function onPing(this: WebSocket): void {
    const phone = byRaw.get(this);
    if (phone !== undefined && !phones.may(phone, PING_MESSAGES)) drop(phone, 'too-much');
  }
  function onPong(this: WebSocket): void {
    const phone = byRaw.get(this);
    if (phone === undefined) return;
    phone.isThere = true;
    if (!phones.may(phone, 1)) phone.strikes += 1;
  }
  function onClose(this: WebSocket): void {
    const phone = byRaw.get(this);
    if (phone === undefined) return;
    phones.delete(phone);
    contained(() => room.leftBy(phone));
  }
  // A frame that is too large, or none: `ws` ends the socket by itself.
  function onError(): void {
    log({ event: 'dropped', service: 'voting', reason: 'malformed-frame' });
  }

  function acceptPhone(socket: WebSocket, request: IncomingMessage): void {
    const raw = request.socket;
    const phone: Phone = {
      socket,
      raw,
      address: addressOf(raw.remoteAddress),
      voter: voterIn(request.headers['sec-websocket-protocol']) ?? '',
      speaksAs: '',
      isIn: false,
      waitsWith: null,
      left: 0,
      leftAt: Number.NEGATIVE_INFINITY,
      strikes: 0,
      isThere: true,
      part: 0,
      heardRoom: 0,
      heardPoll: 0,
    };
    byRaw.set(socket, phone);
    phones.add(phone);
    socket.on('message', onMessage);
    socket.on('ping', onPing);
    socket.on('pong', onPong);
    socket.on('error', onError);
    socket.once('close', onClose);
  }

  const open: Desk[] = [];
  function acceptDesk(socket: WebSocket): void {
    const desk: Desk = {
      session: '',
      send(frame) {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
        else socket.send(JSON.stringify(frame));
      },
    };
    const ends = new Map<Desk, () => void>();
    ends.set(desk, () => socket.terminate());
    open.push(desk);
    room.enterDesk(desk);
    function leave(): void {
      const at = open.indexOf(desk);
      if (at !== -1) open.splice(at, 1);
      room.leaveDesk(desk);
    }
    socket.on('message', (data, isBinary) => {
      const frame = isBinary ? null : readFromDesk(textOf(data));
      if (frame !== null) {
        contained(() => room.fromDesk(desk, frame));
        return;
      }
      log({ event: 'dropped', service: 'voting', reason: 'malformed-frame' });
      leave();
      socket.close(PROTOCOL_ERROR);
    });
    socket.on('error', () =>
      log({ event: 'dropped', service: 'voting', reason: 'malformed-frame' }),
    );
    socket.once('close', leave);
    keepAlive.watch(socket, () => socket.terminate());
    if (open.length > MAX_DESKS) socket.terminate();
  }

  return {
    phones: {
      path: VOTE_PATH,
      pool: 'phones',
      server: new WebSocketServer({
        noServer: true,
        maxPayload: MAX_PHONE_FRAME_BYTES,
        clientTracking: false,
        handleProtocols: (offered) => (offered.has(VOTE_SUBPROTOCOL) ? VOTE_SUBPROTOCOL : false),
      }),
      accept: (socket, _door, request) => acceptPhone(socket, request),
      isProved: (socket) => (byRaw.get(socket)?.voter ?? '') !== '',
    },
    desks: {
      path: VOTING_DESK_PATH,
      server: new WebSocketServer({
        noServer: true,
        maxPayload: MAX_DESK_FRAME_BYTES,
        // Another person who is logged in to the same machine may not stand at this one's desk.
        verifyClient: ({ req }: { readonly req: IncomingMessage }) => mayReachVault(req),
      }),
      accept: (socket) => acceptDesk(socket),
    },
    start: room.start,
    page: room.page,
    voterIn,
    counts: () => ({ phones: phones.count() }),
    async stop() {
      room.stop();
      phones.stop();
      await store.stop();
    },
  };
}

const textOf = (data: RawData): string =>
  (Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? Buffer.from(data)
      : data
  ).toString('utf8');
