import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import { faultOf } from '../hub-log.ts';
import type { DropReason, HubLog } from '../hub-log.ts';
import type { KeepAlive } from '../keep-alive.ts';
import type { SocketService } from '../web/open-door.ts';
import { MAX_SIGNALING_FRAME_BYTES, MAX_TOPICS, readSignalingFrame } from './signaling-frame.ts';
import type { SignalingFrame } from './signaling-frame.ts';

export interface Signaling extends SocketService {
  /** How many topics anyone is subscribed to. */
  readonly topicCount: () => number;
}

/** What a socket may leave unread before it is dropped; it comes back and announces itself anew. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
/** Frames outside the protocol that are overlooked, so that a newer app is not thrown out at once. */
const MAX_MALFORMED_FRAMES = 20;
const POLICY_VIOLATION = 1008;

/**
 * Passes y-webrtc's offers, answers and candidates between laptops. Their content is sealed with
 * the document's direct password, so this side sees topics and ciphertext only.
 *
 * Two things differ from y-webrtc's own server, which its client does not notice: a publication is
 * not echoed to its sender (the client throws its own away), and only subscribers of a topic can
 * publish to it (the client always subscribes first).
 */
export function createSignaling(log: HubLog, keepAlive: KeepAlive): Signaling {
  const subscribers = new Map<string, Set<WebSocket>>();

  function drop(socket: WebSocket, reason: DropReason): void {
    log({ event: 'dropped', service: 'signaling', reason });
    socket.terminate();
  }

  function sendTo(socket: WebSocket, text: string): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) drop(socket, 'too-slow');
    else socket.send(text);
  }

  function unsubscribe(socket: WebSocket, own: Set<string>, topic: string): void {
    own.delete(topic);
    const sockets = subscribers.get(topic);
    sockets?.delete(socket);
    if (sockets?.size === 0) subscribers.delete(topic);
  }

  function subscribe(socket: WebSocket, own: Set<string>, topic: string): void {
    own.add(topic);
    const sockets = subscribers.get(topic) ?? new Set();
    subscribers.set(topic, sockets.add(socket));
  }

  function publish(
    socket: WebSocket,
    own: ReadonlySet<string>,
    topic: string,
    data: unknown,
  ): void {
    if (!own.has(topic)) return;
    const sockets = subscribers.get(topic) ?? new Set();
    const text = JSON.stringify({ type: 'publish', topic, data, clients: sockets.size });
    for (const receiver of sockets) if (receiver !== socket) sendTo(receiver, text);
  }

  /** Whether the socket may go on. */
  function handle(socket: WebSocket, own: Set<string>, frame: SignalingFrame): boolean {
    switch (frame.type) {
      case 'subscribe':
        for (const topic of frame.topics) {
          if (!own.has(topic) && own.size >= MAX_TOPICS) return false;
          subscribe(socket, own, topic);
        }
        break;
      case 'unsubscribe':
        for (const topic of frame.topics) unsubscribe(socket, own, topic);
        break;
      case 'publish':
        publish(socket, own, frame.topic, frame.data);
        break;
      case 'ping':
        sendTo(socket, '{"type":"pong"}');
        break;
    }
    return true;
  }

  function accept(socket: WebSocket): void {
    const own = new Set<string>();
    let malformed = 0;

    function onMessage(data: RawData, isBinary: boolean): void {
      const frame = isBinary || !Buffer.isBuffer(data) ? null : readSignalingFrame(data.toString());
      if (frame === null) {
        malformed += 1;
        if (malformed > MAX_MALFORMED_FRAMES) drop(socket, 'malformed-frame');
      } else if (!handle(socket, own, frame)) {
        log({ event: 'dropped', service: 'signaling', reason: 'too-much' });
        socket.close(POLICY_VIOLATION, 'too many topics');
      }
    }

    socket.on('message', (data, isBinary) => {
      try {
        onMessage(data, isBinary);
      } catch (error) {
        log(faultOf(error));
        drop(socket, 'malformed-frame');
      }
    });
    // ws has ended the socket by the time it reports a frame that is too large or not WebSocket.
    socket.on('error', () => {
      log({ event: 'dropped', service: 'signaling', reason: 'malformed-frame' });
    });
    socket.once('close', () => {
      for (const topic of own) unsubscribe(socket, own, topic);
    });
    keepAlive.watch(socket, () => drop(socket, 'gone'));
  }

  return {
    path: '/signaling',
    server: new WebSocketServer({ noServer: true, maxPayload: MAX_SIGNALING_FRAME_BYTES }),
    accept,
    topicCount: () => subscribers.size,
  };
}
