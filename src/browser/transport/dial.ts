import { LAPTOP_SUBPROTOCOL } from '../../core/protocol/door-token.ts';
import { nobleKeyAgreement } from '../../core/protocol/noble-key-agreement.ts';
import { GREETING_PATH, RELAY_PATH } from '../../core/protocol/relay-frame.ts';
import {
  beginSecureChannel,
  hubIdOf,
  type SecureChannel,
} from '../../core/protocol/secure-channel.ts';

/** A connection to a hub that carries frames. */
export interface Wire {
  send(frame: Uint8Array): void;
  /** Ends it; nothing is called afterwards. */
  close(): void;
  /** Of an encrypted connection, once frames come: which it is, and which hub it leads to. */
  readonly secured?: () => Secured | null;
}
export interface Secured {
  /** The same at both ends of this connection and nowhere else. */
  readonly binding: Uint8Array;
  /** The fingerprint of the key that the other end has shown to have. */
  readonly hubId: string;
}
export interface WireEvents {
  /** Once, before the first frame: somebody has picked up. */
  readonly onOpen?: () => void;
  readonly onFrame: (frame: Uint8Array) => void;
  /** Once: it is gone, or never came up. Not after `close`. */
  readonly onClose: () => void;
}
/**
 * Tries to reach a hub at an address, e.g. "ws://192.168.4.20:4711". `timeoutMs` is how long it may
 * take to answer at all, and then again to open the connection. `doorToken` makes what is shown at
 * its door (`door-token.ts`), as late as the connection is opened; null for nothing.
 */
export type Dial = (
  address: string,
  timeoutMs: number,
  events: WireEvents,
  doorToken?: () => string | null,
) => Wire;

/**
 * How often an address at which nobody answers a plain request is tried by WebSocket all the same,
 * where something on the laptop stands in the way of the one and not of the other. Milliseconds; so
 * rarely that the pause below stays under a tenth of a second.
 */
const BLIND_TRY_MS = 30_000;
const TOO_MANY_REQUESTS = 429;
let lastBlindTry = -Infinity;

/**
 * Whether a hub answers at an address. Asked before a WebSocket is opened, because Chromium makes a
 * page wait before each new one: 1 to 5 s, times 2 to the number that failed in the last minutes,
 * divided by 65,536 (websocket_per_process_throttler.cc). After ten minutes without Wi-Fi that would
 * be seconds between the network's return and the first try. Plain requests have no such pause. A hub
 * to which this address says too much is there too: what is shown to it next may let this laptop in.
 */
async function answers(address: string, signal: AbortSignal): Promise<boolean> {
  try {
    const url = `${address.replace(/^ws/u, 'http')}${GREETING_PATH}`;
    const how = { cache: 'no-store', credentials: 'omit', redirect: 'error' } as const;
    const { ok, status } = await fetch(url, { ...how, signal, referrerPolicy: 'no-referrer' });
    return ok || status === TOO_MANY_REQUESTS;
  } catch {
    return false;
  }
}
function mayTryBlindly(): boolean {
  const now = performance.now();
  if (now - lastBlindTry < BLIND_TRY_MS) return false;
  lastBlindTry = now;
  return true;
}

/** As `dialSocket`, where a hub answers. */
function dialWhereAnswered(
  address: string,
  timeoutMs: number,
  events: WireEvents,
  doorToken: () => string | null,
): Wire {
  const asking = new AbortController();
  const timer = setTimeout(() => asking.abort(), timeoutMs);
  let wire: Wire | null = null;
  let closed = false;
  async function connect(): Promise<void> {
    const isThere = await answers(address, asking.signal);
    clearTimeout(timer);
    if (closed) return;
    if (isThere || mayTryBlindly()) wire = dialSocket(address, timeoutMs, events, doorToken());
    else events.onClose();
  }
  void connect();
  return {
    send: (frame) => wire?.send(frame),
    close() {
      closed = true;
      asking.abort();
      wire?.close();
    },
  };
}

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/**
 * By WebSocket, as it is: to this laptop's own hub. A plain one would hang for minutes on an address
 * that swallows packets, and a browser opens only one at a time to an address; so one that does not
 * answer is let go.
 */
export const dialOwnHub: Dial = (address, timeoutMs, events) =>
  dialSocket(address, timeoutMs, events);

/** By WebSocket, encrypted: over a network. */
export const dialHub: Dial = (address, timeoutMs, { onOpen, onFrame, onClose }, doorToken) => {
  const begun = beginSecureChannel(nobleKeyAgreement(random), RELAY_PATH);
  let channel: SecureChannel | null = null;
  function fail(): void {
    wire.close();
    onClose();
  }
  const onBytes = (bytes: Uint8Array): void => {
    if (channel === null) {
      channel = begun.finish(bytes);
      if (channel === null) fail();
      return;
    }
    const frame = channel.open(bytes);
    if (frame === null) fail();
    else onFrame(frame);
  };
  const wire = dialWhereAnswered(
    address,
    timeoutMs,
    {
      onOpen() {
        onOpen?.();
        wire.send(begun.hello);
      },
      onFrame: onBytes,
      onClose,
    },
    doorToken ?? (() => null),
  );
  return {
    send(frame) {
      if (channel !== null) wire.send(channel.seal(frame));
    },
    close: () => wire.close(),
    secured: () =>
      channel === null ? null : { binding: channel.binding, hubId: hubIdOf(channel.hubKey) },
  };
};

function dialSocket(
  address: string,
  timeoutMs: number,
  { onOpen, onFrame, onClose }: WireEvents,
  doorToken: string | null = null,
): Wire {
  const offered = doorToken === null ? [] : [LAPTOP_SUBPROTOCOL, doorToken];
  const socket = new WebSocket(`${address}${RELAY_PATH}`, offered);
  socket.binaryType = 'arraybuffer';
  const timer = setTimeout(() => {
    close();
    onClose();
  }, timeoutMs);

  function close(): void {
    clearTimeout(timer);
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  socket.onopen = () => {
    clearTimeout(timer);
    onOpen?.();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) onFrame(new Uint8Array(data));
  };
  socket.onclose = () => {
    clearTimeout(timer);
    onClose();
  };
  return {
    send(frame) {
      // What comes while it closes is dropped; the next connection asks for it.
      if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(frame));
    },
    close,
  };
}
