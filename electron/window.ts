import { BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN } from './app-origin.ts';

/** `--paper` of renderer/shared/tokens.css: what shows until the page has drawn itself. */
const BACKGROUND = { light: '#faf8f4', dark: '#171614' } as const;

export interface WindowOptions {
  readonly preload: string;
  /** Developer tools exist only while the app is developed. */
  readonly isPackaged: boolean;
  readonly platform: NodeJS.Platform;
}

/** Opens the app's one window, where and as large as it was last time. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    name: 'main',
    // Electron keeps place, size and full screen under the name, and moves the window back where the
    // screen that it was on has gone, as the projector's has.
    windowStatePersistence: true,
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 640,
    backgroundColor: background(),
    show: false,
    // Alt shows the menu; for ninety minutes nobody needs it.
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      // All but the last two are Electron's defaults. They are written down so that a test can hold
      // them, and so that a change of the defaults changes nothing here.
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
      devTools: !options.isPackaged,
      // See outgoing-requests.ts: elsewhere the dictionaries would come from the internet.
      spellcheck: options.platform === 'darwin',
    },
  });
  window.once('ready-to-show', () => window.show());
  const followTheme = (): void => window.setBackgroundColor(background());
  nativeTheme.on('updated', followTheme);
  window.once('closed', () => nativeTheme.off('updated', followTheme));
  return window;
}

/** Loads the first screen. A failure is logged and leaves an empty window: there is no other page. */
export function loadApp(window: BrowserWindow): void {
  window.loadURL(`${APP_ORIGIN}/`).catch((error: unknown) => {
    console.error('The app could not be loaded:', error);
  });
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}
