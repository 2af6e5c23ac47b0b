import type { IncomingMessage } from 'node:http';
import { parseJson } from '../../core/protocol/utf8.ts';

/**
 * What was sent along with a request, as JSON. Undefined where it is longer than `maxBytes`, cut off
 * or no JSON.
 */
export function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      // The rest runs off unread; the answer goes out at once.
      if (length > maxBytes) resolve(undefined);
      else parts.push(part);
    });
    request.on('end', () => resolve(parseJson(Buffer.concat(parts).toString('utf8'))));
    request.on('close', () => resolve(undefined));
  });
}
