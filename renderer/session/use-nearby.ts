import { useEffect } from 'react';
import type { OpenedSession } from '../../src/browser/app/types.ts';
import type { FoundHub, HubState } from '../../src/core/protocol/machine.ts';
import { sessionTag } from '../../src/core/protocol/session-tag.ts';
import type { HubStore } from './hub-store.ts';

/** A room has fewer; each is tried at all its addresses, so who floods the network gets no more. */
const MAX_NEARBY = 12;
/** Under its present key and the last ones. */
const MAX_NAMES = 4;
/** How often this laptop's addresses, and what can be seen from it, are asked for. */
const LOOK_EVERY_MS = 3_000;

type NearbySession = Pick<OpenedSession, 'record' | 'setNearby' | 'setOwnHub'>;

/** The laptops of this session among all that can be seen on the network. */
export const nearbyOf = (
  { record }: Pick<OpenedSession, 'record'>,
  state: HubState | null,
): readonly FoundHub[] => {
  const tag = sessionTag(record.plan.documentId);
  const nearby = state?.found.filter(({ sessions }) => sessions.includes(tag)) ?? [];
  return nearby.slice(0, MAX_NEARBY);
};

/**
 * Lets the session's laptops find each other for as long as it is open here: names the session on
 * the network, and tells it which others can be seen and whether this laptop's own hub takes part.
 * Returns how to stop.
 */
export function watchNearby(session: NearbySession, hub: HubStore): () => void {
  const { plenary } = session.record;
  /** Also as what laptops look for that have not heard of a new key for the plan yet. */
  const announced = () => {
    const { plan, retired = [] } = session.record;
    const former = retired.flatMap(({ part, key }) => (part === null ? key : []));
    const plans = [plan, ...former.toReversed()];
    return plans
      .slice(0, MAX_NAMES)
      .map(({ documentId }) => ({ tag: sessionTag(documentId), plenary }));
  };
  let named = '';
  /** The hub that has heard of it; one that was started anew has not. */
  let announcedTo: string | null = null;
  let announcing = false;
  let told = { nearby: '[]', ownHub: null as string | null };

  async function announce(): Promise<void> {
    announcing = true;
    const sessions = announced();
    named = JSON.stringify(sessions);
    const state = await hub.announce(sessions);
    announcedTo = state?.hubId ?? null;
    announcing = false;
  }
  function take(state: HubState | null): void {
    // What cannot answer at the moment may be back before anything has changed.
    if (state === null) return;
    const isNew = announcedTo !== state.hubId || named !== JSON.stringify(announced());
    if (!announcing && isNew) void announce();
    const nearby = nearbyOf(session, state);
    const ownHub = plenary || state.openToNetwork ? state.localUrl : null;
    const nearbyText = JSON.stringify(nearby);
    if (told.ownHub !== ownHub) session.setOwnHub(ownHub);
    if (told.nearby !== nearbyText) session.setNearby(nearby);
    told = { nearby: nearbyText, ownHub };
  }

  void announce();
  take(hub.view.getState().state);
  const unsubscribe = hub.view.subscribe(({ state }) => take(state));
  const timer = setInterval(() => void hub.refresh(), LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    unsubscribe();
    void hub.announce([]);
  };
}

export function useNearby(session: OpenedSession, hub: HubStore): void {
  useEffect(() => watchNearby(session, hub), [session, hub]);
  useEffect(() => {
    // A window that nobody sees has slow timers, and a laptop that slept has had none.
    const look = (): void => {
      if (document.visibilityState === 'visible') void hub.refresh();
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', look);
    };
  }, [hub]);
}
