import { shell } from 'electron';
import type { WebContents } from 'electron';
import { isAppUrl, parseUrl } from './app-origin.ts';

/**
 * Keeps a window on the app's own pages: it goes nowhere else, opens no other window and holds no
 * <webview>. A link to a web page opens in the browser that the person uses.
 */
export function confineToApp(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) {
      event.preventDefault();
      openInBrowser(event.url);
    }
  });
  // Frames inside the page, and answers that point elsewhere: nobody clicked on those, so nothing
  // opens for them.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && !isAppUrl(event.url)) {
      event.preventDefault();
    }
  });
  contents.on('will-redirect', (event) => {
    if (!isAppUrl(event.url)) {
      event.preventDefault();
    }
  });
  contents.setWindowOpenHandler(({ url }) => {
    openInBrowser(url);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/**
 * Hands a link to the system's browser if it is a plain https address, and otherwise does nothing:
 * `openExternal` starts whatever program the system has for a scheme (file:, smb:, search-ms:…), and
 * a name and password in front of the host are there only to deceive the reader.
 */
function openInBrowser(address: string): void {
  const url = parseUrl(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    return;
  }
  shell.openExternal(url.href).catch((error: unknown) => {
    console.error('The link could not be opened:', error);
  });
}
