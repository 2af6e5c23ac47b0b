import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startHub } from '../../../src/hub/start-hub.ts';

/**
 * A hub in a process of its own, to be forked: what it stalls and holds is nobody else's. Answers
 * every message with a `HubReport` of the time since the last one.
 */
export interface HubReport {
  readonly local: number;
  readonly address: string;
  /** The longest time for which it did nothing else, in milliseconds by the clock on the wall. */
  readonly stallMs: number;
  /** The same in processor time of its own, which what else the machine does leaves alone. */
  readonly busyMs: number;
  /** Bytes held after everything that can go has gone. */
  readonly memory: number;
  readonly documents: number;
  readonly drops: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const faults: string[] = [];
const drops: Record<string, number> = {};
process.on('uncaughtException', (error) => faults.push(`uncaught ${error.stack}`));

const started = await startHub({
  localPort: 0,
  networkPort: 0,
  addresses: () => ['127.0.0.1'],
  log(event) {
    if (event.event === 'fault') faults.push(`${event.name} ${event.at}`);
    if (event.event === 'dropped') drops[event.reason] = (drops[event.reason] ?? 0) + 1;
  },
});
if (!started.ok) throw new Error(started.reason);
const { hub } = started;
const opened = await hub.openToNetwork();
const [address = ''] = opened.ok ? opened.state.addresses : [];
const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

let busyMs = 0;
let used = cpuMs();
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
setInterval(() => {
  const now = cpuMs();
  busyMs = Math.max(busyMs, now - used);
  used = now;
}, RESOLUTION_MS);

process.on('message', () => {
  const stallMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  const report: HubReport = {
    local: hub.localPort,
    address,
    stallMs,
    busyMs,
    memory: heapUsed + external,
    documents: hub.counts().documents,
    drops,
    faults,
  };
  process.send?.(report);
  // Collecting took its time as well.
  setTimeout(() => {
    delay.reset();
    busyMs = 0;
  }, 50);
});
process.on('disconnect', () => process.exit());
process.send?.(null);
