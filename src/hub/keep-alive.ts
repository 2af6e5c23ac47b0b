import type { WebSocket } from 'ws';

export interface KeepAlive {
  /** Starts asking this socket; `onGone` is called instead of an answer, once. */
  watch(socket: WebSocket, onGone: () => void): void;
  stop(): void;
}

/**
 * Finds half-open sockets: a laptop that was closed or walked out of the Wi-Fi says no goodbye, and
 * TCP alone notices after many minutes. The browser answers pings below JavaScript, so a tab in the
 * background, whose timers are slowed, still counts as there.
 *
 * @param everyMs how often each socket is asked; it is gone when it did not answer by the next time.
 */
export function createKeepAlive(everyMs: number): KeepAlive {
  const watched = new Map<WebSocket, { answered: boolean; onGone: () => void }>();
  const timer = setInterval(() => {
    for (const [socket, entry] of watched) {
      if (!entry.answered) {
        watched.delete(socket);
        entry.onGone();
        continue;
      }
      entry.answered = false;
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, everyMs);
  timer.unref();

  return {
    watch(socket, onGone) {
      const entry = { answered: true, onGone };
      watched.set(socket, entry);
      socket.on('pong', () => {
        entry.answered = true;
      });
      socket.once('close', () => watched.delete(socket));
    },
    stop() {
      clearInterval(timer);
      watched.clear();
    },
  };
}
