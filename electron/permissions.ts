import type { Session } from 'electron';
import { isAppUrl } from './app-origin.ts';

type Permission = Parameters<Parameters<Session['setPermissionRequestHandler']>[0] & {}>[1];

/** What a page may ask for besides the network; everything that is not named here is refused. */
const PAGE_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>([
  // Copying the address that people type to join, on a click. Reading the clipboard is not needed.
  'clipboard-sanitized-write',
  // The projector's screen.
  'fullscreen',
  // Asks Chromium not to clear the notes away when the disk gets full.
  'persistent-storage',
]);

/**
 * Since Chromium 142 (for WebSockets 147) a page needs leave to reach this laptop and the laptops
 * beside it. Without these three the app could not reach any hub, its own included. The first was
 * split into the other two; which of them is asked for depends on Chromium's version.
 */
const NETWORK_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>([
  'local-network-access',
  'local-network',
  'loopback-network',
]);

/** Refuses every permission but those above, and those to every page but our own. */
export function restrictPermissions(session: Session): void {
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isAllowed(permission, requestingOrigin),
  );
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(isAllowed(permission, details.requestingUrl));
  });
}

/**
 * On macOS the question for the local network can come from the network stack instead of from a
 * page, and then names no origin. That the page is ours is safe to assume there, as no other page
 * can be loaded (navigation.ts, outgoing-requests.ts).
 */
function isAllowed(permission: Permission, origin: string | undefined): boolean {
  if (NETWORK_PERMISSIONS.has(permission)) {
    return origin === undefined || origin === '' || isAppUrl(origin);
  }
  return PAGE_PERMISSIONS.has(permission) && origin !== undefined && isAppUrl(origin);
}
