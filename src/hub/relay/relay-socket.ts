import type { Hocuspocus, WebSocketLike } from '@hocuspocus/server';
import type { RawData, WebSocket } from 'ws';
import { documentIdOfAccessKey } from '../../core/protocol/document-key.ts';
import { faultOf } from '../hub-log.ts';
import type { DropReason, HubLog } from '../hub-log.ts';
import type { KeepAlive } from '../keep-alive.ts';
import { createPresence } from './presence.ts';
import { deniedFrame, pingFrame, readRelayFrame } from './relay-frame.ts';
import type { RelayFrame } from './relay-frame.ts';

/** Why a document is not opened; what the client's `authenticationFailed` event carries. */
export type RelayRefusal =
  /** The token is not this document's access key. */
  | 'wrong-key'
  /** This socket has as many documents open as one may have. */
  | 'too-many-documents'
  /** The hub holds as many documents as it can. */
  | 'hub-full';

/** What Hocuspocus hands back to our hooks. */
export interface RelayContext {
  readonly onDocumentClosed: (documentId: string) => void;
}

export interface RelaySocketOptions {
  readonly hocuspocus: Hocuspocus<RelayContext>;
  readonly log: HubLog;
  readonly keepAlive: KeepAlive;
  readonly idleMs: number;
  readonly heartbeatMs: number;
  readonly room: () => number;
  readonly isFull: (documentId: string) => boolean;
}

/** A session has a plan and up to 40 groups, and a laptop may have a few sessions open. */
const MAX_DOCUMENTS_PER_SOCKET = 256;
const MAX_REFUSALS_PER_SOCKET = 64;
/** What a socket may leave unread: a whole document twice. It comes back and asks for what it lacks. */
const MAX_UNREAD_BYTES = 128 * 1024 * 1024;

const POLICY_VIOLATION = 1008;
const TRY_LATER = 1013;

/**
 * Stands between one laptop's socket and Hocuspocus: lets through only frames that it has read, for
 * documents whose key was shown on this socket, so that nothing waits in memory for a key to come
 * and no frame reaches code that would meet it unprepared.
 */
export function acceptLaptop(socket: WebSocket, options: RelaySocketOptions): void {
  const { hocuspocus, log, keepAlive } = options;
  const opened = new Map<string, string>();
  const presence = createPresence(hocuspocus);
  let refusals = 0;
  let dropped = false;

  function drop(reason: DropReason, code: number | null = null): void {
    if (dropped) return;
    dropped = true;
    log({ event: 'dropped', service: 'relay', reason });
    if (code === null) socket.terminate();
    else socket.close(code, reason);
  }

  const outgoing: WebSocketLike = {
    get readyState() {
      return socket.readyState;
    },
    send(data) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_UNREAD_BYTES) drop('too-slow');
      else if (data instanceof Uint8Array) socket.send(data);
    },
    close() {
      drop('reset', TRY_LATER);
    },
  };

  const context: RelayContext = {
    onDocumentClosed(documentId) {
      if ([...opened.values()].includes(documentId)) drop('reset', TRY_LATER);
    },
  };

  const client = hocuspocus.handleConnection(
    outgoing,
    // Headers and address are not handed on: nothing behind here may decide by them.
    new Request('http://localhost/relay'),
    context,
  );

  function refusalOf(documentId: string, token: string): RelayRefusal | null {
    if (documentIdOfAccessKey(token) !== documentId) return 'wrong-key';
    if (opened.size >= MAX_DOCUMENTS_PER_SOCKET) return 'too-many-documents';
    return options.isFull(documentId) || options.room() < 0 ? 'hub-full' : null;
  }

  function open(frame: RelayFrame & { kind: 'open' }, bytes: Uint8Array): void {
    if (opened.has(frame.key)) return;
    const refusal = refusalOf(frame.documentId, frame.token);
    if (refusal === null) {
      opened.set(frame.key, frame.documentId);
      clearTimeout(idle);
      client.handleMessage(bytes);
      return;
    }
    refusals += 1;
    log({ event: 'document-refused', reason: refusal });
    if (refusals > MAX_REFUSALS_PER_SOCKET) drop('too-much', POLICY_VIOLATION);
    else socket.send(deniedFrame(frame.key, refusal));
  }

  function handle(frame: RelayFrame, bytes: Uint8Array): void {
    if (frame.kind === 'pong') return;
    if (frame.kind === 'open') {
      open(frame, bytes);
      return;
    }
    // The client does not wait for the answer to its token, so after a refusal more may come.
    const documentId = opened.get(frame.key);
    if (documentId === undefined) return;
    if (frame.kind === 'change' && frame.memory > options.room()) {
      drop('hub-full', TRY_LATER);
      return;
    }
    if (frame.kind === 'presence') presence.heard(documentId, frame.states);
    if (frame.kind === 'close') {
      opened.delete(frame.key);
      presence.left(documentId);
    }
    client.handleMessage(bytes);
  }

  function onMessage(data: RawData, isBinary: boolean): void {
    if (dropped) return;
    const frame = isBinary && Buffer.isBuffer(data) ? readRelayFrame(data) : null;
    if (frame === null || !Buffer.isBuffer(data)) drop('malformed-frame', POLICY_VIOLATION);
    else handle(frame, data);
  }

  /** Runs what answers an event of the socket, where nobody else would catch. */
  function contained(run: () => void): void {
    try {
      run();
    } catch (error) {
      log(faultOf(error));
      drop('reset');
    }
  }

  const idle = setTimeout(() => drop('idle', POLICY_VIOLATION), options.idleMs);
  const heartbeat = setInterval(() => outgoing.send(pingFrame), options.heartbeatMs);
  socket.on('message', (data, isBinary) => contained(() => onMessage(data, isBinary)));
  // ws has ended the socket by the time it reports a frame that is too large or not WebSocket.
  socket.on('error', () => drop('malformed-frame'));
  socket.once('close', (code, reason) => {
    clearTimeout(idle);
    clearInterval(heartbeat);
    dropped = true;
    contained(() => client.handleClose({ code, reason: reason.toString() }));
    contained(() => [...opened.values()].forEach(presence.left));
  });
  keepAlive.watch(socket, () => drop('gone'));
}
