import type { SessionId } from '../../src/core/session/ids.ts';

/** How long the decision of a day holds, in milliseconds. */
const HOLDS_MS = 24 * 60 * 60 * 1000;
const KEY = 'caucus/open-to-network';

/**
 * That a person has let other laptops connect to this one, kept on this laptop for a day: what lets
 * them in forgets it whenever it is started anew, and nobody would notice that they are shut out.
 */
export interface OpenWish {
  /** Whether it holds for this session. */
  holds(): boolean;
  /** A person has opened it. */
  keep(): void;
  /** It is open while this session is on the screen, whichever session it was opened for. */
  share(): void;
  /** A person has closed it; it is the whole laptop that is closed then. */
  forget(): void;
}

/** `now` in milliseconds since 1970. */
export function createOpenWish(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  sessionId: SessionId,
  now: () => number,
): OpenWish {
  /** The sessions for which it still holds, and since when; kept as "<since> <session> <session>…". */
  function read(): { readonly since: number; readonly sessions: readonly string[] } | null {
    const [since = '', ...sessions] = storage.getItem(KEY)?.split(' ') ?? [];
    // A clock that is put right may jump either way. NaN, where the text is not ours, holds nothing.
    const holds = since !== '' && Math.abs(now() - Number(since)) < HOLDS_MS;
    return holds ? { since: Number(since), sessions } : null;
  }
  function write(since: number, sessions: readonly string[]): void {
    storage.setItem(KEY, [since, ...new Set([...sessions, sessionId])].join(' '));
  }
  return {
    holds: () => read()?.sessions.includes(sessionId) === true,
    keep: () => write(now(), read()?.sessions ?? []),
    share() {
      const kept = read();
      if (kept !== null && !kept.sessions.includes(sessionId)) write(kept.since, kept.sessions);
    },
    forget: () => storage.removeItem(KEY),
  };
}
