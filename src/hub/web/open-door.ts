import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { faultOf } from '../hub-log.ts';
import type { Door, HubLog } from '../hub-log.ts';
import { closeServers, listen } from '../listen.ts';
import type { ListenFailure } from '../listen.ts';
import type { Guard } from './request-guard.ts';
import { pathOf } from './request-guard.ts';
import { refuse, refuseUpgrade } from './respond.ts';

/** Something that takes WebSockets at one path. */
export interface SocketService {
  readonly path: string;
  readonly server: WebSocketServer;
  /** Told by which door it came: loopback is this laptop itself. */
  readonly accept: (socket: WebSocket, door: Door) => void;
}

export interface DoorOptions {
  readonly door: Door;
  readonly hosts: readonly string[];
  readonly port: number;
  readonly guard: Guard;
  readonly services: readonly SocketService[];
  /** Called for requests that passed the guard. */
  readonly answer: (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ) => Promise<void>;
  /** How many WebSockets may be open through this door at once. */
  readonly maxSockets: number;
  readonly log: HubLog;
}

export interface OpenDoor {
  readonly port: number;
  /** Stops listening and ends every connection that came through this door. */
  close(): Promise<void>;
}

export type DoorResult =
  | { readonly ok: true; readonly door: OpenDoor }
  | { readonly ok: false; readonly reason: ListenFailure };

const GOING_AWAY = 1001;
/** How long a socket may take to say goodbye before it is cut. */
const GOODBYE_MS = 500;

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

/** Opens one of the hub's two listeners. Every request and every upgrade passes the guard first. */
export async function openDoor(options: DoorOptions): Promise<DoorResult> {
  const { door, guard, services, answer, log } = options;
  const sockets = new Set<WebSocket>();

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const reason = path === null ? 'malformed-request' : guard(request);
    if (path === null || reason !== null) {
      log({ event: 'refused', door, reason: reason ?? 'malformed-request' });
      refuse(request, response, reason ?? 'malformed-request');
      return;
    }
    await answer(request, response, path);
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Without a listener, a connection that breaks at this moment would take the process down.
    socket.on('error', () => socket.destroy());
    const service = services.find(({ path }) => path === pathOf(request));
    const reason =
      guard(request) ??
      (service === undefined ? 'not-found' : null) ??
      (sockets.size >= options.maxSockets ? 'too-many-sockets' : null);
    if (service === undefined || reason !== null) {
      log({ event: 'refused', door, reason: reason ?? 'not-found' });
      refuseUpgrade(socket, reason ?? 'not-found');
      return;
    }
    service.server.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.add(webSocket);
      webSocket.once('close', () => sockets.delete(webSocket));
      service.accept(webSocket, door);
    });
  }

  function makeServer(): Server {
    const server = createServer((request, response) => {
      onRequest(request, response).catch((error: unknown) => {
        log(faultOf(error));
        response.destroy();
      });
    });
    server.on('upgrade', onUpgrade);
    server.on('clientError', (_error, socket) => {
      if (socket.writable) refuseUpgrade(socket, 'malformed-request');
      else socket.destroy();
    });
    server.headersTimeout = 10_000;
    server.requestTimeout = 30_000;
    server.maxConnections = options.maxSockets * 2;
    return server;
  }

  const listening = await listen(makeServer, options.hosts, options.port);
  if (!listening.ok) return listening;
  const { port, servers } = listening;
  log({ event: 'opened', door, port });

  return {
    ok: true,
    door: {
      port,
      async close() {
        const closed = closeServers(servers);
        await endSockets(sockets);
        await closed;
        log({ event: 'closed', door });
      },
    },
  };
}
