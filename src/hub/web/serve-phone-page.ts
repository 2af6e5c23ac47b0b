import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { faultOf } from '../hub-log.ts';
import type { HubLog } from '../hub-log.ts';
import { refuse, send } from './respond.ts';

export type ServePhonePage = (request: IncomingMessage, response: ServerResponse) => void;

/** Where the page is put when the app is built. */
export const phonePageBeside = (appDirectory: string | undefined): string | null =>
  appDirectory === undefined ? null : join(appDirectory, '..', 'audience', 'index.html');

/** In the page; what the hub knows is put in its place, as JSON in `<script id="room">`. */
const PLACE = '<!--room-->';
/** For so long the same answer does; the countdown in it is put right by the first word over the socket. */
const SAME_FOR_MS = 500;

const inline = {
  script: /<script(?![^>]*\btype="application\/json")[^>]*>([\s\S]*?)<\/script>/giu,
  style: /<style[^>]*>([\s\S]*?)<\/style>/giu,
};
const hashesOf = (html: string, kind: keyof typeof inline): string =>
  [...html.matchAll(inline[kind])]
    .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    .join(' ');

/** Inside a script element nothing ends it but "</", nor opens a comment but "<!". */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

function readPage(path: string | null, log: HubLog): string | null {
  if (path === null) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isAbsent) log(faultOf(error));
    return null;
  }
}

const notBuilt =
  '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<title>Caucus</title><p>The page for phones is missing on this laptop.</p>';

/**
 * Serves the phones' page: one file, with what the room shows at the moment inside it, so that the
 * first answer is a page that can be used. Its policy lets in this page's own script and style by
 * their hashes, and a connection to this hub; nothing else.
 *
 * @param path null for none: then a sentence says so.
 * @param now what phones may know of the room; null where there is none.
 */
export function createServePhonePage(
  path: string | null,
  now: () => unknown,
  log: HubLog,
): ServePhonePage {
  const page = readPage(path, log) ?? notBuilt;
  const at = page.indexOf(PLACE);
  const [head, tail] = at === -1 ? [page, ''] : [page.slice(0, at), page.slice(at + PLACE.length)];
  const [scripts, styles] = [hashesOf(page, 'script'), hashesOf(page, 'style')];
  const policyFor = (host: string): string =>
    [
      "default-src 'none'",
      `script-src ${scripts === '' ? "'none'" : scripts}`,
      `style-src ${styles === '' ? "'none'" : styles}`,
      'img-src data:',
      // Older Safari does not take 'self' for a WebSocket to where the page came from.
      `connect-src 'self' ws://${host}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ');

  let kept = {
    room: '',
    plain: Buffer.alloc(0),
    packed: Buffer.alloc(0),
    at: Number.NEGATIVE_INFINITY,
  };
  function fill(): typeof kept {
    const time = performance.now();
    if (time - kept.at < SAME_FOR_MS) return kept;
    const room = inScript(now());
    if (room === kept.room) return (kept = { ...kept, at: time });
    const script = at === -1 ? '' : `<script type="application/json" id="room">${room}</script>`;
    const plain = Buffer.from(head + script + tail);
    return (kept = { room, plain, packed: gzipSync(plain), at: time });
  }

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(request, response, 'wrong-method', { Allow: 'GET, HEAD' });
      return;
    }
    const { plain, packed } = fill();
    const takesGzip = /\bgzip\b/iu.test(request.headers['accept-encoding'] ?? '');
    send(
      request,
      response,
      200,
      {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': policyFor(request.headers.host ?? ''),
        Vary: 'Accept-Encoding',
        ...(takesGzip && { 'Content-Encoding': 'gzip' }),
      },
      takesGzip ? packed : plain,
    );
  };
}
