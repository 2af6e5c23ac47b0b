import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GroupId, SessionId } from '../src/core/session/ids.ts';

/** Where one can be. The address is kept behind the #, so that one page serves them all. */
export type Route =
  | { readonly screen: 'start' }
  | { readonly screen: 'new' }
  | { readonly screen: 'join' }
  | { readonly screen: 'ask' }
  | { readonly screen: 'group'; readonly sessionId: SessionId; readonly groupId: GroupId }
  | { readonly screen: 'board'; readonly sessionId: SessionId }
  | { readonly screen: 'report'; readonly sessionId: SessionId };

/** The route that a hash like "#/session/x/board" names; the start where it names none. */
export function readRoute(hash: string): Route {
  const [first, sessionId, screen, groupId] = hash
    .replace(/^#?\/?/u, '')
    .split('/')
    .map(decode);
  if (first === 'new' || first === 'join' || first === 'ask') return { screen: first };
  if (first === 'session' && sessionId) {
    const id = sessionId as SessionId;
    if (screen === 'board' || screen === 'report') return { screen, sessionId: id };
    if (screen === 'group' && groupId) {
      return { screen, sessionId: id, groupId: groupId as GroupId };
    }
  }
  return { screen: 'start' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}

export function routeHash(route: Route): string {
  const part = encodeURIComponent;
  if (route.screen === 'start') return '#/';
  if (!('sessionId' in route)) return `#/${route.screen}`;
  const session = `#/session/${part(route.sessionId)}/${route.screen}`;
  return route.screen === 'group' ? `${session}/${part(route.groupId)}` : session;
}

export interface Router {
  readonly route: StoreApi<Route>;
  readonly go: (route: Route) => void;
  readonly stop: () => void;
}

export function createRouter(window: Window): Router {
  const route = createStore<Route>(() => readRoute(window.location.hash));
  const read = (): void => route.setState(readRoute(window.location.hash), true);
  window.addEventListener('hashchange', read);
  return {
    route,
    go(next) {
      window.location.hash = routeHash(next);
      // Before the event comes, so that nobody acts on the place that was left.
      route.setState(next, true);
    },
    stop: () => window.removeEventListener('hashchange', read),
  };
}
