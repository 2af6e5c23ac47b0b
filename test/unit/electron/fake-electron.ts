import { EventEmitter } from 'node:events';
import type {
  App,
  BrowserWindowConstructorOptions,
  CommandLine,
  ContextBridge,
  Dialog,
  IpcMain,
  IpcMainInvokeEvent,
  IpcRenderer,
  Menu,
  MenuItemConstructorOptions,
  PowerSaveBlocker,
  Protocol,
  SafeStorage,
  Session,
  Shell,
  UtilityProcess,
  utilityProcess,
  WebContents,
  WebFrameMain,
} from 'electron';
import { vi } from 'vitest';

/**
 * A stand-in for the `electron` module that only remembers what it was asked for. It is no Electron:
 * that Electron does what it is asked is for test/e2e-electron to see, where there is a runtime.
 * Each function has the type of Electron's own, so that a changed signature breaks the tests.
 */

export class FakeWebContents extends EventEmitter {
  readonly send = vi.fn<WebContents['send']>();
  readonly reload = vi.fn<WebContents['reload']>();
  readonly setWindowOpenHandler = vi.fn<WebContents['setWindowOpenHandler']>();
  readonly setWebRTCIPHandlingPolicy = vi.fn<WebContents['setWebRTCIPHandlingPolicy']>();
}

export class FakeWindow extends EventEmitter {
  static opened: FakeWindow[] = [];
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new FakeWebContents();
  readonly loadURL = vi.fn((_url: string) => Promise.resolve());
  readonly show = vi.fn();
  readonly focus = vi.fn();
  readonly restore = vi.fn();
  readonly setBackgroundColor = vi.fn<(color: string) => void>();
  readonly isMinimized = vi.fn(() => false);
  readonly isDestroyed = vi.fn(() => false);

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    FakeWindow.opened.push(this);
  }
}

export class FakeHub extends EventEmitter {
  readonly postMessage = vi.fn<UtilityProcess['postMessage']>();
  readonly kill = vi.fn<UtilityProcess['kill']>(() => true);
}

class FakeIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Parameters<IpcMain['handle']>[1]>();
  readonly handle = (channel: string, handler: Parameters<IpcMain['handle']>[1]): void => {
    if (this.handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.handlers.set(channel, handler);
  };
}

function createSession() {
  return {
    setPermissionCheckHandler: vi.fn<Session['setPermissionCheckHandler']>(),
    setPermissionRequestHandler: vi.fn<Session['setPermissionRequestHandler']>(),
    setSpellCheckerEnabled: vi.fn<Session['setSpellCheckerEnabled']>(),
    webRequest: { onBeforeRequest: vi.fn<OnBeforeRequest>() },
  };
}
/** The form without a filter, which is the one that sees every request. */
type OnBeforeRequest = (
  listener: (details: { url: string }, callback: (response: { cancel?: boolean }) => void) => void,
) => void;

/** A new fake, with nothing asked for yet. */
export function createFakeElectron() {
  FakeWindow.opened = [];
  const hubs: FakeHub[] = [];
  const ready = Promise.withResolvers<void>();
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    commandLine: { appendSwitch: vi.fn<CommandLine['appendSwitch']>() },
    requestSingleInstanceLock: vi.fn<App['requestSingleInstanceLock']>(() => true),
    enableSandbox: vi.fn<App['enableSandbox']>(),
    setAppUserModelId: vi.fn<App['setAppUserModelId']>(),
    setAsDefaultProtocolClient: vi.fn<App['setAsDefaultProtocolClient']>(() => true),
    whenReady: vi.fn<App['whenReady']>(() => ready.promise),
    getPath: vi.fn<App['getPath']>((name) => `/home/somebody/${name}`),
    quit: vi.fn<App['quit']>(),
    exit: vi.fn<App['exit']>(),
  });
  return {
    /** Not part of Electron: lets `whenReady` resolve. */
    becomeReady: () => ready.resolve(),
    /** Not part of Electron: the processes that were forked. */
    hubs,
    module: {
      app,
      BrowserWindow: FakeWindow,
      nativeTheme: Object.assign(new EventEmitter(), { shouldUseDarkColors: false }),
      session: { defaultSession: createSession() },
      protocol: {
        registerSchemesAsPrivileged: vi.fn<Protocol['registerSchemesAsPrivileged']>(),
        handle: vi.fn<Protocol['handle']>(),
      },
      shell: { openExternal: vi.fn<Shell['openExternal']>(() => Promise.resolve()) },
      dialog: {
        showSaveDialog: vi.fn(() => Promise.resolve({ canceled: true, filePath: '' })),
        showOpenDialog: vi.fn(() => Promise.resolve({ canceled: true, filePaths: [''] })),
        showMessageBox: vi.fn(() => Promise.resolve({ response: 0, checkboxChecked: false })),
        showErrorBox: vi.fn<Dialog['showErrorBox']>(),
      },
      Menu: {
        buildFromTemplate: vi.fn((template: MenuItemConstructorOptions[]) => ({ template })),
        setApplicationMenu: vi.fn<(menu: Menu | null) => void>(),
      },
      powerSaveBlocker: {
        start: vi.fn<PowerSaveBlocker['start']>(() => 7),
        stop: vi.fn<PowerSaveBlocker['stop']>(() => true),
        isStarted: vi.fn<PowerSaveBlocker['isStarted']>(() => true),
      },
      utilityProcess: {
        fork: vi.fn<(typeof utilityProcess)['fork']>(() => {
          const hub = new FakeHub();
          hubs.push(hub);
          return hub as unknown as UtilityProcess;
        }),
      },
      /** A keychain that seals by turning the text round; never what Electron's own does. */
      safeStorage: {
        isEncryptionAvailable: vi.fn<SafeStorage['isEncryptionAvailable']>(() => true),
        getSelectedStorageBackend: vi.fn<SafeStorage['getSelectedStorageBackend']>(
          () => 'gnome_libsecret',
        ),
        encryptString: vi.fn<SafeStorage['encryptString']>((text) =>
          Buffer.from(Buffer.from(text).reverse()),
        ),
        decryptString: vi.fn<SafeStorage['decryptString']>((sealed) =>
          Buffer.from(sealed).reverse().toString(),
        ),
      },
      ipcMain: new FakeIpcMain(),
      ipcRenderer: Object.assign(new EventEmitter(), {
        invoke: vi.fn<IpcRenderer['invoke']>(() => Promise.resolve('answered')),
        send: vi.fn<IpcRenderer['send']>(),
      }),
      contextBridge: { exposeInMainWorld: vi.fn<ContextBridge['exposeInMainWorld']>() },
    },
  };
}

/** An IPC event as Electron makes it, from a frame of this origin; `parent` for a frame inside. */
export function ipcEvent(
  frame: { origin: string; parent?: Partial<WebFrameMain> | null } | null,
): IpcMainInvokeEvent {
  return { senderFrame: frame && { parent: null, ...frame } } as IpcMainInvokeEvent;
}

/** An event that can be prevented, with further fields as the event has them. */
export function preventable<Fields extends object>(fields: Fields) {
  return { ...fields, preventDefault: vi.fn() };
}
