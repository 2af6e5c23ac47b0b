/** A connection to a hub that carries frames. */
export interface Wire {
  send(frame: Uint8Array): void;
  /** Ends it; nothing is called afterwards. */
  close(): void;
}
export interface WireEvents {
  readonly onFrame: (frame: Uint8Array) => void;
  /** Once: it is gone, or never came up. */
  readonly onClose: () => void;
}
/** Tries to reach a hub at an address, e.g. "ws://192.168.4.20:4711", for so many milliseconds. */
export type Dial = (address: string, timeoutMs: number, events: WireEvents) => Wire;

/**
 * By WebSocket. A plain one would hang for minutes on an address that swallows packets, and a
 * browser opens only one at a time to an address; so one that does not answer is let go.
 */
export const dialHub: Dial = (address, timeoutMs, { onFrame, onClose }) => {
  const socket = new WebSocket(`${address}/relay`);
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

  socket.onopen = () => clearTimeout(timer);
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
};
