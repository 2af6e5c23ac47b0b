import type { Session } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { keepRequestsInside } from '../../../electron/outgoing-requests.ts';
import { createFakeElectron } from './fake-electron.ts';

function isCancelled(url: string, isPackaged = true): boolean | undefined {
  const { defaultSession } = createFakeElectron().module.session;
  keepRequestsInside(defaultSession as unknown as Session, isPackaged);
  const [listener] = defaultSession.webRequest.onBeforeRequest.mock.lastCall ?? [];
  const callback = vi.fn<(response: { cancel?: boolean }) => void>();
  listener?.({ url }, callback);
  return callback.mock.lastCall?.[0].cancel;
}

describe('requests that leave a window', () => {
  it.each([
    'app://caucus/',
    'app://caucus/assets/index.js',
    'blob:app://caucus/1',
    'data:image/png;base64,AA==',
    'ws://localhost:4710/',
    'ws://192.168.4.20:4711/relay',
    'wss://hub.example.org/',
    'http://192.168.4.20:4711/hub',
  ])('go on to %s', (url) => {
    expect(isCancelled(url)).toBe(false);
  });

  it.each([
    'https://example.org/',
    'http://192.168.4.20:4711/',
    'http://192.168.4.20:4711/hub?notes=all',
    'http://192.168.4.20:4711/hub/more',
    'https://192.168.4.20:4711/hub',
    'http://localhost:4710/',
    'https://redirector.gvt1.com/edgedl/chrome/dict/en-us-10-1.bdic',
    'app://caucus.example/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'devtools://devtools/bundled/inspector.html',
    'nonsense',
  ])('do not go on to %s', (url) => {
    expect(isCancelled(url)).toBe(true);
  });

  it('may reach the developer tools while the app is developed', () => {
    expect(isCancelled('devtools://devtools/bundled/inspector.html', false)).toBe(false);
    expect(isCancelled('https://example.org/', false)).toBe(true);
  });

  it('include no spelling dictionary from the internet', () => {
    const { defaultSession } = createFakeElectron().module.session;
    keepRequestsInside(defaultSession as unknown as Session, true);
    expect(defaultSession.setSpellCheckerEnabled.mock.calls).toEqual([
      [process.platform === 'darwin'],
    ]);
  });
});
