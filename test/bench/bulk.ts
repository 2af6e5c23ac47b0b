import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { WebSocketServer } from 'ws';
import { keyOfRoom } from '../e2e/stock/key-of-room.ts';
import type { BenchVenue } from './bench-venue.ts';
import { type BenchNumbers, type BenchResult, median, round } from './measure.ts';
import { isOnLine, runOnLine } from './on-line.ts';
import type { BulkPage } from './pages/bulk-page.ts';

declare global {
  var bulkPage: BulkPage;
}

/** As many notes as in the `open` benchmark, each a page of text: 20 MB of a group's document. */
const NOTES = 10_000;
const LETTERS = 1_770;
const RUNS = 5;
const PIECE_BYTES = 64 * 1024;

/** A server that sends the same bytes to whoever comes, as fast as they are taken. */
async function openBareServer(bytes: Buffer) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      socket.send(bytes.subarray(at, at + PIECE_BYTES));
    }
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** How long each way takes to bring a document to a fresh laptop, in milliseconds, a value a run. */
interface BulkTimes {
  readonly megabytes: number;
  readonly bareChannel: readonly number[];
  readonly direct: readonly number[];
  readonly bareSocket: readonly number[];
  readonly relay: readonly number[];
  readonly apply: readonly number[];
}

async function measureBulk(
  venue: BenchVenue,
  ways: readonly ('direct' | 'relay')[],
): Promise<BulkTimes> {
  const from = await venue.open('bulk.html', 'bulkPage');
  const to = await venue.open('bulk.html', 'bulkPage');
  const made = await from.evaluate(([notes, letters]) => bulkPage.prepare(notes, letters), [
    NOTES,
    LETTERS,
  ] as const);
  const bare = await openBareServer(
    Buffer.from(await from.evaluate(() => bulkPage.bytes()), 'base64'),
  );
  const fresh = async (): Promise<Page> => {
    await to.reload();
    await to.waitForFunction(() => 'bulkPage' in globalThis);
    return to;
  };

  let document = 0;
  async function ours(way: 'direct' | 'relay'): Promise<number> {
    document += 1;
    const room = `bulk-${document}`;
    await venue.bring(keyOfRoom(room));
    const where = [way, venue.address, room] as const;
    await from.evaluate(([how, address, name]) => bulkPage.hold(how, address, name), where);
    // By relay the document first has to be there; asking for it tells.
    const page = await fresh();
    const receive = () =>
      page.evaluate(
        ([how, address, name, changes]) => bulkPage.receive(how, address, name, changes),
        [...where, made.changes] as const,
      );
    let took = await receive();
    if (way === 'relay') {
      await fresh();
      took = await receive();
    }
    await from.evaluate(() => bulkPage.letGo());
    return took;
  }
  async function bareChannel(): Promise<number> {
    const page = await fresh();
    const offer = await from.evaluate(() => bulkPage.bareOffer());
    const answer = await page.evaluate(([sdp, bytes]) => bulkPage.bareAnswer(sdp, bytes), [
      offer,
      made.bytes,
    ] as const);
    await from.evaluate((sdp) => bulkPage.bareStart(sdp), answer);
    const took = await page.evaluate(() => bulkPage.bareDone());
    await from.evaluate(() => bulkPage.bareClose());
    return took;
  }
  async function bareSocket(): Promise<number> {
    const page = await fresh();
    return page.evaluate(([url, bytes]) => bulkPage.receiveBareSocket(url, bytes), [
      bare.url,
      made.bytes,
    ] as const);
  }

  const times = {
    bareChannel: [] as number[],
    direct: [] as number[],
    bareSocket: [] as number[],
    relay: [] as number[],
    apply: [] as number[],
  };
  for (let run = 0; run < RUNS; run += 1) {
    // In turn, so that a busy moment of the machine meets all.
    if (ways.includes('direct')) {
      times.bareChannel.push(await bareChannel());
      times.direct.push(await ours('direct'));
    }
    times.bareSocket.push(await bareSocket());
    times.relay.push(await ours('relay'));
    times.apply.push(await from.evaluate(() => bulkPage.apply()));
  }
  bare.server.close();
  await Promise.all([from, to].map((page) => page.context().close()));
  return { megabytes: made.bytes / 1e6, ...times };
}

/** What both benchmarks say of the relay. */
function relayNumbers(times: BulkTimes): BenchNumbers {
  const [bareSocketMs, relayMs] = [median(times.bareSocket), median(times.relay)];
  return {
    megabytes: round(times.megabytes),
    notes: NOTES,
    applyUpdateMs: round(median(times.apply)),
    bareSocketMs: round(bareSocketMs),
    relayMs: round(relayMs),
    relayTimesBare: round(relayMs / bareSocketMs),
  };
}

/**
 * A 20 MB document for a fresh laptop, against a bare data channel and a bare WebSocket, within one
 * machine. By relay that says what our work costs and is no limit: a WebSocket within a machine
 * takes less time than Yjs needs to take the document in (`applyUpdateMs`). The limit is held on a
 * line as laptops have it (`benchBulkOnLine`).
 */
export async function benchBulk(venue: BenchVenue): Promise<BenchResult> {
  const times = await measureBulk(venue, ['direct', 'relay']);
  const [bareChannelMs, directMs] = [median(times.bareChannel), median(times.direct)];
  return {
    name: 'bulk',
    numbers: {
      ...relayNumbers(times),
      bareChannelMs: round(bareChannelMs),
      directMs: round(directMs),
      directTimesBare: round(directMs / bareChannelMs),
    },
    // Half the speed is twice the time.
    limits: [{ number: 'directTimesBare', atMost: 2 }],
  };
}

/** A good conference Wi-Fi. */
const LINE_MBIT_PER_SECOND = 100;

/** The same by relay, on a line that carries 100 Mbit/s. */
export async function benchBulkOnLine(openVenue: () => Promise<BenchVenue>): Promise<BenchResult> {
  const limits = [{ number: 'relayTimesBare', atMost: 2 }];
  if (!isOnLine()) {
    const numbers = await runOnLine('bulk-line', LINE_MBIT_PER_SECOND);
    if (numbers !== null) return { name: 'bulk-line', numbers, limits };
    console.log('  Not measured: a line of a given speed needs root on Linux, with iproute2.');
    return { name: 'bulk-line', numbers: {}, limits: [] };
  }
  const venue = await openVenue();
  try {
    return {
      name: 'bulk-line',
      numbers: relayNumbers(await measureBulk(venue, ['relay'])),
      limits,
    };
  } finally {
    await venue.close();
  }
}
