import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { messages } from './messages.ts';

/** Two crashes within this many milliseconds are one that comes back. */
const AGAIN_MS = 60_000;

/**
 * Opens the page again when its process has died, says so plainly, and asks before doing it a second
 * time within a minute, so that a page that dies at once does not flicker for ever.
 */
export function recoverFromCrash(window: BrowserWindow, now: () => number, quit: () => void): void {
  let lastCrash = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') {
      return;
    }
    console.error('The window stopped working:', details.reason, details.exitCode);
    const isAgain = now() - lastCrash < AGAIN_MS;
    lastCrash = now();
    if (!isAgain) {
      window.webContents.reload();
    }
    report(isAgain ? ask(window, quit) : tell(window));
  });
}

async function tell(window: BrowserWindow): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'info',
    message: messages.reloadedTitle,
    detail: messages.reloadedDetail,
    buttons: [messages.ok],
  });
}

async function ask(window: BrowserWindow, quit: () => void): Promise<void> {
  const choice = await dialog.showMessageBox(window, {
    type: 'warning',
    message: messages.stoppedTitle,
    detail: messages.stoppedDetail,
    buttons: [messages.openAgain, messages.closeCaucus],
    defaultId: 0,
    cancelId: 0,
  });
  if (choice.response === 1) {
    quit();
  } else if (!window.isDestroyed()) {
    window.webContents.reload();
  }
}

function report(shown: Promise<void>): void {
  shown.catch((error: unknown) => console.error('A message could not be shown:', error));
}
