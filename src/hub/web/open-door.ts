import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Socket } from 'node:net';
import type { Server } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { faultOf } from '../hub-log.ts';
import type { Door, DropReason, HubLog, Refusal } from '../hub-log.ts';
import { closeServers, listen } from '../listen.ts';
import type { ListenFailure } from '../listen.ts';
import { addressOf } from './address-of.ts';
import { createPurse } from './allowance.ts';
import type { Allowance } from './allowance.ts';
import type { Pages } from './answer.ts';
import { loopbackLimits, networkLimits } from './door-limits.ts';
import type { DoorLimits } from './door-limits.ts';
import { createKnownAskers } from './known-askers.ts';
import type { Asker } from './known-askers.ts';
import { createPlaces } from './places.ts';
import type { Guard } from './request-guard.ts';
import { pathOf } from './request-guard.ts';
import { refuse, refuseUpgrade } from './respond.ts';
import { createWaitingRoom } from './waiting-room.ts';
import { createSocketWatch } from './watch-sockets.ts';
import type { SocketLimits } from './watch-sockets.ts';

/** Phones have places of their own, so that thousands of them leave laptops theirs. */
export type Pool = 'laptops' | 'phones';

/** Something that takes WebSockets at one path. */
export interface SocketService {
  readonly path: string;
  readonly server: WebSocketServer;
  /** Told by which door it came: loopback is this laptop itself. */
  readonly accept: (socket: WebSocket, door: Door, request: IncomingMessage) => void;
  /** Whose places its sockets take; laptops' where it does not say. */
  readonly pool?: Pool;
  /**
   * Whether who is at the other end has shown that it belongs here. Until then it may not say much,
   * and gives way to newcomers; where a service never says so, it is always so.
   */
  readonly isProved?: (socket: WebSocket) => boolean;
}

export interface DoorOptions {
  readonly door: Door;
  readonly hosts: readonly string[];
  readonly port: number;
  readonly guard: Guard;
  readonly services: readonly SocketService[];
  /** Called for requests that passed the guard. */
  readonly pages: Pages;
  /** By default those for a room full of people. */
  readonly limits?: DoorLimits;
  /** Who asks, as a request's head shows it; null for who shows nothing, or nothing that is so. */
  readonly whoAsks?: (head: string) => Asker | null;
  readonly log: HubLog;
}

export interface Routes {
  readonly pages: readonly string[];
  readonly sockets: readonly string[];
}

export interface OpenDoor {
  readonly port: number;
  /** Every path that leads anywhere through this door. */
  readonly routes: Routes;
  /** Stops listening and ends every connection that came through this door. */
  close(): Promise<void>;
}

export type DoorResult =
  | { readonly ok: true; readonly door: OpenDoor }
  | { readonly ok: false; readonly reason: ListenFailure };

const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;
/** How long a socket may take to say goodbye before it is cut. */
const GOODBYE_MS = 500;

/** An attacker who is refused again and again is not to fill a log as well. */
const LOG_LINES: Allowance = { burst: 100, perSecond: 5 };

/**
 * For every service, so that none can forget it. Chromium cuts a long message into a few fragments,
 * a slow network into a few hundred pieces.
 */
const socketOptions = {
  perMessageDeflate: false,
  maxFragments: 64,
  maxBufferedChunks: 1_024,
  maxPendingAutoPongs: 4,
  closeTimeout: 2_000,
};

async function endSockets(sockets: ReadonlySet<WebSocket>): Promise<void> {
  await Promise.all(
    [...sockets].map(
      (socket) =>
        new Promise<void>((resolve) => {
          const cut = setTimeout(() => socket.terminate(), GOODBYE_MS);
          socket.once('close', () => {
            clearTimeout(cut);
            resolve();
          });
          socket.close(GOING_AWAY);
        }),
    ),
  );
}

/** What a WebSocket's beginning must look like; RFC 6455, 4.2.1. */
const isHandshake = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  headers['sec-websocket-version'] === '13' &&
  /^[+/0-9A-Za-z]{22}==$/u.test(headers['sec-websocket-key'] ?? '');

/** Opens one of the hub's two listeners. Every request and every upgrade passes the guard first. */
export async function openDoor(options: DoorOptions): Promise<DoorResult> {
  const { door, guard, services, pages } = options;
  const isOpenToOthers = door === 'network';
  const limits = options.limits ?? (isOpenToOthers ? networkLimits : loopbackLimits);
  const now = (): number => performance.now();
  const lines = createPurse(LOG_LINES, now);
  const mayAsk = createKnownAskers(limits, now);
  const log: HubLog = (event) => {
    if ((event.event !== 'refused' && event.event !== 'dropped') || lines.take(1)) {
      options.log(event);
    }
  };
  const createPool = (most: number, strangers: number, socket: SocketLimits) => ({
    most,
    sockets: new Set<WebSocket>(),
    strangers: createPlaces<WebSocket>(strangers, (stranger) => drop(stranger, 'crowded')),
    watch: createSocketWatch(socket, now),
  });
  const pools = {
    laptops: createPool(limits.sockets, limits.strangers, limits.socket),
    phones: createPool(limits.phones, limits.phoneStrangers, limits.phone),
  };
  const poolOf = ({ pool = 'laptops' }: SocketService): (typeof pools)[Pool] => pools[pool];
  for (const { server } of services) {
    // One message a turn for those from the network; this laptop's own may come as fast as they can.
    Object.assign(server.options, socketOptions, { allowSynchronousEvents: !isOpenToOthers });
  }

  function drop(socket: WebSocket, reason: DropReason): void {
    if (socket.readyState !== socket.OPEN) return;
    log({ event: 'dropped', service: 'door', reason });
    socket.close(POLICY_VIOLATION);
    socket.terminate();
  }

  const whyNot = (request: IncomingMessage): Refusal | null =>
    pathOf(request) === null ? 'malformed-request' : guard(request);

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reason = whyNot(request);
    if (reason !== null) {
      log({ event: 'refused', door, reason });
      refuse(request, response, reason, { Connection: 'close' });
      return;
    }
    // From the network, a connection is for one question: what it sends after it is not looked at.
    if (isOpenToOthers) response.setHeader('Connection', 'close');
    await pages.answer(request, response, pathOf(request) ?? '');
  }

  /** Whether there is no place left, not even a stranger's. */
  function isFull(service: SocketService): boolean {
    const { sockets, most, strangers } = poolOf(service);
    return sockets.size >= most && !strangers.evict();
  }

  function onUpgrade(request: IncomingMessage, _stream: Duplex, head: Buffer): void {
    const raw = request.socket;
    const service = services.find(({ path }) => path === pathOf(request));
    const reason =
      whyNot(request) ??
      (service === undefined ? 'not-found' : null) ??
      (isHandshake(request) ? null : 'malformed-request') ??
      (service !== undefined && isFull(service) ? 'too-many-sockets' : null);
    if (service === undefined || reason !== null) {
      log({ event: 'refused', door, reason: reason ?? 'not-found' });
      refuseUpgrade(raw, reason ?? 'not-found');
      return;
    }
    const address = addressOf(raw.remoteAddress);
    service.server.handleUpgrade(request, raw, head, (socket) => {
      waitingRoom.leave(raw);
      enter(service, socket, request, address);
    });
  }

  function enter(
    service: SocketService,
    socket: WebSocket,
    request: IncomingMessage,
    address: string,
  ): void {
    const { sockets, strangers, watch } = poolOf(service);
    sockets.add(socket);
    socket.once('close', onClose);
    service.accept(socket, door, request);
    // What follows a frame that is none would be read on for as long as it comes.
    socket.on('error', onError);
    // Of this laptop itself; or one of thousands, of whom everything is known already.
    const isWatched = limits[service.pool === 'phones' ? 'phone' : 'socket'].messages !== null;
    if (!isOpenToOthers || (!isWatched && service.isProved?.(socket) === true)) return;
    strangers.add(socket, address);
    watch.watch({
      socket,
      raw: request.socket,
      address,
      isProved: () => service.isProved?.(socket) ?? false,
      onProved: () => strangers.delete(socket),
      drop: (reason) => drop(socket, reason),
    });
  }

  // The same two for all sockets, which are their `this`: a closure each takes memory for thousands.
  function onClose(this: WebSocket): void {
    for (const { sockets, strangers } of Object.values(pools)) {
      sockets.delete(this);
      strangers.delete(this);
    }
  }
  function onError(this: WebSocket): void {
    this.terminate();
  }

  const http = createHttpServer(
    // The guard looks at the host, and answers as everywhere.
    { maxHeaderSize: limits.headBytes, requireHostHeader: false },
    (request, response) => {
      response.once('close', () => waitingRoom.onAnswered(request.socket));
      onRequest(request, response).catch((error: unknown) => {
        log(faultOf(error));
        response.destroy();
      });
    },
  );
  http.on('upgrade', onUpgrade);
  http.on('checkExpectation', (request, response) => {
    refuse(request, response, 'malformed-request', { Connection: 'close' });
  });
  http.on('clientError', (_error, socket) => {
    if (socket instanceof Socket && socket.writable) refuseUpgrade(socket, 'malformed-request');
    else socket.destroy();
  });
  const waitingRoom = createWaitingRoom({
    most: limits.plain,
    headMs: limits.headMs,
    requestMs: limits.requestMs,
    maxHeadBytes: limits.headBytes,
    requests: isOpenToOthers ? limits.requests : null,
    isKnown(head) {
      const asker = options.whoAsks?.(head) ?? null;
      return asker !== null && mayAsk(asker);
    },
    onReady: (socket) => void http.emit('connection', socket),
    onRefused(reason, socket) {
      log({ event: 'refused', door, reason });
      refuseUpgrade(socket, reason);
    },
    now,
  });
  const makeServer = (): Server =>
    createServer({ noDelay: true }, (socket) => waitingRoom.enter(socket));
  function stop(): void {
    waitingRoom.close();
    for (const { watch } of Object.values(pools)) watch.stop();
  }

  const listening = await listen(makeServer, options.hosts, options.port);
  if (!listening.ok) {
    stop();
    return listening;
  }
  const { port, servers } = listening;
  log({ event: 'opened', door, port });

  return {
    ok: true,
    door: {
      port,
      routes: { pages: pages.paths, sockets: services.map(({ path }) => path) },
      async close() {
        const closed = closeServers(servers);
        stop();
        await Promise.all(Object.values(pools).map(({ sockets }) => endSockets(sockets)));
        await closed;
        log({ event: 'closed', door });
      },
    },
  };
}
