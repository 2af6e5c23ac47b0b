import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { HELLO_BYTES } from '../../src/core/protocol/secure-channel.ts';

import type { AttackKind, AttackOptions, AttackReport } from './attack-kinds.ts';

/**
 * One attacker, in a process of its own: keeps so many connections going, each opened anew as soon
 * as the hub has ended it, until its parent ends it.
 */

/**
 * After the hub has ended a connection, until it is opened again, on average: 5,000 make 1,000 new ones
 * a second, steadily, and not all at one moment, of which newcomers and measurements may see nothing.
 */
const PAUSE_MS = 5_000;
/** New connections that are begun in one go, so that this process, too, gets to the others. */
const BATCH = 50;
const BATCH_MS = 10;
const SLOW_MS = 1_000;

interface Act {
  /** Sent at once. */
  readonly first: (number: number) => Buffer | null;
  /** Sent again and again. */
  readonly again?: { readonly everyMs: number; readonly bytes: () => Buffer };
  /** Sent when the hub has answered. */
  readonly onAnswer?: () => Buffer;
}

const { kind, port, from, connections } = JSON.parse(process.argv[2] ?? '{}') as AttackOptions;
const host = `127.0.0.1:${port}`;

const upgrade = Buffer.from(
  [
    'GET /relay HTTP/1.1',
    `Host: ${host}`,
    'Origin: http://localhost:4710',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
    '',
    '',
  ].join('\r\n'),
);
/** A masked frame; the mask of zeros leaves the bytes as they are. RFC 6455, 5.2. */
function frame(opcode: number, final: boolean, bytes: Uint8Array): Buffer {
  const length =
    bytes.length < 126
      ? Buffer.from([0x80 | bytes.length])
      : Buffer.from([0xfe, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([
    Buffer.from([(final ? 0x80 : 0) | opcode]),
    length,
    Buffer.alloc(4),
    bytes,
  ]);
}
const BINARY = 2;
const CONTINUATION = 0;
const oneByte = Buffer.concat(
  Array.from({ length: 200 }, () => frame(CONTINUATION, false, new Uint8Array(1))),
);
/** The header of a frame of 100 MB, and the first of what it announces. */
const hugeFrame = Buffer.concat([
  Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x06, 0x40, 0, 0, 0, 0, 0, 0]),
  Buffer.alloc(64 * 1024),
]);
/** What begins the encryption: any 32 bytes are a key, and the hub has to agree on a secret with it. */
const hello = frame(BINARY, true, randomBytes(HELLO_BYTES));
const requests = Buffer.from(`GET /hub HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(100));
const PING = 9;
const pings = Buffer.concat(
  Array.from({ length: 500 }, () => frame(PING, true, new Uint8Array(1))),
);

const acts: Readonly<Record<Exclude<AttackKind, 'all of them'>, Act>> = {
  'silent connections': { first: () => null },
  'slow headers': {
    first: () => Buffer.from(`GET /hub HTTP/1.1\r\nHost: ${host}\r\n`),
    again: { everyMs: SLOW_MS, bytes: () => Buffer.from('X-A: b\r\n') },
  },
  'slow bodies': {
    first: () =>
      Buffer.from(`POST /hub HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1000000\r\n\r\n`),
    again: { everyMs: SLOW_MS, bytes: () => Buffer.from('x') },
  },
  'silent sockets': { first: () => upgrade },
  'one-byte fragments': {
    first: () => upgrade,
    onAnswer: () => frame(BINARY, false, new Uint8Array(1)),
    again: { everyMs: 200, bytes: () => oneByte },
  },
  '100 MB frames': { first: () => upgrade, onAnswer: () => hugeFrame },
  'handshakes only': { first: () => upgrade, onAnswer: () => hello },
  'many requests': {
    first: () => requests,
    again: { everyMs: 100, bytes: () => requests },
  },
  'ping flood': {
    first: () => upgrade,
    onAnswer: () => pings,
    again: { everyMs: 100, bytes: () => pings },
  },
};
const allActs = Object.values(acts);

let opened = 0;
let ended = 0;
let open = 0;
let begun = 0;
/** When each place is free for another connection. */
const due: number[] = Array.from({ length: connections }, () => 0);

function begin(place: number): void {
  begun += 1;
  const act = kind === 'all of them' ? allActs[begun % allActs.length] : acts[kind];
  const socket: Socket = connect({ port, host: '127.0.0.1', localAddress: from });
  let timer: ReturnType<typeof setInterval> | undefined;
  let answered = false;
  const first = act?.first(begun) ?? null;
  socket.on('connect', () => {
    opened += 1;
    open += 1;
    if (first !== null) socket.write(first);
    const next = act?.again;
    if (next !== undefined && act?.onAnswer === undefined) repeat(next);
    socket.once('close', () => {
      open -= 1;
      ended += 1;
    });
  });
  function repeat(next: NonNullable<Act['again']>): void {
    timer = setInterval(() => {
      // A hub that does not read is no reason to fill our own memory.
      if (socket.writableLength < 256 * 1024) socket.write(next.bytes());
    }, next.everyMs);
  }
  socket.on('data', () => {
    if (answered) return;
    answered = true;
    if (act?.onAnswer !== undefined) {
      socket.write(act.onAnswer());
      if (act.again !== undefined) repeat(act.again);
    }
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(timer);
    due[place] = performance.now() + 2 * PAUSE_MS * Math.random();
  });
}

let next = 0;
setInterval(() => {
  const now = performance.now();
  let batch = 0;
  for (let looked = 0; looked < connections && batch < BATCH; looked += 1) {
    next = (next + 1) % connections;
    if ((due[next] ?? 0) > now) continue;
    due[next] = Infinity;
    begin(next);
    batch += 1;
  }
}, BATCH_MS);

process.on('message', () => {
  const report: AttackReport = { opened, ended, open };
  process.send?.(report);
});
process.on('disconnect', () => process.exit());
process.send?.(null);
