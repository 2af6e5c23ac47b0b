import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from '../src/hub/web/serve-app.ts';
import { APP_SCHEME, isAppUrl } from './app-origin.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Tells Chromium what kind of origin `app://caucus` is; to be called before `ready`, once.
 * `standard` gives it storage and relative addresses, `secure` gives it `crypto.subtle`. What is
 * left out stays off: above all `bypassCSP`, and `corsEnabled`, as no other page may read it.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
      },
    },
  ]);
}

/** Answers every request to `app://caucus` from the files under `root`, and no others. */
export function serveApp(root: string): void {
  protocol.handle(APP_SCHEME, (request) => respond(root, request));
}

async function respond(root: string, request: Request): Promise<Response> {
  const file = request.method === 'GET' ? resolveAppPath(root, request.url) : undefined;
  if (file === undefined) {
    return plain(404, 'There is nothing here.');
  }
  try {
    // Read whole, not streamed: the largest file is a few hundred kilobytes, and inside app.asar
    // a plain read is the one way that is the same packed and unpacked.
    const bytes = new Uint8Array(await readFile(file));
    return new Response(bytes, {
      headers: {
        ...SAFE_HEADERS,
        'Content-Type': CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream',
      },
    });
  } catch (error) {
    return plain(404, `There is nothing here (${describe(error)}).`);
  }
}

/**
 * The file that a URL of the app names, or undefined if it names none: another host, a path that
 * cannot be decoded, or one that leads out of `root` in any spelling. `/` is index.html, which
 * shows every screen; there are no other addresses, as the page's paths are relative to it.
 */
export function resolveAppPath(root: string, address: string): string | undefined {
  if (!isAppUrl(address)) {
    return undefined;
  }
  const decoded = decodePath(new URL(address).pathname);
  // A backslash separates folders on Windows only; no file of ours has one anywhere.
  if (decoded === undefined || decoded.includes('\0') || decoded.includes('\\')) {
    return undefined;
  }
  const file = path.resolve(root, `./${decoded}`);
  const inside = path.relative(root, file);
  if (inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) {
    return undefined;
  }
  return inside === '' ? path.join(root, 'index.html') : file;
}

const SAFE_HEADERS = {
  // The browser shell's own: one app, one policy.
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  // The files change only with the app; a copy kept from the version before would mix the two.
  'Cache-Control': 'no-cache',
};

function plain(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...SAFE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

function decodePath(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) {
      return undefined;
    }
    throw error;
  }
}

function describe(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}
