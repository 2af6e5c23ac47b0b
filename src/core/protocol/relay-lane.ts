import { createFifo, type Fifo } from './fifo.ts';
import { writeRelayFrame } from './relay-frame.ts';

/**
 * The lane for what is long. Messages are cut into parts, of which only so many bytes are under way
 * as the other end takes in within a fraction of a second; so a ping or a presence, which goes beside
 * the lane, never stands behind megabytes, on any network, and the status stays true (S3) while
 * bulk travels (S4). Sockets do not tell how much waits in the system's own buffers, so the other
 * end says what it got.
 *
 * Documents take turns, each in its own order.
 */
export interface Lane {
  push(channel: number, message: Uint8Array): void;
  /** The other end has taken in that many bytes of parts. */
  acknowledge(bytes: number): void;
  /** Forgets what has not been sent of this document. */
  drop(channel: number): void;
  /** Whether something of this document has not been sent to its end. */
  isSending(channel: number): boolean;
  /** Bytes that have not been sent or not been acknowledged. */
  pending(): number;
}

export interface LaneOptions {
  readonly send: (frame: Uint8Array) => void;
  /** A clock that never jumps, in milliseconds. */
  readonly now: () => number;
}

/** On a quick line a piece of a document is one part, so that nobody has to put it together. */
const MOST_PART = 224 * 1024;
/** A quarter of a second at 256 kbit/s. */
const LEAST_WINDOW = 8 * 1024;
const MOST_WINDOW = 8 * 1024 * 1024;
const FIRST_WINDOW = 16 * 1024;
/** How long a part may be under way before fewer are sent, and until when more are. Milliseconds. */
const SLOW_MS = 500;
const FAST_MS = 150;
/** An answer so quick that four times as much will not be slow either. */
const INSTANT_MS = 30;

/** A part that is under way. */
interface Sent {
  /** How many bytes had been sent when it had been. */
  readonly end: number;
  readonly at: number;
}
interface Queue {
  readonly messages: Fifo<Uint8Array>;
  /** How much of the first message has been sent. */
  at: number;
}

export function createLane({ send, now }: LaneOptions): Lane {
  /** In the order of their turns. */
  const queues = new Map<number, Queue>();
  const sent = createFifo<Sent>();
  let waitingBytes = 0;
  let sentBytes = 0;
  let takenBytes = 0;
  let window = FIRST_WINDOW;

  function sendNext(channel: number, queue: Queue): void {
    const message = queue.messages.first() ?? new Uint8Array();
    const bytes = message.subarray(
      queue.at,
      queue.at + Math.min(MOST_PART, Math.floor(window / 4)),
    );
    queue.at += bytes.length;
    const last = queue.at >= message.length;
    // The turn passes on, and after the last part so does the message.
    queues.delete(channel);
    if (last) {
      queue.messages.shift();
      queue.at = 0;
    }
    if (queue.messages.size() > 0) queues.set(channel, queue);
    waitingBytes -= bytes.length;
    sentBytes += bytes.length;
    sent.push({ end: sentBytes, at: now() });
    send(writeRelayFrame({ kind: 'part', channel, last, bytes }));
  }
  function drain(): void {
    for (;;) {
      const [next] = queues;
      if (next === undefined || sentBytes - takenBytes >= window) return;
      sendNext(...next);
    }
  }

  return {
    push(channel, message) {
      const queue = queues.get(channel) ?? { messages: createFifo<Uint8Array>(), at: 0 };
      queue.messages.push(message);
      queues.set(channel, queue);
      waitingBytes += message.length;
      drain();
    },
    acknowledge(bytes) {
      takenBytes = Math.min(takenBytes + bytes, sentBytes);
      const oldest = sent.first();
      if (oldest !== undefined && oldest.end <= takenBytes) {
        const took = now() - oldest.at;
        if (took > SLOW_MS) window = Math.max(LEAST_WINDOW, Math.floor(window / 2));
        else if (took < INSTANT_MS) window = Math.min(MOST_WINDOW, window + 3 * bytes);
        else if (took < FAST_MS) window = Math.min(MOST_WINDOW, window + bytes);
      }
      while ((sent.first()?.end ?? Infinity) <= takenBytes) sent.shift();
      drain();
    },
    drop(channel) {
      const queue = queues.get(channel);
      if (queue === undefined) return;
      // A message that has begun must end, or the other end would glue the next one to it.
      for (const { length } of queue.messages.keep(queue.at > 0 ? 1 : 0)) waitingBytes -= length;
      if (queue.messages.size() === 0) queues.delete(channel);
    },
    isSending: (channel) => queues.has(channel),
    pending: () => waitingBytes + sentBytes - takenBytes,
  };
}

/** Puts the parts of each document's messages together again. */
export interface Assembler {
  /** The whole message after its last part, else null; 'too-large' ends it. */
  add(channel: number, last: boolean, bytes: Uint8Array): Uint8Array | 'too-large' | null;
  drop(channel: number): void;
  /** Bytes of messages that are not whole yet. */
  held(): number;
  isReceiving(channel: number): boolean;
}

/** A message that claims to be larger than this is not put together. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

export function createAssembler(): Assembler {
  const parts = new Map<number, Uint8Array[]>();
  let held = 0;

  function take(channel: number): readonly Uint8Array[] {
    const pieces = parts.get(channel) ?? [];
    parts.delete(channel);
    held -= pieces.reduce((sum, { length }) => sum + length, 0);
    return pieces;
  }

  return {
    add(channel, last, bytes) {
      if (held + bytes.length > MAX_MESSAGE_BYTES) return 'too-large';
      const before = parts.get(channel);
      if (last && before === undefined) return bytes;
      const pieces = before ?? [];
      // The frame's own memory is larger than its part and would be held with it.
      pieces.push(bytes.slice());
      parts.set(channel, pieces);
      held += bytes.length;
      if (!last) return null;
      const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const piece of take(channel)) {
        whole.set(piece, at);
        at += piece.length;
      }
      return whole;
    },
    drop: (channel) => void take(channel),
    held: () => held,
    isReceiving: (channel) => parts.has(channel),
  };
}
