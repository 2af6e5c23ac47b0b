import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import {
  createFrameJoiner,
  cutIntoFrames,
  MAX_VAULT_FRAME_BYTES,
} from '../../core/protocol/vault-parts.ts';
import {
  decodeVaultRequest,
  encodeVaultReply,
  MAX_VAULT_MESSAGE_BYTES,
  VAULT_PATH,
} from '../../core/protocol/vault.ts';
import type { VaultReply, VaultRequest } from '../../core/protocol/vault.ts';
import type { HubLog } from '../hub-log.ts';
import type { SocketService } from '../web/open-door.ts';
import { mayReachVault } from './may-reach-vault.ts';
import { createVaultThread } from './vault-thread.ts';
import type { VaultThread } from './vault-thread.ts';

const MALFORMED = 1002;

export interface Vault extends SocketService {
  stop(): Promise<void>;
}

/**
 * The second copy of what this laptop's windows keep, at `/vault` of the loopback listener only: it
 * holds the secrets of every session on this laptop, as the browser's own profile does.
 *
 * @param directory where it is kept, asked for at the first request; null for a hub without one.
 */
export function createVault(directory: () => string | null, log: HubLog): Vault {
  let thread: VaultThread | null = null;

  async function answer(request: VaultRequest): Promise<VaultReply> {
    const place = directory();
    if (place === null) return { type: 'failed', request: request.request, reason: 'absent' };
    thread ??= createVaultThread(place, log);
    return thread.ask(request);
  }

  function accept(socket: WebSocket): void {
    const join = createFrameJoiner(MAX_VAULT_MESSAGE_BYTES);
    async function reply(request: VaultRequest): Promise<void> {
      const answered = encodeVaultReply(await answer(request));
      if (socket.readyState !== socket.OPEN) return;
      for (const frame of cutIntoFrames(answered)) socket.send(frame);
    }
    function take(data: RawData, isBinary: boolean): void {
      const joined = isBinary ? join(bytesOf(data)) : null;
      if (joined?.state === 'more') return;
      const request = joined?.state === 'whole' ? decodeVaultRequest(joined.message) : null;
      if (request !== null) {
        void reply(request);
        return;
      }
      log({ event: 'dropped', service: 'vault', reason: 'malformed-frame' });
      socket.off('message', take);
      socket.close(MALFORMED);
    }
    socket.on('message', take);
    // A frame that is too large, or no frame at all: `ws` closes the socket by itself.
    socket.on('error', () => {
      log({ event: 'dropped', service: 'vault', reason: 'malformed-frame' });
    });
  }

  return {
    path: VAULT_PATH,
    server: new WebSocketServer({
      noServer: true,
      maxPayload: MAX_VAULT_FRAME_BYTES,
      verifyClient: ({ req }: { readonly req: Parameters<typeof mayReachVault>[0] }) =>
        mayReachVault(req),
    }),
    accept,
    stop: async () => thread?.stop(),
  };
}

const bytesOf = (data: RawData): Uint8Array =>
  Array.isArray(data)
    ? Buffer.concat(data)
    : data instanceof ArrayBuffer
      ? new Uint8Array(data)
      : data;
