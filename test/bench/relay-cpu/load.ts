import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as Y from 'yjs';
import type { LoadClient, LoadProtocol } from './load-client.ts';
import { ourProtocol } from './our-protocol.ts';
import { yWebsocketProtocol } from './y-websocket-protocol.ts';

/**
 * The writers of `relay-cpu`, in a process of their own so that they can be kept off the server's
 * core: everyone types a letter into a note of their own, five times a second, and everyone gets
 * what the others type. Prints one line of JSON (`LoadReport`).
 */
export interface LoadReport {
  /** The server's CPU time in the measured window, in milliseconds, all its threads. */
  readonly cpuMs: number;
  /** Letters that arrived meanwhile at a writer other than their own, early ones too. */
  readonly delivered: number;
  /** Of the letters of the window, how many have not arrived though all were waited for. */
  readonly missing: number;
  /** How many letters were typed a second: fewer than meant where the machine has others to serve. */
  readonly lettersPerSecond: number;
  /** WebSocket messages that arrived. */
  readonly frames: number;
  /** Median and 99th percentile of milliseconds from a letter to its arrival at another writer. */
  readonly medianMs: number;
  readonly slowMs: number;
}

const protocols: Readonly<Record<string, LoadProtocol>> = {
  ours: ourProtocol,
  'y-websocket': yWebsocketProtocol,
};

const { values } = parseArgs({
  options: {
    protocol: { type: 'string', default: 'ours' },
    port: { type: 'string', default: '0' },
    pid: { type: 'string', default: '0' },
    writers: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '10' },
  },
});
const protocol = protocols[values.protocol];
if (protocol === undefined) throw new Error(`No protocol "${values.protocol}"`);
const WRITERS = Number(values.writers);
const EVERY_MS = 200;
/** Client ids are given in turn, so that a letter tells its writer. */
const FIRST_CLIENT = 1_000_000;
const WINDOW_MS = Number(values.seconds) * 1_000;
/** The compiler has seen everything by then. */
const WARM_UP_MS = 4_000;
/** When nothing has come for so long, nothing will. */
const STILL_MS = 2_000;
/** Clock ticks of /proc/<pid>/stat: 100 a second on every Linux that there is. */
const TICK_MS = 10;

/** utime + stime of all threads, proc(5). */
function cpuMs(): number {
  const stat = readFileSync(`/proc/${values.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Writer {
  readonly doc: Y.Doc;
  readonly client: LoadClient;
  readonly frames: { readonly at: number; readonly bytes: Uint8Array }[];
  type(): void;
  /** When each letter was typed, by its clock in Yjs. */
  readonly typedAt: Map<number, number>;
}

let keeping = false;

async function openWriter(
  number: number,
  { connect }: Pick<LoadProtocol, 'connect'>,
): Promise<Writer> {
  const doc = new Y.Doc();
  doc.clientID = FIRST_CLIENT + number;
  const frames: Writer['frames'] = [];
  const client = await connect(Number(values.port), (bytes) => {
    if (keeping) frames.push({ at: performance.now(), bytes });
  });
  const typedAt = new Map<number, number>();
  doc.on('update', (update: Uint8Array) => client.send(update));
  const text = new Y.Text();
  doc.getMap('notes').set(`note-${number}`, new Y.Map([['text', text]]));
  return {
    doc,
    client,
    frames,
    typedAt,
    type() {
      if (keeping) typedAt.set(Y.getState(doc.store, doc.clientID), performance.now());
      text.insert(text.length, 'e');
    },
  };
}

const writers: Writer[] = [];
for (let number = 0; number < WRITERS; number += 1) {
  writers.push(await openWriter(number, protocol));
}
const timers = writers.map((writer, number) => {
  let timer: ReturnType<typeof setInterval> | undefined;
  // Nobody types in step with the others.
  setTimeout(
    () => (timer = setInterval(() => writer.type(), EVERY_MS)),
    (EVERY_MS * number) / WRITERS,
  );
  return () => clearInterval(timer);
});
await later(WARM_UP_MS);
const before = cpuMs();
keeping = true;
await later(WINDOW_MS);
timers.forEach((stop) => stop());

interface Arrivals {
  /** Letters of the others, whenever they were typed. */
  letters: number;
  /** For each that was typed in the window, how long it took. */
  readonly waits: number[];
}

function arrivalsAt(writer: Writer, { updatesIn }: LoadProtocol): Arrivals {
  const arrivals: Arrivals = { letters: 0, waits: [] };
  for (const { at, bytes } of writer.frames) {
    for (const update of updatesIn(bytes)) {
      const { from, to } = Y.parseUpdateMeta(update);
      for (const [client, start] of from) {
        if (client === writer.doc.clientID) continue;
        const typed = writers[client - FIRST_CLIENT]?.typedAt;
        for (let clock = start; clock < (to.get(client) ?? 0); clock += 1) {
          arrivals.letters += 1;
          const typedAt = typed?.get(clock);
          if (typedAt !== undefined) arrivals.waits.push(at - typedAt);
        }
      }
    }
  }
  return arrivals;
}

const typed = writers.reduce((sum, { typedAt }) => sum + typedAt.size, 0);
// What was typed last is still on its way; a server that cannot keep up is waited for.
const frameCount = (): number => writers.reduce((sum, { frames }) => sum + frames.length, 0);
for (let seen = -1; seen !== frameCount();) {
  seen = frameCount();
  await later(STILL_MS);
}
const used = cpuMs() - before;
const frames = frameCount();
const arrivals = writers.map((writer) => arrivalsAt(writer, protocol));
const waits = arrivals.flatMap((at) => at.waits).sort((a, b) => a - b);
const report: LoadReport = {
  cpuMs: used,
  delivered: arrivals.reduce((sum, { letters }) => sum + letters, 0),
  missing: typed * (WRITERS - 1) - waits.length,
  lettersPerSecond: (typed * 1_000) / WINDOW_MS,
  frames,
  medianMs: waits[Math.floor(waits.length / 2)] ?? Number.NaN,
  slowMs: waits[Math.floor(waits.length * 0.99)] ?? Number.NaN,
};
console.log(JSON.stringify(report));
writers.forEach(({ client }) => client.close());
process.exit(0);
