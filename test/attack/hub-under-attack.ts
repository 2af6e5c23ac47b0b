import { readdirSync, readlinkSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startHub } from '../../src/hub/start-hub.ts';

/**
 * The hub of the attack suite, in a process of its own, to be started with `--expose-gc`: what it
 * holds and how it stalls is nobody else's. Says `HubReady` first and answers every message with a
 * `HubReport`.
 */
export interface HubOrder {
  /** Whether to let go first of everything that can go; which takes its time. */
  readonly collect: boolean;
}
export interface HubReady {
  readonly pid: number;
  readonly localPort: number;
  readonly networkPort: number;
}
export interface HubReport {
  /** Resident bytes after everything that can go has gone. */
  readonly rss: number;
  /** Sockets that this process has open, the listening ones and the way to its parent included. */
  readonly sockets: number;
  /** The longest time since the last report for which it did nothing else, in milliseconds. */
  readonly stallMs: number;
  /** Processor time of the main thread since the last report, in milliseconds. */
  readonly cpuMs: number;
  /** By kind of event, how often the hub said so since it began. */
  readonly events: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const events: Record<string, number> = {};
const faults: string[] = [];
process.on('uncaughtException', (error) => faults.push(`uncaught ${error.stack}`));

const started = await startHub({
  localPort: 0,
  networkPort: 0,
  addresses: () => ['127.0.0.1'],
  ...(process.argv[2] === undefined ? {} : { appDirectory: process.argv[2] }),
  log(event) {
    if (event.event === 'fault') faults.push(`${event.name} ${event.at}`);
    const name = 'reason' in event ? `${event.event} ${event.reason}` : event.event;
    events[name] = (events[name] ?? 0) + 1;
  },
});
if (!started.ok) throw new Error(started.reason);
const { hub } = started;
const opened = await hub.openToNetwork();
const [address = ''] = opened.ok ? opened.state.addresses : [];

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
let cpuBefore = cpuMs();

function socketCount(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      // The listing's own descriptor is closed by now.
      return false;
    }
  }).length;
}

process.on('message', ({ collect }: HubOrder) => {
  const stallMs = delay.max / 1e6;
  const cpuNow = cpuMs();
  if (collect) {
    globalThis.gc?.();
    globalThis.gc?.();
  }
  const report: HubReport = {
    rss: process.memoryUsage.rss(),
    sockets: socketCount(),
    stallMs,
    cpuMs: cpuNow - cpuBefore,
    events,
    faults,
  };
  process.send?.(report);
  cpuBefore = cpuMs();
  delay.reset();
});
process.on('disconnect', () => process.exit());
const ready: HubReady = {
  pid: process.pid,
  localPort: hub.localPort,
  networkPort: Number(new URL(address).port),
};
process.send?.(ready);
