/**
 * Where Caucus starts in Electron. Electron's security checklist, and what holds each of its points
 * (each is a test: test/unit/electron/security-checklist.test.ts):
 *  1 secure content only: every page comes from app://caucus (app-protocol.ts). Otherwise than
 *    advised, hubs are reached by ws: and not wss:, because a laptop on a conference's network has no
 *    name that a certificate could be made out to
 *  2, 3, 4, 6, 8, 9, 10 no Node, isolation, sandbox, web security, nothing experimental: window.ts.
 *    Otherwise than advised, a Chromium feature is turned off below; that takes nothing away but
 *    the hiding of the laptop's own address from its own page
 *  5 permissions: permissions.ts
 *  7 content security policy: app-protocol.ts
 *  11, 12 no <webview>: window.ts, navigation.ts
 *  13, 14, 15 navigation, new windows, links to the system: navigation.ts
 *  16 a current Electron: package.json
 *  17 the sender of every request: ipc.ts
 *  18 no file: pages: app-protocol.ts
 *  19 fuses: electron-builder.yml
 *  20 nothing of Electron's in the page: preload.ts
 */
import path from 'node:path';
import { app, session } from 'electron';
import type { BrowserWindow } from 'electron';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { CHANNELS } from './channels.ts';
import { findInCommandLine, Handovers, LINK_SCHEME } from './handover.ts';
import { HubSupervisor } from './hub-supervisor.ts';
import { answerRequests } from './ipc.ts';
import { createKeepAwake } from './keep-awake.ts';
import { createKeychain } from './keychain.ts';
import { setMenu } from './menu.ts';
import { confineToApp } from './navigation.ts';
import { keepRequestsInside } from './outgoing-requests.ts';
import { restrictPermissions } from './permissions.ts';
import { recoverFromCrash } from './window-crash.ts';
import { loadApp, openWindow } from './window.ts';

/** As in electron-builder.yml: Windows groups the windows and the start menu's entry by it. */
const APP_ID = 'org.caucus.app';

/** dist/electron, beside dist/renderer; both lie in app.asar once the app is packaged. */
const HERE = import.meta.dirname;

// A second start hands over what it was started with (see `second-instance`) and ends. Two running
// side by side would fight for one IndexedDB.
if (app.requestSingleInstanceLock()) {
  start();
} else {
  app.quit();
}

/** Everything in here runs before `ready`; nothing may wait for anything, or it comes too late. */
function start(): void {
  registerAppScheme();
  // Chromium hides a laptop's addresses behind .local names, which need multicast to be resolved,
  // and conference Wi-Fi filters multicast: two laptops side by side would never find each other.
  app.commandLine.appendSwitch('disable-features', 'WebRtcHideLocalIpsWithMdns');
  app.enableSandbox();
  app.setAppUserModelId(APP_ID);

  const hub = new HubSupervisor(path.join(HERE, 'hub-process.js'), {
    vaultDirectory: path.join(app.getPath('userData'), 'vault'),
    audiencePage: path.join(HERE, '..', 'audience', 'index.html'),
  });
  let window: BrowserWindow | undefined;
  const handovers = new Handovers((handover) =>
    window?.webContents.send(CHANNELS.handover, handover),
  );

  app.on('web-contents-created', (_event, contents) => {
    confineToApp(contents);
    // All addresses of the laptop, and so the one that reaches the laptop beside it.
    contents.setWebRTCIPHandlingPolicy('default');
  });
  app.on('second-instance', (_event, argv, workingDirectory) => {
    takeIn(handovers.addFound(findInCommandLine(argv, workingDirectory)));
    bringToFront(window);
  });
  // macOS hands links and files over by events, and does so before `ready` when it starts the app.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    handovers.addLink(link);
    bringToFront(window);
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    takeIn(handovers.addFile(file));
    bringToFront(window);
  });
  // On macOS too, where apps usually stay: one without a window would go on serving the network
  // where nobody sees it.
  app.on('window-all-closed', () => app.quit());
  stopBeforeQuitting(hub);
  takeIn(handovers.addFound(findInCommandLine(process.argv, process.cwd())));

  const open = (): void => {
    serveApp(path.join(HERE, '../renderer'));
    restrictPermissions(session.defaultSession);
    keepRequestsInside(session.defaultSession, app.isPackaged);
    setMenu(process.platform);
    if (app.isPackaged) {
      // Not while developing: the system would start a bare Electron for every link from then on.
      app.setAsDefaultProtocolClient(LINK_SCHEME);
    }
    hub.start();
    window = openWindow({
      preload: path.join(HERE, 'preload.cjs'),
      isPackaged: app.isPackaged,
      platform: process.platform,
    });
    serveWindow(window, hub, handovers);
    loadApp(window);
  };
  app.whenReady().then(open).catch(failToStart);
}

/** Everything that one window needs of this process, until its page goes. */
function serveWindow(window: BrowserWindow, hub: HubSupervisor, handovers: Handovers): void {
  const keepAwake = createKeepAwake();
  const keychain = createKeychain(
    path.join(app.getPath('userData'), 'laptop-key.json'),
    process.platform,
  );
  answerRequests({ window, hub, keychain, keepAwake, handoversWanted: () => handovers.listen() });
  recoverFromCrash(window, Date.now, () => app.quit());
  // A page that is loaded anew has forgotten that it listened, and that it wanted the screen on.
  const forget = (): void => {
    handovers.pause();
    keepAwake(false);
  };
  window.webContents.on('render-process-gone', forget);
  window.webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) {
      forget();
    }
  });
  window.on('closed', forget);
}

/** Lets the hub put its things away first; quitting goes on when it has, or after 2 s. */
function stopBeforeQuitting(hub: HubSupervisor): void {
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped) {
      return;
    }
    event.preventDefault();
    hub
      .stop()
      .catch((error: unknown) => console.error('The hub could not be stopped:', error))
      .finally(() => {
        isStopped = true;
        app.quit();
      });
  });
}

function bringToFront(window: BrowserWindow | undefined): void {
  if (window === undefined || window.isDestroyed()) {
    return;
  }
  if (window.isMinimized()) {
    window.restore();
  }
  window.show();
  window.focus();
}

function takeIn(done: Promise<void>): void {
  done.catch((error: unknown) => console.error('A handover could not be taken in:', error));
}

function failToStart(error: unknown): void {
  console.error('Caucus could not start:', error);
  app.exit(1);
}
