import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { confineToApp } from '../../../electron/navigation.ts';
import { FakeWebContents, preventable } from './fake-electron.ts';

const { shell } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron().module;
});
vi.mock('electron', () => ({ shell }));

let contents: FakeWebContents;

beforeEach(() => {
  shell.openExternal.mockClear();
  contents = new FakeWebContents();
  confineToApp(contents as unknown as WebContents);
});

/** Whether the event was prevented. */
function isStopped(name: string, fields: { url: string; isMainFrame?: boolean }): boolean {
  const event = preventable(fields);
  contents.emit(name, event);
  return event.preventDefault.mock.calls.length > 0;
}

const ELSEWHERE = [
  'https://example.org/',
  'http://192.168.4.20:4711/',
  'app://caucus.example/',
  'app://caucus@example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
];

describe('where a window may go', () => {
  it.each(['app://caucus/', 'app://caucus/?a#/group/2'])('stays on %s', (url) => {
    expect(isStopped('will-navigate', { url })).toBe(false);
    expect(isStopped('will-frame-navigate', { url, isMainFrame: false })).toBe(false);
    expect(isStopped('will-redirect', { url })).toBe(false);
  });

  it.each(ELSEWHERE)('does not go to %s', (url) => {
    expect(isStopped('will-navigate', { url })).toBe(true);
    expect(isStopped('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
    expect(isStopped('will-redirect', { url })).toBe(true);
  });

  it('leaves the top frame to will-navigate, so that a link opens once', () => {
    expect(isStopped('will-frame-navigate', { url: 'https://a.example/', isMainFrame: true })).toBe(
      false,
    );
  });

  it('holds no <webview>', () => {
    const event = preventable({});
    contents.emit('will-attach-webview', event);
    expect(event.preventDefault).toHaveBeenCalledOnce();
  });

  it.each([...ELSEWHERE, 'app://caucus/'])('opens no window for %s', (url) => {
    const [handler] = contents.setWindowOpenHandler.mock.lastCall ?? [];
    const details = { url } as Parameters<NonNullable<typeof handler>>[0];
    expect(handler?.(details)).toEqual({ action: 'deny' });
  });
});

describe('links to the web', () => {
  function click(url: string): void {
    isStopped('will-navigate', { url });
  }
  function openWindow(url: string): void {
    const [handler] = contents.setWindowOpenHandler.mock.lastCall ?? [];
    handler?.({ url } as Parameters<NonNullable<typeof handler>>[0]);
  }

  it.each([click, openWindow])('open in the browser that the person uses (%o)', (follow) => {
    follow('https://example.org/report?x=1#top');
    expect(shell.openExternal.mock.calls).toEqual([['https://example.org/report?x=1#top']]);
  });

  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'smb://server/share',
    'search-ms:query=x',
    'ms-msdt:/id',
    'mailto:somebody@example.org',
    'javascript:alert(1)',
    'https://bank.example@example.org/',
    'https://:secret@example.org/',
    'caucus://join/x',
    'no link at all',
  ])('do not open as %s', (url) => {
    click(url);
    openWindow(url);
    expect(shell.openExternal).not.toHaveBeenCalled();
  });

  it('do not open for a redirect or a frame inside, where nobody clicked', () => {
    isStopped('will-redirect', { url: 'https://example.org/' });
    isStopped('will-frame-navigate', { url: 'https://example.org/', isMainFrame: false });
    expect(shell.openExternal).not.toHaveBeenCalled();
  });

  it('that cannot be opened are logged and harm nothing', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    shell.openExternal.mockRejectedValueOnce(new Error('no browser'));
    click('https://example.org/');
    await vi.waitFor(() => expect(log).toHaveBeenCalledOnce());
    log.mockRestore();
  });
});
