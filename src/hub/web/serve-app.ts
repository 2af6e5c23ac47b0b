import { readFile, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { refuse, send } from './respond.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.caucus': 'application/octet-stream',
};

/**
 * `ws:` because a group joins the plenary laptop's hub at an address that is known only on the day,
 * and `http:` because it first asks there whether a hub answers;
 * `'unsafe-inline'` for styles because React sets style attributes. Everything else is the app's own.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' http: ws:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** On scripts too, since a worker is bound by the policy that came with its own file. */
const appHeaders = { 'Content-Security-Policy': contentSecurityPolicy };

/** Names such as our build makes; so no "..", no "\", no ":", no hidden file can be asked for. */
const plainName = /^[A-Za-z0-9_@-][A-Za-z0-9_@.-]*$/;

function fileNameOf(path: string): string | null {
  if (path === '/') return 'index.html';
  const names = path.slice(1).split('/');
  return names.every((name) => plainName.test(name)) ? join(...names) : null;
}

/** Null where there is no such file, or where a link leads out of the app's folder. */
async function readInside(directory: string, name: string): Promise<Buffer | null> {
  try {
    const [root, file] = await Promise.all([realpath(directory), realpath(join(directory, name))]);
    if (!file.startsWith(root + sep) || !(await stat(file)).isFile()) return null;
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

export type ServeApp = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => Promise<void>;

/** Serves the built app from `directory`: `index.html` at "/", files with hashed names for good. */
export function createServeApp(directory: string): ServeApp {
  return async (request, response, path) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(request, response, 'wrong-method', { Allow: 'GET, HEAD' });
      return;
    }
    const name = fileNameOf(path);
    const body = name === null ? null : await readInside(directory, name);
    if (name === null || body === null) {
      refuse(request, response, 'not-found');
      return;
    }
    const extension = extname(name).toLowerCase();
    send(
      request,
      response,
      200,
      {
        ...appHeaders,
        'Content-Type': mediaTypes[extension] ?? 'application/octet-stream',
        'Cache-Control': path.startsWith('/assets/')
          ? 'public, max-age=31536000, immutable'
          : 'no-cache',
      },
      body,
    );
  };
}
