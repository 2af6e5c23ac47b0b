import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One HTTP request to 127.0.0.1 with exactly these headers; `fetch` would choose Host and tidy up the path. */
export function ask(
  port: number,
  path: string,
  {
    method = 'GET',
    host = `localhost:${port}`,
    headers = {},
    address = '127.0.0.1',
    body = '',
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: address, port, path, method, agent: false, headers: { host, ...headers } },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          body += text;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Tries to open a WebSocket: 101 where it is let in (and closes it), else the status of the refusal. */
export function knock(
  port: number,
  path: string,
  { host = `localhost:${port}`, headers = {}, protocols = [] as readonly string[] } = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], {
      headers: { host, ...headers },
    });
    socket.on('open', () => {
      socket.on('close', () => resolve(101));
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}
