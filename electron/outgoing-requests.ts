import type { Session } from 'electron';
import { GREETING_PATH } from '../src/core/protocol/relay-frame.ts';
import { isAppUrl, parseUrl } from './app-origin.ts';

/**
 * Where the pages may send anything: to the app itself, to what they made in memory, and to hubs.
 * A hub is reached at whatever address the room has, so sockets are not narrowed down further.
 */
const OPEN_SCHEMES: ReadonlySet<string> = new Set(['blob:', 'data:', 'ws:', 'wss:']);

/** DevTools loads its own pages; they exist only while the app is developed. */
const DEVELOPMENT_SCHEMES: ReadonlySet<string> = new Set(['devtools:', 'chrome-extension:']);

/**
 * Cancels every request of a window that would leave for the internet. The content security policy
 * says the same to our pages; this holds for everything that is not asked for by one of them.
 */
export function keepRequestsInside(session: Session, isPackaged: boolean): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayBeSent(details.url, isPackaged) });
  });
  // On Windows and Linux the spelling dictionaries come from a server on the internet, at the first
  // start and unasked. macOS has its own.
  session.setSpellCheckerEnabled(process.platform === 'darwin');
}

/** The question whether a hub answers at an address; it says nothing but that it is asked. */
const isGreeting = ({ protocol, pathname, search }: URL): boolean =>
  protocol === 'http:' && pathname === GREETING_PATH && search === '';

function mayBeSent(address: string, isPackaged: boolean): boolean {
  const url = parseUrl(address);
  if (url === undefined) return false;
  const scheme = url.protocol;
  return (
    isAppUrl(address) ||
    OPEN_SCHEMES.has(scheme) ||
    isGreeting(url) ||
    (!isPackaged && DEVELOPMENT_SCHEMES.has(scheme))
  );
}
