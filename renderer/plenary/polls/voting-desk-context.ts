import { createContext, use, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import {
  type LiveVoting,
  nothingLive,
  type VotingDesk,
} from '../../../src/browser/app/voting-desk.ts';
import type { Tally } from '../../../src/core/consensus/tally.ts';
import type { PollId } from '../../../src/core/session/ids.ts';
import type { HubStore } from '../../session/hub-store.ts';

/** Null on every laptop but the plenary one: phones are at its hub. */
export const VotingDeskContext = createContext<VotingDesk | null>(null);

export const useVotingDesk = (): VotingDesk | null => use(VotingDeskContext);

/**
 * Keeps plan and hub alike for as long as the session is open on the plenary laptop, on whichever of
 * its screens the moderator is. Before anybody has opened the session to the network too: what is open
 * then is heard by the first phone that comes.
 */
export function useOpenVotingDesk(session: OpenedSession, hub: HubStore): VotingDesk | null {
  const address = useOwnHub(session.record.plenary, hub);
  const [desk] = useState(() => createStore<{ open: VotingDesk | null }>(() => ({ open: null })));
  useEffect(() => {
    if (address === null) return undefined;
    const opened = session.openVotingDesk(address);
    desk.setState({ open: opened });
    return () => {
      desk.setState({ open: null });
      opened.close();
    };
  }, [session, address, desk]);
  return useStore(desk, ({ open }) => open);
}

/** Where this laptop's hub is; one that does not answer for a moment changes nothing. */
function useOwnHub(plenary: boolean, hub: HubStore): string | null {
  const heard = useStore(hub.view, ({ state }) => state?.localUrl ?? '');
  const [last, setLast] = useState<string | null>(null);
  if (heard !== '' && heard !== last) setLast(heard);
  return plenary ? last : null;
}

const nowhere: StoreApi<LiveVoting> = createStore<LiveVoting>(() => nothingLive);

/** What phones do at the moment; nothing where this is not the plenary laptop. */
export function useLive<Part>(select: (live: LiveVoting) => Part): Part {
  return useStore(useVotingDesk()?.live ?? nowhere, select);
}

/** What has been answered so far, on the plenary laptop; null elsewhere. */
export const useLiveTally = (id: PollId): Tally | null =>
  useLive(({ tallies }) => tallies[id] ?? null);
