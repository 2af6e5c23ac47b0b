import { Hocuspocus } from '@hocuspocus/server';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { documentIdOfAccessKey } from '../../core/protocol/document-key.ts';
import type { HubLog } from '../hub-log.ts';
import type { KeepAlive } from '../keep-alive.ts';
import type { SocketService } from '../web/open-door.ts';
import { heapRoom } from './heap-room.ts';
import { MAX_RELAY_FRAME_BYTES } from './relay-frame.ts';
import { acceptLaptop } from './relay-socket.ts';
import type { RelayContext } from './relay-socket.ts';

export interface Relay extends SocketService {
  readonly documentCount: () => number;
  /** Lets go of every document; call it once all sockets are closed. */
  readonly stop: () => void;
}

export interface RelayOptions {
  readonly log: HubLog;
  readonly keepAlive: KeepAlive;
  /** How many documents the relay holds at once. */
  readonly maxDocuments?: number;
  /** How long a socket may stay without opening a document, in milliseconds. */
  readonly idleMs?: number;
  /** How often every socket is sent a sign of life, in milliseconds. */
  readonly heartbeatMs?: number;
  /** How many bytes the relay may still take; by default what the process's heap allows. */
  readonly room?: () => number;
}

const MAX_DOCUMENTS = 1000;
const IDLE_MS = 20_000;
/** Well within the 6 s after which our laptops give up a silent connection, lost packets included. */
const HEARTBEAT_MS = 2_000;
/** Idle time in Hocuspocus's terms. Pings find who is gone; a tab in the background may say nothing for long. */
const SILENCE_MS = 10 * 60_000;

/** Hocuspocus logs errors that have a message; a wrong key is no news. */
class WrongKey extends Error {
  readonly reason = 'wrong-key';
}

/**
 * Carries documents between laptops that cannot reach each other. Whoever shows a document's access
 * key may open it, and no list of documents is needed for that: the key's hash is the id (A1).
 *
 * Nothing is kept here: a document goes when the last laptop leaves it, and comes back with the
 * first, which sends whatever the relay says that it lacks.
 */
export function createRelay(options: RelayOptions): Relay {
  const { log, keepAlive, maxDocuments = MAX_DOCUMENTS, room = heapRoom } = options;
  const hocuspocus = new Hocuspocus<RelayContext>({
    quiet: true,
    timeout: SILENCE_MS,
    // Otherwise changes go out from a setImmediate of the document's own, where an exception would
    // take the process down; this way it lands in the handling of the frame that caused it.
    flushDelay: false,
    onAuthenticate: ({ token, documentName }) =>
      documentIdOfAccessKey(token) === documentName
        ? Promise.resolve()
        : Promise.reject(new WrongKey()),
    // A document that Hocuspocus closes while its socket stays open would be dead until the next
    // reconnection, for its client does not open it again.
    onDisconnect: ({ context, documentName }) => {
      context.onDocumentClosed(documentName);
      return Promise.resolve();
    },
  });

  return {
    path: '/relay',
    server: new WebSocketServer({
      noServer: true,
      maxPayload: MAX_RELAY_FRAME_BYTES,
      // One frame at a time: Hocuspocus opens and closes documents in promises, and a frame that
      // overtakes them is lost (close and open again in one packet) or waits in memory.
      allowSynchronousEvents: false,
    }),
    accept: (socket: WebSocket) =>
      acceptLaptop(socket, {
        hocuspocus,
        log,
        keepAlive,
        idleMs: options.idleMs ?? IDLE_MS,
        heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
        room,
        isFull: (documentId) =>
          hocuspocus.documents.size >= maxDocuments && !hocuspocus.documents.has(documentId),
      }),
    documentCount: () => hocuspocus.documents.size,
    stop() {
      hocuspocus.closeConnections();
      hocuspocus.flushPendingStores();
    },
  };
}
