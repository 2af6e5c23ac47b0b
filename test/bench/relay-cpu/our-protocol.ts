import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import {
  accessKeyOf,
  documentKeyFrom,
  writeKeyOf,
} from '../../../src/core/protocol/document-key.ts';
import {
  readRelayFrame,
  type RelayFrame,
  writeRelayFrame,
} from '../../../src/core/protocol/relay-frame.ts';
import { createAssembler } from '../../../src/core/protocol/relay-lane.ts';
import { readMessage, writeMessage } from '../../../src/core/protocol/relay-message.ts';
import { appProof, NONCE_BYTES } from '../../../src/core/protocol/relay-proof.ts';
import { sealSocket } from '../../tools/seal-socket.ts';
import type { LoadProtocol } from './load-client.ts';

/** Our relay's protocol as `src/browser/transport` speaks it on a network: encrypted, pings and all. */
export const benchKey = documentKeyFrom(new Uint8Array(32).fill(7));
const { documentId, secret } = benchKey;
const appNonce = new Uint8Array(NONCE_BYTES).fill(7);
const channel = 1;
const PING_MS = 1_000;

export const ourProtocol: LoadProtocol = {
  async connect(port, onFrame) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/relay`, { perMessageDeflate: false });
    await once(socket, 'open');
    const sealed = await sealSocket(socket);
    if (sealed === null) throw new Error('The hub ended the socket');
    const send = (frame: RelayFrame): void => sealed.send(writeRelayFrame(frame));
    const assembler = createAssembler();
    const opened = new Promise<void>((resolve) => {
      sealed.onFrame((data) => {
        const frame = readRelayFrame(data);
        if (frame?.kind === 'opened') resolve();
        if (frame?.kind === 'challenge') {
          const { binding } = sealed;
          const challenge = { documentId, appNonce, hubNonce: frame.nonce, binding };
          const proof = appProof(writeKeyOf(secret) ?? accessKeyOf(secret), challenge);
          send({ kind: 'prove', channel, proof, pass: new Uint8Array() });
        }
        if (frame?.kind !== 'part') return;
        send({ kind: 'got', bytes: frame.bytes.length });
        // When the server cannot keep up, a message may be longer than a part.
        const message = assembler.add(channel, frame.last, frame.bytes);
        if (message instanceof Uint8Array) onFrame(message);
      });
    });
    send({ kind: 'open', channel, documentId, nonce: appNonce });
    await opened;
    send({ kind: 'have', channel, stateVector: Y.encodeStateVector(new Map<number, number>()) });
    let pings = 0;
    const timer = setInterval(() => send({ kind: 'ping', number: (pings += 1) }), PING_MS);
    // No writer may be lost on the way, or the others have less to do.
    socket.on('close', (code, reason) => {
      throw new Error(`The server ended a writer's socket: ${code} ${reason.toString()}`);
    });
    return {
      send: (update) => send({ kind: 'part', channel, last: true, bytes: writeMessage([update]) }),
      close() {
        clearInterval(timer);
        socket.removeAllListeners('close');
        socket.terminate();
      },
    };
  },
  updatesIn: (message) => (readMessage(message) ?? []).map(({ update }) => update),
};
