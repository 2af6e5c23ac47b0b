import type { PhoneFrame, ToPhone } from '../../src/core/protocol/voting-frames.ts';

/** The way to the plenary laptop: a WebSocket that comes back by itself. */
export interface Link {
  /** False where there is no connection at the moment. */
  send(frame: PhoneFrame): boolean;
  /** Gives up the connection that there is and tries at once: the network has changed, or the phone slept. */
  again(): void;
  /** For good: this page cannot talk to that laptop. */
  stop(): void;
}

export interface LinkOptions {
  readonly open: () => WebSocket;
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onFrame: (frame: ToPhone) => void;
  /** What may be said at any time and is always answered, to see whether anybody is there. */
  readonly probe: () => void;
  readonly random?: () => number;
}

type Timer = ReturnType<typeof setTimeout> | undefined;

const SHORTEST_MS = 300;
const SOON_MS = 1_000;
const LONGEST_MS = 3_000;
/** A hub that was started again is there by then; who is away for longer is asked for more rarely. */
const SOON_TRIES = 6;
/** An answer that has not come by then will not come by this connection. */
const ANSWER_MS = 4_000;
/** Nothing tells a page that a Wi-Fi without an end has lost it; so it asks when it has heard nothing. */
const QUIET_MS = 20_000;

/** Waits 0.3 to 1 s before the first tries and up to 3 s before later ones: a whole room comes back at once. */
export function backoff(failures: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, SOON_MS * 2 ** Math.max(0, failures - SOON_TRIES + 1));
  return SHORTEST_MS + random() * (longest - SHORTEST_MS);
}

function readFrame(data: unknown): ToPhone | null {
  try {
    const frame: unknown = JSON.parse(String(data));
    return typeof frame === 'object' && frame !== null && 'type' in frame
      ? (frame as ToPhone)
      : null;
  } catch {
    return null;
  }
}

export function createLink(options: LinkOptions): Link {
  const { open, onUp, onDown, onFrame, probe, random = Math.random } = options;
  let socket: WebSocket | null = null;
  let failures = 0;
  let stopped = false;
  let retry: Timer;
  let overdue: Timer;
  let quiet: Timer;

  function listen(): void {
    clearTimeout(overdue);
    clearTimeout(quiet);
    overdue = undefined;
    quiet = setTimeout(probe, QUIET_MS);
  }
  function expectAnswer(): void {
    overdue ??= setTimeout(lost, ANSWER_MS);
  }
  function drop(): void {
    clearTimeout(retry);
    clearTimeout(overdue);
    clearTimeout(quiet);
    overdue = undefined;
    const old = socket;
    socket = null;
    if (old === null) return;
    old.onopen = old.onmessage = old.onclose = null;
    old.close();
  }
  function lost(): void {
    drop();
    onDown();
    if (stopped) return;
    retry = setTimeout(connect, backoff(failures, random));
    failures += 1;
  }
  function connect(): void {
    drop();
    if (stopped) return;
    let fresh: WebSocket;
    try {
      fresh = open();
    } catch {
      lost();
      return;
    }
    socket = fresh;
    expectAnswer();
    fresh.onopen = () => {
      listen();
      onUp();
    };
    fresh.onclose = lost;
    fresh.onmessage = ({ data }) => {
      failures = 0;
      listen();
      const frame = readFrame(data);
      if (frame !== null) onFrame(frame);
    };
  }
  connect();
  return {
    send(frame) {
      if (socket === null || socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      expectAnswer();
      return true;
    },
    again() {
      if (stopped) return;
      failures = 0;
      if (socket !== null && socket.readyState === WebSocket.OPEN) onDown();
      connect();
    },
    stop() {
      stopped = true;
      drop();
      onDown();
    },
  };
}
