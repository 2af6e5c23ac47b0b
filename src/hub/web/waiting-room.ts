import type { Socket } from 'node:net';
import { addressOf } from './address-of.ts';
import { createPurses } from './allowance.ts';
import type { Allowance } from './allowance.ts';
import { createPlaces } from './places.ts';

export interface WaitingRoomOptions {
  /** How many connections there may be that are no WebSocket. */
  readonly most: number;
  /** How long the first request's head may take, and everything after it, in milliseconds. */
  readonly headMs: number;
  readonly requestMs: number;
  readonly maxHeadBytes: number;
  /** How many requests one address may make; null for as many as it likes. */
  readonly requests: Allowance | null;
  /** Whether a request's head shows somebody whom the hub knows, so that it does not count as its address's. */
  readonly isKnown?: (head: string) => boolean;
  /** Called with a connection whose first request's head is there, to be read from the beginning. */
  readonly onReady: (socket: Socket) => void;
  /** Called for a connection that asks for too much or for nothing that is HTTP. */
  readonly onRefused: (reason: 'malformed-request' | 'too-many-requests', socket: Socket) => void;
  /** A clock that never jumps, in milliseconds. */
  readonly now: () => number;
}

export interface WaitingRoom {
  /** A connection has come. */
  enter(socket: Socket): void;
  /** It was answered: what it asks next has its time again. */
  onAnswered(socket: Socket): void;
  /** It has become a WebSocket, and is no concern of this place any more. */
  leave(socket: Socket): void;
  /** Ends all that are here. */
  close(): void;
}

const END_OF_HEAD = '\r\n\r\n';
const LOOK_EVERY_MS = 100;
/** Thousands that came in one moment have their time in one moment: to end all of them stops the hub for 0.1 s. */
const MOST_ENDED_AT_ONCE = 200;

/** How long a body the head announces. */
const bodyBytes = (head: string): number =>
  Number(/\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*(?:\r\n|$)/iu.exec(head)?.[1] ?? 0);

/**
 * Where connections are kept until they have asked for something. To read HTTP costs far more than to
 * hold a connection; so who says nothing, or says it a byte at a time, costs next to nothing here, is
 * soon ended, and takes no place from others (`places.ts`).
 */
export function createWaitingRoom(options: WaitingRoomOptions): WaitingRoom {
  const { now } = options;
  const deadlines = new Map<Socket, number>();
  const places = createPlaces<Socket>(options.most, end);
  const purses = options.requests === null ? null : createPurses(options.requests, now);
  const timer = setInterval(() => {
    const time = now();
    let ended = 0;
    for (const [socket, deadline] of deadlines) {
      if (deadline >= time) continue;
      end(socket);
      ended += 1;
      if (ended === MOST_ENDED_AT_ONCE) return;
    }
  }, LOOK_EVERY_MS);
  timer.unref();

  function leave(socket: Socket): void {
    deadlines.delete(socket);
    places.delete(socket);
  }
  /** Without a goodbye, which would wait for who does not take it. */
  function end(socket: Socket): void {
    leave(socket);
    socket.resetAndDestroy();
  }

  /** Counts a request whose head is there; false where it is one too many. */
  function mayAsk(head: Buffer, headEnd: number, address: string): boolean {
    if (purses === null) return true;
    const isKnown = options.isKnown?.(head.toString('latin1', 0, headEnd)) ?? false;
    return isKnown || purses(address).take(1);
  }

  function enter(socket: Socket): void {
    const address = addressOf(socket.remoteAddress);
    let head: Buffer = Buffer.alloc(0);
    deadlines.set(socket, now() + options.headMs);
    places.add(socket, address);

    function onData(chunk: Buffer): void {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const headEnd = head.indexOf(END_OF_HEAD);
      const isTooLong = (headEnd === -1 ? head.length : headEnd) > options.maxHeadBytes;
      if (headEnd === -1 && !isTooLong) return;
      socket.off('data', onData);
      socket.pause();
      const after = head.length - headEnd - END_OF_HEAD.length;
      // Several requests at once would all be answered before anybody else is.
      if (isTooLong || (after > 0 && after > bodyBytes(head.toString('latin1', 0, headEnd)))) {
        options.onRefused('malformed-request', socket);
      } else if (!mayAsk(head, headEnd, address)) {
        options.onRefused('too-many-requests', socket);
      } else {
        deadlines.set(socket, now() + options.requestMs);
        socket.unshift(head);
        options.onReady(socket);
        socket.resume();
      }
    }
    socket.on('data', onData);
    // Without a listener, a connection that breaks would take the process down.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => leave(socket));
  }

  return {
    enter,
    onAnswered(socket) {
      if (deadlines.has(socket)) deadlines.set(socket, now() + options.requestMs);
    },
    leave,
    close() {
      clearInterval(timer);
      for (const socket of deadlines.keys()) end(socket);
    },
  };
}
