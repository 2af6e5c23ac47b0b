import { createContext, use, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { OpenedSession } from '../../../src/browser/app/types.ts';
import type { JoinDesk } from '../../../src/browser/app/join-desk.ts';
import { wordLanguageFor } from '../../../src/core/protocol/four-words.ts';
import { useAppParts } from '../../app-context.tsx';
import type { HubStore } from '../../session/hub-store.ts';
import { useLanguage } from '../../shared/messages.tsx';

/** Null wherever nobody can ask: on other laptops, and while the session is not open to the network. */
export const JoinDeskContext = createContext<JoinDesk | null>(null);

export const useJoinDesk = (): JoinDesk | null => use(JoinDeskContext);

/**
 * Keeps the desk open at which laptops ask to join, for as long as this is the plenary laptop and the
 * session is open to the network, on whichever of its screens the moderator is.
 */
export function useOpenDesk(session: OpenedSession, hub: HubStore): JoinDesk | null {
  const { app } = useAppParts();
  const words = wordLanguageFor(useLanguage());
  const address = useDeskAddress(session.record.plenary, hub);
  const [desk] = useState(() => createStore<{ open: JoinDesk | null }>(() => ({ open: null })));
  useEffect(() => {
    if (address === null) return undefined;
    const opened = app.openJoinDesk({ address, words, now: Date.now });
    desk.setState({ open: opened });
    return () => {
      desk.setState({ open: null });
      opened.close();
    };
  }, [app, address, words, desk]);
  return useStore(desk, ({ open }) => open);
}

/** Where the desk is to be; a hub that does not answer for a moment changes nothing. */
function useDeskAddress(plenary: boolean, hub: HubStore): string | null {
  const heard = useStore(hub.view, ({ state }) => {
    if (state === null) return 'nothing';
    return state.openToNetwork ? state.localUrl : null;
  });
  const [last, setLast] = useState<string | null>(null);
  if (heard !== 'nothing' && heard !== last) setLast(heard);
  return plenary ? last : null;
}
