import type { Handover, HubResult, Machine, SaveResult } from '../../src/core/protocol/machine.ts';
import { createHandoverQueue } from './handover-queue.ts';
import { readHubResult } from './hub-result.ts';
import { askForFile } from './open-file.ts';
import { saveFile } from './save-file.ts';

/** The machine as the browser shell has it: a page on loopback, served by a process beside it. */
export function createBrowserMachine(window: Window): Machine {
  const handovers = createHandoverQueue();
  takeTicketLinks(window, handovers.hand);
  return {
    shell: 'browser',
    // A page cannot ask the system's; what is kept beside the notes can have a passphrase instead.
    keychain: null,
    saveFile: (name, kind, bytes): Promise<SaveResult> => saveFile(window, name, kind, bytes),
    openFile: (kind) => askForFile(window.document, kind),
    keepAwake: createWakeLock(window.navigator, window.document),
    hubState: () => askHub('GET', '/control/state'),
    openToNetwork: () => askHub('POST', '/control/open'),
    closeToNetwork: () => askHub('POST', '/control/close'),
    announce: (sessions) => askHub('POST', '/control/announce', sessions),
    onHandover: handovers.listen,
  };
}

/** A hub process that is gone is an answer like any other. */
async function askHub(method: 'GET' | 'POST', path: string, body?: unknown): Promise<HubResult> {
  try {
    const response = await fetch(path, {
      method,
      cache: 'no-store',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return readHubResult(await response.json());
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) {
      return { ok: false, reason: 'not-running' };
    }
    throw error;
  }
}

/** The browser gives the lock up whenever the page is hidden, so it is asked for again. */
function createWakeLock(navigator: Navigator, document: Document): Machine['keepAwake'] {
  let wanted = false;
  let lock: WakeLockSentinel | null = null;
  async function take(): Promise<boolean> {
    if (!('wakeLock' in navigator)) return false;
    try {
      lock = await navigator.wakeLock.request('screen');
      // It may have been given back while the browser was thinking.
      if (!wanted) await lock.release();
      return wanted;
    } catch (error) {
      if (error instanceof DOMException) return false;
      throw error;
    }
  }
  document.addEventListener('visibilitychange', () => {
    if (wanted && document.visibilityState === 'visible') void take();
  });
  return async (on) => {
    wanted = on;
    if (on) return take();
    await lock?.release();
    lock = null;
    return true;
  };
}

/** A link to this laptop's own Caucus with a ticket behind the #. */
function takeTicketLinks(window: Window, hand: (handover: Handover) => void): void {
  const take = (): void => {
    const { hash, href } = window.location;
    if (!hash.startsWith('#join=')) return;
    // It holds secrets: out of the address bar and out of the history at once.
    window.history.replaceState(null, '', '#/join');
    hand({ kind: 'link', link: href });
  };
  take();
  window.addEventListener('hashchange', take);
}
