/**
 * The origin that the app's own pages have. It is never changed again, not even in case or by a
 * trailing dot: IndexedDB hangs on the origin, so with another one every note that was ever typed
 * on this laptop would still lie on its disk and be out of reach.
 */
export const APP_SCHEME = 'app';
export const APP_HOST = 'caucus';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Parses instead of throwing: undefined for what is no URL. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * Whether a URL, or an origin, is the app's own. Its parts are compared whole: a prefix check would
 * let `app://caucus.example/` and `app://caucus@example/` through. `URL.origin` is of no use here,
 * as it is "null" for every scheme that Node does not know.
 */
export function isAppUrl(text: string): boolean {
  const url = parseUrl(text);
  return (
    url !== undefined &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}
