import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../hub-log.ts';

/** On every answer. Nothing tells the server's name or version. */
const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const refusals: Record<Refusal, { readonly status: number; readonly text: string }> = {
  'unknown-host': {
    status: 421,
    text: 'This address does not belong to Caucus. Open http://localhost with its port instead.',
  },
  'foreign-origin': { status: 403, text: 'Caucus answers only its own pages.' },
  'not-found': { status: 404, text: 'There is nothing here.' },
  'wrong-method': { status: 405, text: 'This cannot be asked in this way.' },
  'malformed-request': { status: 400, text: 'This request cannot be read.' },
  'too-many-sockets': { status: 503, text: 'Too many connections are open. Try again later.' },
};

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): void {
  // Nothing that we serve takes a body, so whatever was sent along is let run off.
  request.resume();
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

/** Answers a request for a WebSocket with a refusal in plain HTTP and ends the connection. */
export function refuseUpgrade(socket: Duplex, reason: Refusal): void {
  const { status, text } = refusals[reason];
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      'X-Content-Type-Options: nosniff',
      `Content-Length: ${Buffer.byteLength(text) + 1}`,
      '',
      `${text}\n`,
    ].join('\r\n'),
  );
}
