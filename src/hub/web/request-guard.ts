import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { VOTE_PATH } from '../../core/protocol/voting-frames.ts';
import type { Refusal } from '../hub-log.ts';

/**
 * Who may ask. A page from anywhere can make a browser send requests to this laptop, and a name can be
 * made to point at it after the page has loaded (DNS rebinding); the Host and Origin headers, which
 * no page can forge, tell such requests from ours.
 */
export type Guard = (request: IncomingMessage) => Refusal | null;

/** The page inside Electron. */
const APP_ORIGIN = 'app://caucus';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Each laptop's browser has its own loopback page, on the usual port or on one of its own. */
const loopbackPage = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

interface HostHeader {
  readonly name: string;
  readonly port: number;
}

/** Null where it is not there, there twice, or no host. */
function readHost({ headersDistinct }: IncomingMessage): HostHeader | null {
  const [header = '', ...more] = headersDistinct['host'] ?? [];
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(header);
  if (more.length > 0) return null;
  if (match === null) return null;
  return { name: (match[1] ?? '').toLowerCase(), port: Number(match[2] ?? 80) };
}

/** Whether this is the page's origin that was loaded from where the request goes. */
const isOwnPage = (origin: string, { name, port }: HostHeader): boolean =>
  origin === `http://${name}:${port}` || (port === 80 && origin === `http://${name}`);

/** The phones' page, and where it connects. */
function isForPhones(request: IncomingMessage): boolean {
  const path = pathOf(request);
  return path === '/' || path === VOTE_PATH;
}

const isAddress = (name: string): boolean => isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;

/**
 * For the loopback listener: this laptop's own names and the port asked on, and this app's own pages
 * only.
 *
 * @param ownOrigins pages that are the app's own besides, as a development server's.
 */
export function loopbackGuard(ownOrigins: readonly string[] = []): Guard {
  return (request) => {
    const { headers, socket } = request;
    const host = readHost(request);
    if (host === null || !loopbackNames.has(host.name) || host.port !== socket.localPort) {
      return 'unknown-host';
    }
    const { origin } = headers;
    const isOurs =
      origin === undefined ||
      origin === APP_ORIGIN ||
      ownOrigins.includes(origin) ||
      isOwnPage(origin, host);
    return isOurs && !isSmuggled(request) ? null : 'foreign-origin';
  };
}

/**
 * For the network listener: a bare address, a `.local` name or the machine's own name, none of which
 * a stranger's DNS can hand out; and pages that each laptop serves to itself. Where phones vote it is
 * the page that this listener itself serves, and no other, which gets nowhere else.
 */
export function networkGuard(machineName: string = hostname()): Guard {
  const own = machineName.toLowerCase();
  return (request) => {
    const { headers } = request;
    const host = readHost(request);
    const isOwnName =
      host !== null && (isAddress(host.name) || host.name.endsWith('.local') || host.name === own);
    if (!isOwnName) return 'unknown-host';
    const { origin } = headers;
    const isWelcome =
      origin === undefined ||
      (isForPhones(request)
        ? isOwnPage(origin, host)
        : origin === APP_ORIGIN || loopbackPage.test(origin));
    return isWelcome && !isSmuggled(request) ? null : 'foreign-origin';
  };
}

/** Whether another site's page made the browser ask: its requests for images and scripts carry no Origin. */
export const isCrossSite = ({ headers }: IncomingMessage): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';

/**
 * Whether another site's page asks without saying so: for an image, a script or a frame no Origin is
 * sent. A person who follows a link to the app is welcome; in a frame the page would not show.
 */
function isSmuggled(request: IncomingMessage): boolean {
  const { headers } = request;
  const isVisit =
    headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isCrossSite(request) && headers.origin === undefined && !isVisit;
}

/** The path without its query, or null where the request line is not a plain path. */
export function pathOf(request: IncomingMessage): string | null {
  const url = request.url ?? '';
  return url.startsWith('/') ? url.replace(/[?#].*$/s, '') : null;
}
