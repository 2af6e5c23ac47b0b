import { nobleKeyAgreement } from '../../core/protocol/noble-key-agreement.ts';
import { RELAY_PATH } from '../../core/protocol/relay-frame.ts';
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
  readonly onFrame: (frame: Uint8Array) => void;
  /** Once: it is gone, or never came up. */
  readonly onClose: () => void;
}
/** Tries to reach a hub at an address, e.g. "ws://192.168.4.20:4711", for so many milliseconds. */
export type Dial = (address: string, timeoutMs: number, events: WireEvents) => Wire;

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/**
 * By WebSocket, as it is: to this laptop's own hub. A plain one would hang for minutes on an address
 * that swallows packets, and a browser opens only one at a time to an address; so one that does not
 * answer is let go.
 */
export const dialOwnHub: Dial = (address, timeoutMs, events) =>
  dialSocket(address, timeoutMs, { ...events, onOpen: () => undefined });

/** By WebSocket, encrypted: over a network. */
export const dialHub: Dial = (address, timeoutMs, { onFrame, onClose }) => {
  const begun = beginSecureChannel(nobleKeyAgreement(random), RELAY_PATH);
  let channel: SecureChannel | null = null;
  function fail(): void {
    wire.close();
    onClose();
  }
  const wire = dialSocket(address, timeoutMs, {
    onOpen: () => wire.send(begun.hello),
    onFrame(bytes) {
      if (channel === null) {
        channel = begun.finish(bytes);
        if (channel === null) fail();
        return;
      }
      const frame = channel.open(bytes);
      if (frame === null) fail();
      else onFrame(frame);
    },
    onClose,
  });
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
  { onOpen, onFrame, onClose }: WireEvents & { readonly onOpen: () => void },
): Wire {
  const socket = new WebSocket(`${address}${RELAY_PATH}`);
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
    onOpen();
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
