import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadApp, openWindow } from '../../../electron/window.ts';
import type { WindowOptions } from '../../../electron/window.ts';
import type { FakeWindow } from './fake-electron.ts';

const { module: fake } = await vi.hoisted(async () => {
  const { createFakeElectron } = await import('./fake-electron.ts');
  return createFakeElectron();
});
vi.mock('electron', () => fake);

const OPTIONS: WindowOptions = { preload: '/app/preload.cjs', isPackaged: true, platform: 'linux' };

function open(options: Partial<WindowOptions> = {}): FakeWindow {
  return openWindow({ ...OPTIONS, ...options }) as unknown as FakeWindow;
}

beforeEach(() => {
  fake.nativeTheme.shouldUseDarkColors = false;
  fake.nativeTheme.removeAllListeners();
});

describe('the window', () => {
  it('is asked for with exactly these options', () => {
    expect(open().options).toEqual({
      name: 'main',
      windowStatePersistence: true,
      width: 1280,
      height: 800,
      minWidth: 1024,
      minHeight: 640,
      backgroundColor: '#faf8f4',
      show: false,
      autoHideMenuBar: true,
      webPreferences: {
        preload: '/app/preload.cjs',
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        navigateOnDragDrop: false,
        devTools: false,
        spellcheck: false,
      },
    });
  });

  it('has developer tools only while the app is developed, and spelling only on macOS', () => {
    expect(open({ isPackaged: false }).options.webPreferences?.devTools).toBe(true);
    expect(open({ platform: 'darwin' }).options.webPreferences?.spellcheck).toBe(true);
    expect(open({ platform: 'win32' }).options.webPreferences?.spellcheck).toBe(false);
  });

  it('shows once it has something to show', () => {
    const window = open();
    expect(window.show).not.toHaveBeenCalled();
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalledOnce();
  });

  it('has the paper of the theme behind the page, and follows a change until it is closed', () => {
    fake.nativeTheme.shouldUseDarkColors = true;
    const window = open();
    expect(window.options.backgroundColor).toBe('#171614');
    fake.nativeTheme.shouldUseDarkColors = false;
    fake.nativeTheme.emit('updated');
    expect(window.setBackgroundColor.mock.calls).toEqual([['#faf8f4']]);
    window.emit('closed');
    expect(fake.nativeTheme.listenerCount('updated')).toBe(0);
  });

  it('loads app://caucus/', () => {
    const window = open();
    loadApp(window as unknown as BrowserWindow);
    expect(window.loadURL.mock.calls).toEqual([['app://caucus/']]);
  });

  it('stays, with a line in the log, when the app cannot be loaded', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const window = open();
    window.loadURL.mockRejectedValueOnce(new Error('ERR_FAILED'));
    loadApp(window as unknown as BrowserWindow);
    await vi.waitFor(() => expect(log).toHaveBeenCalledOnce());
    log.mockRestore();
  });
});
