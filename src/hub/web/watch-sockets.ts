import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { DropReason } from '../hub-log.ts';
import { createPurse, createPurses } from './allowance.ts';
import type { Allowance } from './allowance.ts';
import { createFrameMeter } from './frame-meter.ts';

export interface SocketLimits {
  /** Bytes from who has not proved anything: nothing honest needs more before. Beyond it, dropped. */
  readonly strangerBytes: Allowance;
  /** The longest message from a stranger, in bytes; dropped as soon as a longer one is announced. */
  readonly strangerMessageBytes: number;
  /** Messages from a stranger. Beyond it, dropped. */
  readonly strangerMessages: Allowance;
  /** Messages from all strangers of an address. Beyond it, those are dropped that have said more than a few. */
  readonly addressMessages: Allowance;
  /**
   * Messages from who has proved itself. Beyond it, made to wait; nothing is lost. Null to watch it
   * no longer, because its service does: that takes memory for each of thousands.
   */
  readonly messages: Allowance | null;
  /** How long a message may take to be whole, in milliseconds. */
  readonly strangerMessageMs: number;
  readonly messageMs: number;
}

export interface Watched {
  readonly socket: WebSocket;
  /** What carries it. */
  readonly raw: Socket;
  readonly address: string;
  readonly isProved: () => boolean;
  /** Called once, when `isProved` has become true. */
  readonly onProved: () => void;
  readonly drop: (reason: DropReason) => void;
}

export interface SocketWatch {
  /** Until the socket is closed. Call it after the service has taken the socket. */
  watch(watched: Watched): void;
  stop(): void;
}

/** How long a socket that says too much is not read, in milliseconds. */
const PAUSE_MS = 100;
const LOOK_EVERY_MS = 1_000;
/** What it takes to prove oneself: a hello, a document to open, the proof, and some more. */
const A_FEW = 20;
/** A ping makes the hub answer, and browsers send none. It counts as so many messages. */
const PING_MESSAGES = 20;

/**
 * Holds each socket to what one laptop may say, so that the rest of the room has its share of the
 * hub. How long a message may be and of how many fragments are `ws`'s own limits; what it does not
 * have is here: how much a stranger may say, how long a message may take and how many may come.
 */
export function createSocketWatch(limits: SocketLimits, now: () => number): SocketWatch {
  const purseOf = createPurses(limits.addressMessages, now);
  const looks = new Set<() => void>();
  const timer = setInterval(() => looks.forEach((look) => look()), LOOK_EVERY_MS);
  timer.unref();

  return {
    watch({ socket, raw, address, isProved, onProved, drop }) {
      const bytes = createPurse(limits.strangerBytes, now);
      let messages = createPurse(limits.strangerMessages, now);
      let proved = false;
      let said = 0;
      const meter = createFrameMeter();
      /** When the message began that is not whole yet. */
      let begunAt: number | null = null;

      function onBytes(chunk: Buffer): void {
        const ended = meter.take(chunk);
        if (!meter.isUnderWay()) begunAt = null;
        else if (ended || begunAt === null) begunAt = now();
        if (proved) return;
        const isTooLong = meter.longest() > limits.strangerMessageBytes;
        if (isTooLong || !bytes.take(chunk.length)) drop('too-much');
      }
      function spend(amount: number): void {
        if (proved) {
          if (messages.take(1) || socket.isPaused) return;
          socket.pause();
          setTimeout(() => socket.resume(), PAUSE_MS);
          return;
        }
        said += amount;
        const isMuch = !purseOf(address).take(amount) && said > A_FEW;
        if (isMuch || !messages.take(amount)) drop('too-much');
      }
      function onMessage(): void {
        if (!proved && isProved()) {
          proved = true;
          onProved();
          if (limits.messages === null) {
            leave();
            return;
          }
          messages = createPurse(limits.messages, now);
        }
        spend(1);
      }
      const onPing = (): void => spend(PING_MESSAGES);
      const onPong = (): void => spend(1);
      function leave(): void {
        looks.delete(look);
        raw.off('data', onBytes);
        socket.off('message', onMessage);
        socket.off('ping', onPing);
        socket.off('pong', onPong);
        socket.off('close', leave);
      }
      function look(): void {
        const most = proved ? limits.messageMs : limits.strangerMessageMs;
        if (begunAt !== null && now() - begunAt > most) drop('too-slow');
      }

      looks.add(look);
      // Before `ws` keeps any of it.
      raw.prependListener('data', onBytes);
      socket.on('message', onMessage);
      socket.on('ping', onPing);
      socket.on('pong', onPong);
      socket.once('close', leave);
    },
    stop: () => clearInterval(timer),
  };
}
