import { createFrameJoiner, cutIntoFrames } from '../../../src/core/protocol/vault-parts.ts';
import {
  decodeVaultReply,
  encodeVaultRequest,
  MAX_VAULT_MESSAGE_BYTES,
} from '../../../src/core/protocol/vault.ts';
import type { VaultReply, VaultRequest } from '../../../src/core/protocol/vault.ts';

/** A request without its number, which the socket gives. */
export type Asked = VaultRequest extends infer Each
  ? Each extends VaultRequest
    ? Omit<Each, 'request'>
    : never
  : never;

export interface VaultSocket {
  readonly socket: WebSocket;
  readonly ask: (asked: Asked) => Promise<VaultReply>;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
}

/** Speaks to a vault as the app does, without anything that mends. Node's own WebSocket. */
export async function openVaultSocket(port: number): Promise<VaultSocket> {
  const socket = new WebSocket(`ws://localhost:${port}/vault`);
  socket.binaryType = 'arraybuffer';
  const join = createFrameJoiner(MAX_VAULT_MESSAGE_BYTES);
  const waiting = new Map<number, (reply: VaultReply) => void>();
  let last = 0;
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code));
  });
  socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    const joined = join(new Uint8Array(data));
    const reply = joined.state === 'whole' ? decodeVaultReply(joined.message) : null;
    if (reply !== null) waiting.get(reply.request)?.(reply);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('The vault could not be reached')));
  });
  return {
    socket,
    closed,
    ask(asked) {
      last += 1;
      const request = last;
      return new Promise((resolve) => {
        waiting.set(request, resolve);
        for (const frame of cutIntoFrames(encodeVaultRequest({ ...asked, request }))) {
          socket.send(frame);
        }
      });
    },
  };
}
