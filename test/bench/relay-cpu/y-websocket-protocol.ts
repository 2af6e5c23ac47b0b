import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { LoadProtocol } from './load-client.ts';

/** y-websocket's protocol (`@y/websocket-server` 0.1, `src/utils.js`): y-protocols under a number. */
const SYNC = 0;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

function updatesIn(frame: Uint8Array): readonly Uint8Array[] {
  const decoder = decoding.createDecoder(frame);
  if (decoding.readVarUint(decoder) !== SYNC) return [];
  const step = decoding.readVarUint(decoder);
  return step === STEP_2 || step === UPDATE ? [decoding.readVarUint8Array(decoder)] : [];
}

export const yWebsocketProtocol: LoadProtocol = {
  async connect(port, onFrame) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/bench`, { perMessageDeflate: false });
    socket.on('message', (data: Buffer) => onFrame(data));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const answered = new Promise<void>((resolve) => {
      const listener = (data: Buffer): void => {
        if (updatesIn(data).length === 0) return;
        socket.off('message', listener);
        resolve();
      };
      socket.on('message', listener);
    });
    socket.send(syncFrame(STEP_1, Y.encodeStateVector(new Map<number, number>())));
    await answered;
    // No writer may be lost on the way, or the others have less to do.
    socket.on('close', (code, reason) => {
      throw new Error(`The server ended a writer's socket: ${code} ${reason.toString()}`);
    });
    return {
      send: (update) => socket.send(syncFrame(UPDATE, update)),
      close() {
        socket.removeAllListeners('close');
        socket.terminate();
      },
    };
  },
  updatesIn,
};
