import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { CaucusApp } from '../src/browser/app/types.ts';
import type { Machine } from '../src/core/protocol/machine.ts';
import type { TicketInbox } from './join/ticket-inbox.ts';
import type { Route, Router } from './routes.ts';
import type { SessionFileInbox } from './session-file/session-file-inbox.ts';
import type { SessionHolder } from './session/session-holder.ts';

/** What every screen may reach. */
export interface AppParts {
  readonly app: CaucusApp;
  readonly machine: Machine;
  readonly router: Router;
  readonly holder: SessionHolder;
  /** Tickets that were clicked, dropped or double-clicked. */
  readonly inbox: TicketInbox;
  /** Session files that were. */
  readonly files: SessionFileInbox;
}

export const AppContext = createContext<AppParts | null>(null);

export function useAppParts(): AppParts {
  const parts = use(AppContext);
  if (parts === null) throw new Error('The app is used outside of its context');
  return parts;
}

export const useMachine = (): Machine => useAppParts().machine;
export const useRoute = (): Route => useStore(useAppParts().router.route);
/** Goes to another screen. */
export const useGo = (): ((route: Route) => void) => useAppParts().router.go;
