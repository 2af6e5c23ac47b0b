import type { WebSocket } from 'ws';
import { RELAY_PATH } from '../../src/core/protocol/relay-frame.ts';
import { beginSecureChannel, type SecureChannel } from '../../src/core/protocol/secure-channel.ts';
import { systemKeyAgreement } from '../../src/hub/relay/system-key-agreement.ts';

/** A raw socket to a hub's network door, and what it takes to be understood there. */
export interface SealedSocket {
  readonly binding: Uint8Array;
  send(frame: Uint8Array): void;
  /** Every frame from the hub, from its first on. */
  onFrame(listener: (frame: Uint8Array) => void): void;
}

/** Begins the encryption on an open socket; null where the hub ends it instead. */
export function sealSocket(socket: WebSocket): Promise<SealedSocket | null> {
  const begun = beginSecureChannel(systemKeyAgreement, RELAY_PATH);
  const early: Uint8Array[] = [];
  const listeners: ((frame: Uint8Array) => void)[] = [];
  let channel: SecureChannel | null = null;
  return new Promise((resolve) => {
    socket.once('close', () => resolve(null));
    socket.on('message', (data: Buffer) => {
      if (channel !== null) {
        const frame = channel.open(data);
        if (frame === null) socket.terminate();
        else if (listeners.length === 0) early.push(frame);
        else for (const listener of listeners) listener(frame);
        return;
      }
      const opened = begun.finish(new Uint8Array(data));
      if (opened === null) {
        socket.terminate();
        return;
      }
      channel = opened;
      resolve({
        binding: opened.binding,
        send: (frame) => socket.send(opened.seal(frame)),
        onFrame(listener) {
          listeners.push(listener);
          for (const frame of early.splice(0)) listener(frame);
        },
      });
    });
    socket.send(begun.hello);
  });
}
