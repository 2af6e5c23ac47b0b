import { execFile } from 'node:child_process';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** Who listens on a port; the name is what the system calls the program. */
export interface PortOwner {
  readonly name: string;
  readonly processId: number;
}

const COMMAND_LIMIT_MS = 3000;
const LISTENING = '0A';

/** Inode numbers of the sockets that listen on `port`, from /proc/net/tcp or tcp6 (proc_net_tcp(5)). */
export function listeningInodes(table: string, port: number): Set<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells[1]?.endsWith(suffix) && cells[3] === LISTENING)
    .map((cells) => cells[9] ?? '');
  return new Set(inodes);
}

/** From `lsof -nP -iTCP:PORT -sTCP:LISTEN -Fpc`: lines "p123" and "cname". */
export function ownerFromLsof(output: string): PortOwner | null {
  const processId = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.+)$/m.exec(output)?.[1];
  return processId && name ? { processId: Number(processId), name } : null;
}

/** From `netstat -ano -p TCP`: protocol, local address, foreign address, state, process id. The state's word depends on the language of Windows, the foreign port of a listener is 0. */
export function processIdFromNetstat(output: string, port: number): number | null {
  for (const line of output.split('\n')) {
    const [protocol, local, foreign, , processId] = line.trim().split(/\s+/);
    if (protocol === 'TCP' && local?.endsWith(`:${port}`) && foreign?.endsWith(':0')) {
      return Number(processId);
    }
  }
  return null;
}

/** From `tasklist /FI "PID eq N" /FO CSV /NH`: the first cell is the program's file name. */
export const nameFromTasklist = (output: string): string | null =>
  /^"([^"]+)"/m.exec(output)?.[1] ?? null;

/** What a command prints; nothing where it cannot be run. */
function outputOf(command: string, ...commandArguments: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      command,
      commandArguments,
      { timeout: COMMAND_LIMIT_MS, windowsHide: true },
      (_error, stdout) => resolve(stdout),
    );
  });
}

/** /proc comes and goes with the processes, and other users' parts of it cannot be read. */
const orNothing = <Value>(value: Promise<Value>, nothing: Value): Promise<Value> =>
  value.catch(() => nothing);

async function nameOnLinux(processId: string): Promise<string> {
  const commandLine = await orNothing(readFile(`/proc/${processId}/cmdline`, 'utf8'), '');
  const comm = await orNothing(readFile(`/proc/${processId}/comm`, 'utf8'), '');
  return basename(commandLine.split('\0')[0] ?? '') || comm.trim();
}

async function ownerOnLinux(port: number): Promise<PortOwner | null> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((table) => orNothing(readFile(`/proc/net/${table}`, 'utf8'), '')),
  );
  const inodes = listeningInodes(tables.join('\n'), port);
  const processIds = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const processId of processIds) {
    const folder = `/proc/${processId}/fd`;
    const descriptors = await orNothing(readdir(folder), []);
    const targets = await Promise.all(
      descriptors.map((descriptor) => orNothing(readlink(`${folder}/${descriptor}`), '')),
    );
    const owns = targets.some((target) =>
      inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '-'),
    );
    if (owns) return { processId: Number(processId), name: await nameOnLinux(processId) };
  }
  return null;
}

async function ownerOnWindows(port: number): Promise<PortOwner | null> {
  const processId = processIdFromNetstat(await outputOf('netstat', '-ano', '-p', 'TCP'), port);
  if (processId === null) return null;
  const tasks = await outputOf('tasklist', '/FI', `PID eq ${processId}`, '/FO', 'CSV', '/NH');
  const name = nameFromTasklist(tasks);
  return name === null ? null : { processId, name };
}

/** Which program listens on `port` of this machine, or null where the system does not tell. */
export async function findPortOwner(port: number): Promise<PortOwner | null> {
  if (process.platform === 'linux') return ownerOnLinux(port);
  if (process.platform === 'win32') return ownerOnWindows(port);
  return ownerFromLsof(await outputOf('lsof', '-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'));
}
