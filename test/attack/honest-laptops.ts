import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import { createRelayConnection } from '../../src/browser/transport/relay-connection.ts';
import type { Dial, WireEvents } from '../../src/browser/transport/dial.ts';
import { dialHub, dialOwnHub } from '../../src/browser/transport/dial.ts';
import type { RelayTransport } from '../../src/browser/transport/relay-transport.ts';
import { documentKeyFrom } from '../../src/core/protocol/document-key.ts';
import { readRelayFrame, writeRelayFrame } from '../../src/core/protocol/relay-frame.ts';
import { untilOpen } from './until-open.ts';

/**
 * The plenary laptop and ten laptops with tickets, in a process of their own: they ping and type,
 * and say how long it took. Everyone is in one group's document, as the app itself would be.
 */
export interface Waits {
  /** Milliseconds from each ping to its answer. */
  readonly pings: readonly number[];
  /** Milliseconds from each letter typed to its arrival at another laptop. */
  readonly edits: readonly number[];
  /** Pings that were never answered and letters that never arrived. */
  readonly lost: number;
  /** How often a connection that had its document open broke. */
  readonly breaks: number;
}
export type HonestOrder =
  | { readonly order: 'measure'; readonly ms: number }
  /** New laptops come, one after the other, each with a ticket, and go again. */
  | { readonly order: 'newcomers'; readonly ms: number };
export interface Newcomers {
  /** Milliseconds from the first try to the open document, of each that got in. */
  readonly waits: readonly number[];
  /** Those that were still outside when time was up. */
  readonly outside: number;
}

const LAPTOPS = 10;
const PING_EVERY_MS = 50;
const TYPE_EVERY_MS = 100;
/** What has not arrived so long after everybody stopped counts as lost. */
const LAST_MS = 2_000;
/** Numbers of our own pings; the connection's own begin at 1. */
const FIRST_PING = 1_000_000;

const [localPort = '', networkPort = ''] = process.argv.slice(2);
const key = documentKeyFrom(new Uint8Array(32).fill(7));
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let lastPing = FIRST_PING;
const asked = new Map<number, number>();
/** To be called whenever something has arrived; resolves who waits for the last of it. */
let onArrival = (): void => undefined;
let waits = { pings: [] as number[], edits: [] as number[], breaks: 0 };

interface Laptop {
  readonly doc: Y.Doc;
  readonly transport: RelayTransport;
  readonly ping: () => void;
  readonly leave: () => Promise<void>;
}

function openLaptop(address: string, own: boolean): Laptop {
  let send: ((frame: Uint8Array) => void) | null = null;
  const doc = new Y.Doc();
  const dial: Dial = (to, timeoutMs, given, doorToken) => {
    const { onFrame, onClose } = given;
    const events: WireEvents = {
      ...given,
      onFrame(bytes) {
        const frame = readRelayFrame(bytes);
        const at = frame?.kind === 'pong' ? asked.get(frame.number) : undefined;
        if (frame?.kind === 'pong' && at !== undefined) {
          asked.delete(frame.number);
          waits.pings.push(performance.now() - at);
          onArrival();
          return;
        }
        onFrame(bytes);
      },
      onClose() {
        if (transport.isOpen()) waits.breaks += 1;
        send = null;
        onClose();
      },
    };
    const wire = (own ? dialOwnHub : dialHub)(to, timeoutMs, events, doorToken);
    send = (frame) => wire.send(frame);
    return wire;
  };
  const connection = createRelayConnection({
    address,
    own,
    random: (length) => new Uint8Array(randomBytes(length)),
    dial,
  });
  const transport = connection.open({ doc, key });
  return {
    doc,
    transport,
    ping() {
      lastPing += 1;
      asked.set(lastPing, performance.now());
      send?.(writeRelayFrame({ kind: 'ping', number: lastPing }));
    },
    leave: () => connection.destroy(),
  };
}

const plenary = openLaptop(`ws://localhost:${localPort}`, true);
await untilOpen(plenary);
const laptops = Array.from({ length: LAPTOPS }, () =>
  openLaptop(`ws://127.0.0.1:${networkPort}`, false),
);
for (const laptop of laptops) await untilOpen(laptop);

const typedAt = new Map<string, number>();
laptops.forEach((_, number) => {
  const next = laptops[(number + 1) % LAPTOPS];
  // What this laptop types is looked for at its neighbour.
  next?.doc.getMap<number>(`typed-${number}`).observe((event) => {
    for (const name of event.keysChanged) {
      const at = typedAt.get(`${number} ${name}`);
      if (at === undefined) continue;
      typedAt.delete(`${number} ${name}`);
      waits.edits.push(performance.now() - at);
      onArrival();
    }
  });
});

async function measure(ms: number): Promise<Waits> {
  waits = { pings: [], edits: [], breaks: 0 };
  asked.clear();
  typedAt.clear();
  let typed = 0;
  const timers: ReturnType<typeof setInterval>[] = [];
  laptops.forEach((laptop, number) => {
    // Nobody does it in step with the others.
    setTimeout(
      () => {
        timers.push(setInterval(() => laptop.ping(), PING_EVERY_MS));
        timers.push(
          setInterval(() => {
            typed += 1;
            typedAt.set(`${number} ${typed % 50}`, performance.now());
            laptop.doc.getMap<number>(`typed-${number}`).set(String(typed % 50), typed);
          }, TYPE_EVERY_MS),
        );
      },
      (PING_EVERY_MS * number) / LAPTOPS,
    );
  });
  await later(ms);
  timers.forEach((timer) => clearInterval(timer));
  // The last of them are on their way.
  await new Promise<void>((resolve) => {
    const late = setTimeout(resolve, LAST_MS);
    onArrival = () => {
      if (asked.size + typedAt.size > 0) return;
      clearTimeout(late);
      resolve();
    };
    onArrival();
  });
  onArrival = () => undefined;
  return { ...waits, lost: asked.size + typedAt.size };
}

async function newcomers(ms: number): Promise<Newcomers> {
  const arrived: number[] = [];
  let outside = 0;
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const begun = performance.now();
    const laptop = openLaptop(`ws://127.0.0.1:${networkPort}`, false);
    if (await untilOpen(laptop, ms)) arrived.push(performance.now() - begun);
    else outside += 1;
    await laptop.leave();
    await later(50);
  }
  return { waits: arrived, outside };
}

process.on('message', (message: HonestOrder) => {
  const done = message.order === 'measure' ? measure(message.ms) : newcomers(message.ms);
  void done.then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());
process.send?.(null);
