import type { Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { restrictPermissions } from '../../../electron/permissions.ts';
import { createFakeElectron } from './fake-electron.ts';

type Permission = Parameters<Parameters<Session['setPermissionRequestHandler']>[0] & {}>[1];

/** Every permission that Electron knows; a new one does not compile until it is decided here. */
const GRANTED: Readonly<Record<Permission, boolean>> = {
  ar: false,
  'automatic-fullscreen': false,
  'background-fetch': false,
  'background-sync': false,
  'captured-surface-control': false,
  'clipboard-read': false,
  'clipboard-sanitized-write': true,
  'deprecated-sync-clipboard-read': false,
  'display-capture': false,
  fileSystem: false,
  fullscreen: true,
  geolocation: false,
  'geolocation-approximate': false,
  'hand-tracking': false,
  hid: false,
  'idle-detection': false,
  keyboardLock: false,
  'local-fonts': false,
  'local-network': true,
  'local-network-access': true,
  'loopback-network': true,
  media: false,
  mediaKeySystem: false,
  midi: false,
  midiSysex: false,
  nfc: false,
  notifications: false,
  openExternal: false,
  'payment-handler': false,
  'periodic-background-sync': false,
  'persistent-storage': true,
  pointerLock: false,
  'screen-wake-lock': false,
  sensors: false,
  serial: false,
  'smart-card': false,
  'speaker-selection': false,
  'storage-access': false,
  'system-wake-lock': false,
  'top-level-storage-access': false,
  unknown: false,
  usb: false,
  vr: false,
  'web-app-installation': false,
  'web-printing': false,
  'window-management': false,
};

const ALLOWED = (Object.keys(GRANTED) as Permission[]).filter((name) => GRANTED[name]);

/** Puts the same question to both handlers, which must agree, and returns their answer. */
function isGranted(permission: Permission, origin: string): boolean {
  const { defaultSession } = createFakeElectron().module.session;
  restrictPermissions(defaultSession as unknown as Session);
  const [check] = defaultSession.setPermissionCheckHandler.mock.lastCall ?? [];
  const [request] = defaultSession.setPermissionRequestHandler.mock.lastCall ?? [];
  const details = { requestingUrl: origin, isMainFrame: true };
  const checked = check?.(null, permission, origin, details) ?? false;
  let requested: boolean | undefined;
  // Electron passes null for a question of the network stack, whatever its types say.
  request?.(null as unknown as WebContents, permission, (answer) => (requested = answer), details);
  expect(requested).toBe(checked);
  return checked;
}

describe('permissions', () => {
  it.each(Object.entries(GRANTED))('are for our own page: %s %s', (permission, isExpected) => {
    expect(isGranted(permission as Permission, 'app://caucus/')).toBe(isExpected);
  });

  it('include the network, without which no hub is reached, not even this laptop’s own', () => {
    expect(ALLOWED).toEqual(
      expect.arrayContaining(['local-network', 'local-network-access', 'loopback-network']),
    );
  });

  it.each(ALLOWED)('are refused to any other page: %s', (permission) => {
    expect(isGranted(permission, 'https://example.org/')).toBe(false);
    expect(isGranted(permission, 'app://caucus.example/')).toBe(false);
    expect(isGranted(permission, 'null')).toBe(false);
  });

  it('for the local network may be asked for without an origin, and only that', () => {
    expect(isGranted('local-network', '')).toBe(true);
    expect(isGranted('clipboard-sanitized-write', '')).toBe(false);
    expect(isGranted('fullscreen', '')).toBe(false);
  });
});
