import { toBase64Url } from '../../core/protocol/base64url.ts';
import type { SignalWay } from '../transport/transport.ts';

/** Several ways for signals as one: the hubs through which two laptops may meet. */
export interface SignalWays extends SignalWay {
  add(way: SignalWay): void;
}

/** What came by another way already is known by its beginning, which is random. */
const MARK_BYTES = 12;
const REMEMBERED = 500;

export function createSignalWays(): SignalWays {
  const ways = new Set<SignalWay>();
  const listeners = new Set<(sealed: Uint8Array) => void>();
  const upListeners = new Set<() => void>();
  const seen = new Set<string>();

  function hear(sealed: Uint8Array): void {
    const mark = toBase64Url(sealed.subarray(0, MARK_BYTES));
    if (seen.has(mark)) return;
    seen.add(mark);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    for (const listener of listeners) listener(sealed);
  }

  return {
    add(way) {
      ways.add(way);
      way.onSignal(hear);
      way.onUp(() => {
        for (const listener of upListeners) listener();
      });
    },
    signal(sealed) {
      for (const way of ways) way.signal(sealed);
    },
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onUp(listener) {
      upListeners.add(listener);
      return () => upListeners.delete(listener);
    },
  };
}
