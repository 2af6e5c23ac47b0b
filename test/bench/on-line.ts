import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canUseNamespaces } from '../rehearse/venue/namespaces.ts';
import type { BenchNumbers } from './measure.ts';

const run = promisify(execFile);

/** Set for the process that has the line; it runs the benchmark itself. */
const HAS_LINE = 'CAUCUS_BENCH_LINE';
export const isOnLine = (): boolean => process.env[HAS_LINE] !== undefined;

/**
 * Runs one benchmark on a line that carries so much and no more: in a network namespace of its own,
 * where everything between pages and servers goes over a loopback that `tc` holds to that rate, in
 * packets as on a network. Null where namespaces cannot be had (root on Linux can).
 */
export async function runOnLine(name: string, mbitPerSecond: number): Promise<BenchNumbers | null> {
  if (!(await canUseNamespaces())) return null;
  const space = `caucus-line-${process.pid}`;
  const folder = await mkdtemp(join(tmpdir(), 'caucus-line-'));
  const json = join(folder, 'numbers.json');
  await run('ip', ['netns', 'add', space]);
  try {
    await run('ip', ['-n', space, 'link', 'set', 'lo', 'mtu', '1500', 'up']);
    const rate = ['rate', `${mbitPerSecond}mbit`, 'burst', '64kb', 'latency', '50ms'];
    await run('tc', ['-n', space, 'qdisc', 'add', 'dev', 'lo', 'root', 'tbf', ...rate]);
    const script = new URL('bench.ts', import.meta.url).pathname;
    const parameters = ['netns', 'exec', space, process.execPath, script, name, '--json', json];
    const child = spawn('ip', parameters, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, [HAS_LINE]: String(mbitPerSecond) },
    });
    await once(child, 'exit');
    const results = JSON.parse(await readFile(json, 'utf8')) as Record<string, BenchNumbers>;
    return results[name] ?? null;
  } finally {
    await run('ip', ['netns', 'delete', space]);
    await rm(folder, { recursive: true, force: true });
  }
}
