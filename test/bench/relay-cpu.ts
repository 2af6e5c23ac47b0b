import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import { type BenchResult, median, round } from './measure.ts';
import type { LoadReport } from './relay-cpu/load.ts';

const WRITERS = 100;
const SECONDS = 8;
const RUNS = 5;
/** The server on one core, the writers on the other. */
const SERVER_CORE = '0';
const WRITERS_CORE = '1';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const servers = {
  ours: file('relay-cpu/our-hub.ts'),
  'y-websocket': file('../../node_modules/@y/websocket-server/src/server.js'),
} as const;
type Server = keyof typeof servers;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const onCore = (core: string, parameters: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  startChild('taskset', ['-c', core, process.execPath, ...parameters], env);

async function measure(server: Server): Promise<LoadReport> {
  const port = await freePort();
  const env = { PORT: String(port), HOST: '127.0.0.1' };
  const { process: child } = await onCore(SERVER_CORE, [servers[server]], env);
  try {
    const parameters = {
      protocol: server,
      port,
      // taskset becomes the program that it starts, so this is the server's own id.
      pid: child.pid,
      writers: WRITERS,
      seconds: SECONDS,
    };
    const { line } = await onCore(WRITERS_CORE, [
      file('relay-cpu/load.ts'),
      ...Object.entries(parameters).map(([name, value]) => `--${name}=${value}`),
    ]);
    return JSON.parse(line) as LoadReport;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Server CPU per delivered letter, 100 writers at 5 letters a second in one document. */
export async function benchRelayCpu(): Promise<BenchResult> {
  const reports: Record<Server, LoadReport[]> = { ours: [], 'y-websocket': [] };
  for (let run = 0; run < RUNS; run += 1) {
    // In turn, so that a busy moment of the machine meets both.
    for (const server of ['ours', 'y-websocket'] as const) {
      const report = await measure(server);
      // A peer that cannot keep up may still be sending; what it did deliver is what counts.
      if (server === 'ours' && report.missing > 0) {
        throw new Error(`${report.missing} letters are missing`);
      }
      reports[server].push(report);
    }
  }
  const middle = (server: Server, value: (report: LoadReport) => number): number =>
    median(reports[server].map(value));
  const microseconds = ({ cpuMs, delivered }: LoadReport): number => (cpuMs * 1000) / delivered;
  const [ours, peer] = [middle('ours', microseconds), middle('y-websocket', microseconds)];
  return {
    name: 'relay-cpu',
    numbers: {
      writers: WRITERS,
      yWebsocketLettersPerSecond: round(middle('y-websocket', (r) => r.lettersPerSecond)),
      caucusLettersPerSecond: round(middle('ours', (r) => r.lettersPerSecond)),
      yWebsocketMicroseconds: round(peer),
      caucusMicroseconds: round(ours),
      ratio: round(ours / peer),
      yWebsocketFramesPerLetter: round(middle('y-websocket', (r) => r.frames / r.delivered)),
      caucusFramesPerLetter: round(middle('ours', (r) => r.frames / r.delivered)),
      yWebsocketMedianMs: round(middle('y-websocket', ({ medianMs }) => medianMs)),
      caucusMedianMs: round(middle('ours', ({ medianMs }) => medianMs)),
      yWebsocketSlowestHundredthMs: round(middle('y-websocket', ({ slowMs }) => slowMs)),
      caucusSlowestHundredthMs: round(middle('ours', ({ slowMs }) => slowMs)),
    },
    limits: [{ number: 'ratio', atMost: 0.7 }],
  };
}
