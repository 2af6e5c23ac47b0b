import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createFakeElectron,
  FakeWebContents,
  FakeWindow,
  ipcEvent,
  preventable,
} from './fake-electron.ts';

let electron: ReturnType<typeof createFakeElectron>;
let fake: ReturnType<typeof createFakeElectron>['module'];
const HERE = path.resolve(import.meta.dirname, '../../../electron');

beforeEach(() => {
  electron = createFakeElectron();
  fake = electron.module;
  vi.resetModules();
  vi.doMock('electron', () => fake);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs main.ts up to where it waits for Electron. */
async function start(...words: string[]): Promise<void> {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['/opt/Caucus/caucus', ...words]);
  await import('../../../electron/main.ts');
}

/** Runs main.ts until its window is open, and returns the window. */
async function startAndOpen(...words: string[]): Promise<FakeWindow> {
  await start(...words);
  electron.becomeReady();
  return vi.waitUntil(() => FakeWindow.opened[0]);
}

function listen(): void {
  fake.ipcMain.emit('caucus:listen', ipcEvent({ origin: 'app://caucus' }));
}

describe('before Electron is ready', () => {
  it('the scheme is registered, the sandbox forced and the laptop’s addresses kept plain', async () => {
    await start();
    expect(fake.protocol.registerSchemesAsPrivileged).toHaveBeenCalledOnce();
    expect(fake.app.enableSandbox).toHaveBeenCalledOnce();
    expect(fake.app.commandLine.appendSwitch.mock.calls).toEqual([
      ['disable-features', 'WebRtcHideLocalIpsWithMdns'],
    ]);
    expect(fake.app.setAppUserModelId.mock.calls).toEqual([['org.caucus.app']]);
  });

  it('nothing is done that needs it', async () => {
    await start();
    expect(FakeWindow.opened).toEqual([]);
    expect(fake.protocol.handle).not.toHaveBeenCalled();
    expect(fake.utilityProcess.fork).not.toHaveBeenCalled();
    expect(fake.app.setAsDefaultProtocolClient).not.toHaveBeenCalled();
  });
});

describe('a second start', () => {
  it('ends at once and touches nothing', async () => {
    fake.app.requestSingleInstanceLock.mockReturnValue(false);
    await start('a.caucus');
    electron.becomeReady();
    await Promise.resolve();
    expect(fake.app.quit).toHaveBeenCalledOnce();
    expect(fake.app.eventNames()).toEqual([]);
    expect(fake.app.whenReady).not.toHaveBeenCalled();
    expect(fake.protocol.registerSchemesAsPrivileged).not.toHaveBeenCalled();
  });

  it('hands its link to the first, whose window comes to the front', async () => {
    const window = await startAndOpen();
    listen();
    window.isMinimized.mockReturnValue(true);
    fake.app.emit('second-instance', {}, ['caucus', '--flag', 'caucus://join/1'], '/stick');
    expect(window.webContents.send.mock.calls).toEqual([
      ['caucus:handover', { kind: 'link', link: 'caucus://join/1' }],
    ]);
    for (const step of [window.restore, window.show, window.focus]) {
      expect(step).toHaveBeenCalledOnce();
    }
  });

  it('hands its file over, from the folder that it was started in', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'caucus-main-'));
    await writeFile(path.join(folder, 'a.caucus'), 'PK');
    const window = await startAndOpen();
    listen();
    fake.app.emit('second-instance', {}, ['caucus', 'a.caucus'], folder);
    await vi.waitFor(() => expect(window.webContents.send).toHaveBeenCalledOnce());
    expect(window.webContents.send).toHaveBeenCalledWith('caucus:handover', {
      kind: 'file',
      file: { name: 'a.caucus', bytes: new TextEncoder().encode('PK') },
    });
    await rm(folder, { recursive: true });
  });
});

describe('when Electron is ready', () => {
  it('the app is served, the session restricted, the menu set, the hub forked, the window loaded', async () => {
    const window = await startAndOpen();
    expect(fake.protocol.handle.mock.calls).toEqual([['app', expect.any(Function)]]);
    const { defaultSession } = fake.session;
    expect(defaultSession.setPermissionCheckHandler).toHaveBeenCalledOnce();
    expect(defaultSession.setPermissionRequestHandler).toHaveBeenCalledOnce();
    expect(defaultSession.webRequest.onBeforeRequest).toHaveBeenCalledOnce();
    expect(fake.Menu.setApplicationMenu).toHaveBeenCalledOnce();
    const [hubPath, [hubOptions] = []] = fake.utilityProcess.fork.mock.calls[0] ?? [];
    expect(hubPath).toBe(path.join(HERE, 'hub-process.js'));
    expect(JSON.parse(hubOptions ?? '')).toMatchObject({
      vaultDirectory: path.join('/home/somebody/userData', 'vault'),
      audiencePage: expect.stringMatching(/audience.index\.html$/u),
    });
    expect(window.options.webPreferences?.preload).toBe(path.join(HERE, 'preload.cjs'));
    expect(window.loadURL.mock.calls).toEqual([['app://caucus/']]);
    expect(FakeWindow.opened).toHaveLength(1);
  });

  it('everything that guards the page is there before the page is loaded', async () => {
    const window = await startAndOpen();
    const [loaded = 0] = window.loadURL.mock.invocationCallOrder;
    const { defaultSession } = fake.session;
    for (const guard of [
      fake.protocol.handle,
      defaultSession.setPermissionCheckHandler,
      defaultSession.setPermissionRequestHandler,
      defaultSession.webRequest.onBeforeRequest,
    ]) {
      expect(guard.mock.invocationCallOrder[0]).toBeLessThan(loaded);
    }
    expect(fake.ipcMain.handlers.size).toBe(9);
  });

  it('serves the folder beside its own', async () => {
    await startAndOpen();
    const [, handler] = fake.protocol.handle.mock.lastCall ?? [];
    const request = { url: 'app://caucus/../electron/main.js', method: 'GET' } as Request;
    expect((await handler?.(request))?.status).toBe(404);
  });

  it('becomes the program for caucus:// links, but not while it is developed', async () => {
    await startAndOpen();
    expect(fake.app.setAsDefaultProtocolClient.mock.calls).toEqual([['caucus']]);
  });

  it('does not become the program for links while it is developed', async () => {
    fake.app.isPackaged = false;
    const window = await startAndOpen();
    expect(fake.app.setAsDefaultProtocolClient).not.toHaveBeenCalled();
    expect(window.options.webPreferences?.devTools).toBe(true);
  });

  it('ends with a line in the log when it cannot start', async () => {
    fake.protocol.handle.mockImplementation(() => {
      throw new Error('no scheme');
    });
    await start();
    electron.becomeReady();
    await vi.waitFor(() => expect(fake.app.exit.mock.calls).toEqual([[1]]));
  });
});

describe('every page', () => {
  it('is confined, and sees the addresses of the laptop', async () => {
    await start();
    const contents = new FakeWebContents();
    fake.app.emit('web-contents-created', {}, contents);
    expect(contents.setWebRTCIPHandlingPolicy.mock.calls).toEqual([['default']]);
    expect(contents.setWindowOpenHandler).toHaveBeenCalledOnce();
    expect(contents.eventNames()).toEqual([
      'will-navigate',
      'will-frame-navigate',
      'will-redirect',
      'will-attach-webview',
    ]);
  });
});

describe('links and files', () => {
  const LINK = { kind: 'link', link: 'caucus://join/1' };

  it('of the first start wait until the page listens', async () => {
    const window = await startAndOpen('caucus://join/1');
    expect(window.webContents.send).not.toHaveBeenCalled();
    listen();
    expect(window.webContents.send.mock.calls).toEqual([['caucus:handover', LINK]]);
  });

  it('that macOS hands over before it is ready are kept too', async () => {
    await start();
    const event = preventable({});
    fake.app.emit('open-url', event, 'caucus://join/1');
    expect(event.preventDefault).toHaveBeenCalledOnce();
    electron.becomeReady();
    const window = await vi.waitUntil(() => FakeWindow.opened[0]);
    listen();
    expect(window.webContents.send.mock.calls).toEqual([['caucus:handover', LINK]]);
  });

  it('that macOS opens by double-click are taken in', async () => {
    const window = await startAndOpen();
    listen();
    const event = preventable({});
    fake.app.emit('open-file', event, path.resolve('gone.caucus'));
    expect(event.preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(fake.dialog.showErrorBox).toHaveBeenCalledOnce());
    expect(window.focus).toHaveBeenCalledOnce();
  });

  it.each([
    ['is loaded anew', 'did-start-navigation', { isMainFrame: true, isSameDocument: false }],
    ['has died', 'render-process-gone', {}],
  ])('wait again when the page %s, and the screen may go dark', async (_what, event, fields) => {
    const window = await startAndOpen();
    listen();
    const keepAwake = fake.ipcMain.handlers.get('caucus:keep-awake');
    keepAwake?.(ipcEvent({ origin: 'app://caucus' }), true);
    window.webContents.emit(event, fields, { reason: 'crashed' });
    fake.app.emit('open-url', preventable({}), 'caucus://join/1');
    expect(window.webContents.send).not.toHaveBeenCalled();
    expect(fake.powerSaveBlocker.stop.mock.calls).toEqual([[7]]);
  });

  it('go on to come when the page only changes its screen', async () => {
    const window = await startAndOpen();
    listen();
    for (const fields of [
      { isMainFrame: true, isSameDocument: true },
      { isMainFrame: false, isSameDocument: false },
    ]) {
      window.webContents.emit('did-start-navigation', fields);
    }
    fake.app.emit('open-url', preventable({}), 'caucus://join/1');
    expect(window.webContents.send).toHaveBeenCalledOnce();
  });
});

describe('the end', () => {
  it('comes with the last window, on every system', async () => {
    await startAndOpen();
    fake.app.emit('window-all-closed');
    expect(fake.app.quit).toHaveBeenCalledOnce();
  });

  it('waits for the hub, once', async () => {
    await startAndOpen();
    const [hub] = electron.hubs;
    hub?.emit('message', {
      type: 'ready',
      state: {
        localUrl: 'ws://localhost:1',
        openToNetwork: false,
        addresses: [],
        hubId: 'this',
        found: [],
      },
    });
    const first = preventable({});
    fake.app.emit('will-quit', first);
    expect(first.preventDefault).toHaveBeenCalledOnce();
    expect(fake.app.quit).not.toHaveBeenCalled();
    expect(hub?.postMessage).toHaveBeenCalledWith(expect.objectContaining({ command: 'stop' }), []);
    hub?.emit('exit', 0);
    await vi.waitFor(() => expect(fake.app.quit).toHaveBeenCalledOnce());
    const second = preventable({});
    fake.app.emit('will-quit', second);
    expect(second.preventDefault).not.toHaveBeenCalled();
  });
});
