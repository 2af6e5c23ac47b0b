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
  /** Tries again after a failure, or after a new ticket has opened more of the session. */
  reopen(): void;
}

export function createSessionHolder(app: Pick<CaucusApp, 'open'>): SessionHolder {
  const held = createStore<HeldSession>(() => ({ state: 'none' }));
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
    show(sessionId) {
      if (sessionId !== wanted) start(sessionId);
    },
    reopen() {
      start(wanted);
    },
  };
}
