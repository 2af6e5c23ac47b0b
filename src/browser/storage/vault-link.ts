import { createFrameJoiner, cutIntoFrames } from '../../core/protocol/vault-parts.ts';
import {
  decodeVaultReply,
  encodeVaultRequest,
  MAX_VAULT_MESSAGE_BYTES,
  VAULT_PATH,
} from '../../core/protocol/vault.ts';
import type { VaultFault, VaultReply, VaultRequest } from '../../core/protocol/vault.ts';

/** Why a request came to nothing. */
export type VaultTrouble =
  | VaultFault
  /** The vault cannot be reached at the moment; what was asked may have been done or not. */
  | 'away';

export type VaultAnswer =
  | Exclude<VaultReply, { type: 'failed' }>
  | { readonly type: 'failed'; readonly reason: VaultTrouble };

/** A request without its number, which the link gives. */
type Unnumbered<Request> = Request extends VaultRequest ? Omit<Request, 'request'> : never;

/** The way to the vault of this laptop's own hub, for as long as the window lives. */
export interface VaultLink {
  /** Always resolves; at once with `away` while there is no connection. */
  ask(request: Unnumbered<VaultRequest>): Promise<VaultAnswer>;
  isUp(): boolean;
  /** Calls `listener` whenever a connection comes up, and at once if one is; returns how to stop. */
  onUp(listener: () => void): () => void;
  /** Calls `listener` whenever a connection is lost or could not be had; returns how to stop. */
  onDown(listener: () => void): () => void;
  /** Resolves to whether the vault is there: once the first try has succeeded or failed. */
  readonly firstTry: Promise<boolean>;
  close(): void;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15_000;
/** A vault that does not answer for so long is taken for gone. */
const ANSWER_MS = 30_000;

/**
 * @param address WebSocket base address of this laptop's own hub ("ws://localhost:4710"), or null
 * while it has none; asked for again at every try, because a hub that was restarted may be elsewhere.
 */
export function createVaultLink(address: () => Promise<string | null>): VaultLink {
  const pending = new Map<number, (answer: VaultAnswer) => void>();
  const upListeners = new Set<() => void>();
  const downListeners = new Set<() => void>();
  let tellFirstTry = (_isThere: boolean): void => undefined;
  const firstTry = new Promise<boolean>((resolve) => {
    tellFirstTry = resolve;
  });
  let socket: WebSocket | null = null;
  let lastNumber = 0;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const isUp = (): boolean => socket?.readyState === WebSocket.OPEN;

  function down(): void {
    socket = null;
    tellFirstTry(false);
    pending.forEach((settle) => settle({ type: 'failed', reason: 'away' }));
    if (closed) return;
    downListeners.forEach((listener) => listener());
    clearTimeout(retry);
    retry = setTimeout(connect, Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS));
    failures += 1;
  }

  function connect(): void {
    address().then(
      (base) => {
        if (closed) return;
        if (base === null) down();
        else openSocket(base);
      },
      // No word from the machine is no address.
      () => down(),
    );
  }

  function openSocket(base: string): void {
    const opened = new WebSocket(base + VAULT_PATH);
    socket = opened;
    opened.binaryType = 'arraybuffer';
    const join = createFrameJoiner(MAX_VAULT_MESSAGE_BYTES);
    opened.onopen = () => {
      failures = 0;
      tellFirstTry(true);
      upListeners.forEach((listener) => listener());
    };
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      const joined = data instanceof ArrayBuffer ? join(new Uint8Array(data)) : null;
      if (joined?.state === 'more') return;
      const reply = joined?.state === 'whole' ? decodeVaultReply(joined.message) : null;
      if (reply === null) opened.close();
      else pending.get(reply.request)?.(reply);
    };
    opened.onclose = () => {
      if (socket === opened) down();
    };
  }

  connect();
  return {
    ask(request) {
      const up = socket;
      if (up === null || !isUp()) return Promise.resolve({ type: 'failed', reason: 'away' });
      lastNumber += 1;
      const number = lastNumber;
      return new Promise((resolve) => {
        const limit = setTimeout(() => up.close(), ANSWER_MS);
        pending.set(number, (answer) => {
          clearTimeout(limit);
          pending.delete(number);
          resolve(answer);
        });
        const message = encodeVaultRequest({ ...request, request: number });
        for (const frame of cutIntoFrames(message)) up.send(frame);
      });
    },
    isUp,
    onUp(listener) {
      upListeners.add(listener);
      if (isUp()) listener();
      return () => upListeners.delete(listener);
    },
    onDown(listener) {
      downListeners.add(listener);
      return () => downListeners.delete(listener);
    },
    firstTry,
    close() {
      closed = true;
      clearTimeout(retry);
      socket?.close();
    },
  };
}
