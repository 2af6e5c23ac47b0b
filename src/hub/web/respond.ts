import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Refusal } from '../hub-log.ts';

/**
 * On every answer, refusals too; the app's own files bring a wider policy. Nothing tells the server's
 * name or version, and there is never a cookie: browsers send those along with whatever page asks.
 */
const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
};

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const refusals: Record<Refusal, Answer> = {
  'unknown-host': {
    status: 421,
    text: 'This address does not belong to Caucus. Open http://localhost with its port instead.',
  },
  'foreign-origin': { status: 403, text: 'Caucus answers only its own pages.' },
  'not-found': { status: 404, text: 'There is nothing here.' },
  'wrong-method': { status: 405, text: 'This cannot be asked in this way.' },
  'malformed-request': { status: 400, text: 'This request cannot be read.' },
  'too-many-requests': {
    status: 429,
    text: 'Too much is asked from this address. Try again later.',
    // Said before anything is read of who asks, and to a laptop's page it says that a hub is there.
    headers: { 'Access-Control-Allow-Origin': '*' },
  },
  'too-many-sockets': { status: 503, text: 'Too many connections are open. Try again later.' },
};

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): void {
  // Who has more to send than what this answers does not get to go on.
  request.resume();
  response.once('finish', () => {
    if (!request.complete) request.socket.destroySoon();
  });
  response.writeHead(status, {
    ...commonHeaders,
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(
    request,
    response,
    200,
    { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
    JSON.stringify(value),
  );
}

export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  reason: Refusal,
  headers: Readonly<Record<string, string>> = {},
): void {
  const { status, text } = refusals[reason];
  send(
    request,
    response,
    status,
    { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
    `${text}\n`,
  );
}

/** Answers what is no request, or one for a WebSocket, with a refusal in plain HTTP and ends the connection. */
export function refuseUpgrade(socket: Socket, reason: Refusal): void {
  const { status, text, headers: more } = refusals[reason];
  const headers = {
    ...commonHeaders,
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': String(Buffer.byteLength(text) + 1),
    ...more,
  };
  socket.write(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      `${text}\n`,
    ].join('\r\n'),
  );
  // Not `end`: who does not close the other half would keep the connection.
  socket.destroySoon();
}
