import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CaucusApp, OpenedSession, OpenResult } from '../../src/browser/app/types.ts';
import type { SessionId } from '../../src/core/session/ids.ts';

export type HeldSession =
  | { readonly state: 'none' }
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly session: OpenedSession }
  | {
      readonly state: 'failed';
      readonly reason: Extract<OpenResult, { readonly ok: false }>['reason'];
    };

/**
 * Keeps the one session open that the address names, across its screens, and closes it when the
 * address names none or another. One after the other: a session is closed before the next opens.
 */
export interface SessionHolder {
  readonly held: StoreApi<HeldSession>;
  show(sessionId: SessionId | null): void;
  /** The session that was closed last, while none is open; null before, and once it is forgotten. */
  readonly left: StoreApi<SessionId | null>;
  readonly forgetLeft: () => void;
  /** Tries again after a failure, or after a new ticket has opened more of the session. */
  reopen(): void;
}

export function createSessionHolder(app: Pick<CaucusApp, 'open'>): SessionHolder {
  const held = createStore<HeldSession>(() => ({ state: 'none' }));
  const left = createStore<SessionId | null>(() => null);
  let wanted: SessionId | null = null;
  let open: OpenedSession | null = null;
  let work: Promise<void> = Promise.resolve();

  async function follow(sessionId: SessionId | null): Promise<void> {
    if (open !== null) await open.close();
    open = null;
    // Meanwhile the person may have gone elsewhere.
    if (sessionId !== wanted || sessionId === null) return;
    const result = await app.open(sessionId);
    if (result.ok) open = result.session;
    if (sessionId !== wanted) return;
    held.setState(
      result.ok
        ? { state: 'open', session: result.session }
        : { state: 'failed', reason: result.reason },
      true,
    );
  }
  function start(sessionId: SessionId | null): void {
    wanted = sessionId;
    held.setState({ state: sessionId === null ? 'none' : 'opening' }, true);
    work = work.then(() => follow(sessionId));
  }

  return {
    held,
    left,
    forgetLeft: () => left.setState(null, true),
    show(sessionId) {
      if (sessionId === wanted) return;
      left.setState(sessionId === null ? wanted : null, true);
      start(sessionId);
    },
    reopen() {
      start(wanted);
    },
  };
}
