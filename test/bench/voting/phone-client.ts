import { connect, type Socket } from 'node:net';
import { VOTE_PATH, VOTE_SUBPROTOCOL } from '../../../src/core/protocol/voting-frames.ts';

/** A phone's connection, as thin as the protocol allows, so that thousands cost their machine little. */
export interface PhoneClient {
  readonly socket: Socket;
  send(text: string): void;
}

export interface PhoneEvents {
  readonly onOpen: (client: PhoneClient) => void;
  readonly onText: (text: Buffer, client: PhoneClient) => void;
  /** Once, also where it never was open. */
  readonly onClose: () => void;
}

const MASKED = 0x80;
const TEXT = 0x81;
const PING = 0x9;
const PONG = 0x8a;

/** A client's frame (RFC 6455, 5.2) whose mask is zero, which leaves the content as it is. */
function frame(head: number, content: Buffer): Buffer {
  const { length } = content;
  const short = length < 126;
  const header = Buffer.alloc(short ? 6 : 8);
  header[0] = head;
  header[1] = MASKED | (short ? length : 126);
  if (!short) header.writeUInt16BE(length, 2);
  return Buffer.concat([header, content]);
}

/** @param token what makes it a voter that the hub knows; none for a new one. */
export function openPhone(port: number, token: string, events: PhoneEvents): PhoneClient {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const client: PhoneClient = {
    socket,
    send: (text) => void socket.write(frame(TEXT, Buffer.from(text))),
  };
  let buffer: Buffer = Buffer.alloc(0);
  let isOpen = false;

  function readHead(): boolean {
    const end = buffer.indexOf('\r\n\r\n');
    if (end === -1) return false;
    if (!buffer.toString('latin1', 0, 12).endsWith('101')) {
      socket.destroy();
      return false;
    }
    buffer = buffer.subarray(end + 4);
    isOpen = true;
    events.onOpen(client);
    return true;
  }
  function readFrame(): boolean {
    if (buffer.length < 2) return false;
    const short = (buffer[1] ?? 0) & 0x7f;
    const headBytes = short < 126 ? 2 : 4;
    if (buffer.length < headBytes) return false;
    const length = short < 126 ? short : buffer.readUInt16BE(2);
    if (buffer.length < headBytes + length) return false;
    const content = buffer.subarray(headBytes, headBytes + length);
    const isText = buffer[0] === TEXT;
    if (((buffer[0] ?? 0) & 0xf) === PING) socket.write(frame(PONG, content));
    buffer = buffer.subarray(headBytes + length);
    if (isText) events.onText(content, client);
    return true;
  }
  socket.on('connect', () => {
    socket.write(
      [
        `GET ${VOTE_PATH} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        `Origin: http://127.0.0.1:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
        `Sec-WebSocket-Protocol: ${VOTE_SUBPROTOCOL}${token === '' ? '' : `, ${token}`}`,
        '\r\n',
      ].join('\r\n'),
    );
  });
  socket.on('data', (chunk) => {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    if (!isOpen && !readHead()) return;
    while (!socket.destroyed && readFrame());
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', events.onClose);
  return client;
}
