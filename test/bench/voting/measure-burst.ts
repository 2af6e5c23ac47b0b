import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openVotingFile } from '../../../src/hub/voting/voting-file.ts';
import { bringDocument } from '../../fakes/bring-document.ts';
import { startChild } from '../child.ts';
import { median } from '../measure.ts';
import { benchKey } from '../relay-cpu/our-protocol.ts';
import type { BurstOrder, BurstReport } from './burst.ts';
import { PHONES_CORE, SERVER_CORE, SERVER_FLAGS, startHubChild } from './hub-child.ts';
import { measureNotes } from './notes.ts';
import { openPoll, openVotingDesk, pollOf } from './voting-desk.ts';

const SETTLE_MS = 1_000;

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type Voted = BurstReport & { readonly report: 'voted' };
export interface BurstMeasured {
  readonly votes: readonly Voted[];
  readonly connectSeconds: number;
  /** The server's time on its core for each vote of all, in milliseconds. */
  readonly cpuMsPerVote: readonly number[];
  /** How much the server's process has grown by each phone, in bytes. */
  readonly bytesPerPhone: number;
}
/** Milliseconds from note to arrival, with the phones silent and while they vote. */
export interface NotesMeasured {
  readonly idle: readonly number[];
  readonly busy: readonly number[];
}

/** VmRSS of proc(5). */
const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

/** Clock ticks of proc(5): 100 a second on every Linux that there is. */
const TICK_MS = 10;
/** utime + stime of all threads, proc(5). */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

interface Generator {
  readonly child: ChildProcess;
  tell(order: BurstOrder): Promise<BurstReport>;
}
function startGenerator(): Generator {
  const child = spawn('taskset', ['-c', PHONES_CORE, process.execPath, file('burst.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    child,
    tell: (order) =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Error('The phones have ended'));
        child.once('exit', onExit);
        child.once('message', (report) => {
          child.off('exit', onExit);
          resolve(report as BurstReport);
        });
        child.send(order);
      }),
  };
}

interface Served {
  readonly pid: number;
  readonly port: number;
  readonly secret: string;
  /** Before each vote: the name of the poll. */
  readonly openPoll: (number: number) => Promise<string>;
  readonly end: () => Promise<void>;
}

async function serveBare(phones: number): Promise<Served> {
  const { process: child, line } = await startChild(
    'taskset',
    ['-c', SERVER_CORE, process.execPath, ...SERVER_FLAGS, file('bare-server.ts')],
    { PHONES: String(phones) },
  );
  return {
    pid: child.pid ?? 0,
    port: Number(line),
    secret: '',
    openPoll: (number) => Promise.resolve(`poll-${number}`),
    end: () => Promise.resolve(void child.kill('SIGKILL')),
  };
}

/** The secret of a folder's voters, by which the bench makes as many as it needs. */
export function secretIn(folder: string): string {
  const opened = openVotingFile(folder);
  if (!opened.ok) throw new Error(opened.reason);
  const secret = Buffer.from(opened.file.secret).toString('base64url');
  opened.file.close();
  return secret;
}

async function serveOurs(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'caucus-voting-'));
  const secret = secretIn(folder);
  const hub = await startHubChild({
    localPort: 0,
    networkPort: 0,
    vaultDirectory: folder,
  });
  await bringDocument(hub.localPort, benchKey);
  const desk = await openVotingDesk(hub.localPort, 'bench');
  return {
    pid: hub.pid,
    port: hub.networkPort,
    secret,
    async openPoll(number) {
      const id = `poll-${number}`;
      desk.say(openPoll(pollOf(id), { shown: true }));
      await desk.hear('tally', ({ tally }) => tally.poll === id);
      return id;
    },
    async end() {
      desk.close();
      await hub.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Burst {
  /** @param onBegin when the first ballot is about to be sent. */
  vote(number: number, onBegin?: () => void): Promise<void>;
  measured(): BurstMeasured;
  readonly port: number;
  end(): Promise<void>;
}

async function openBurst(
  server: 'bare' | 'ours',
  phones: number,
  withinMs: number,
): Promise<Burst> {
  const served = await (server === 'bare' ? serveBare(phones) : serveOurs());
  const generator = startGenerator();
  const { pid, port, secret } = served;
  await later(SETTLE_MS);
  const before = residentBytes(pid);
  const connected = await generator.tell({ order: 'connect', port, phones, secret });
  const votes: Voted[] = [];
  const cpuMsPerVote: number[] = [];
  let bytesPerPhone = 0;
  return {
    async vote(number, onBegin) {
      const poll = await served.openPoll(number);
      // What was told of the poll has reached all phones by then.
      await later(SETTLE_MS);
      const cpu = cpuMs(pid);
      onBegin?.();
      const report = await generator.tell({ order: 'vote', poll, withinMs });
      cpuMsPerVote.push(cpuMs(pid) - cpu);
      if (report.report === 'voted') votes.push(report);
      bytesPerPhone = (residentBytes(pid) - before) / phones;
    },
    measured: () => ({
      votes,
      connectSeconds: connected.report === 'connected' ? connected.seconds : 0,
      bytesPerPhone,
      cpuMsPerVote,
    }),
    port,
    async end() {
      generator.child.kill('SIGKILL');
      await served.end();
    },
  };
}

export interface Compared {
  readonly bare: BurstMeasured;
  readonly ours: BurstMeasured;
}

/**
 * So many phones at each of the two servers, all voting within `withinMs`, several times: in turn, so
 * that a busy moment of the machine meets both.
 */
export async function compareBursts(
  phones: number,
  withinMs: number,
  votes: number,
): Promise<Compared> {
  const bare = await openBurst('bare', phones, withinMs);
  try {
    const ours = await openBurst('ours', phones, withinMs);
    try {
      // The first of each is for the compilers.
      for (let number = 0; number <= votes; number += 1) {
        for (const burst of [bare, ours]) await burst.vote(number);
      }
      const settled = ({ votes: all, cpuMsPerVote, ...rest }: BurstMeasured): BurstMeasured => ({
        ...rest,
        votes: all.slice(1),
        cpuMsPerVote: cpuMsPerVote.slice(1),
      });
      return { bare: settled(bare.measured()), ours: settled(ours.measured()) };
    } finally {
      await ours.end();
    }
  } finally {
    await bare.end();
  }
}

/**
 * Notes on their way through the hub while so many phones vote. Not in the same votes that are held
 * against the bare server, which carries none.
 */
export async function measureNotesDuring(
  phones: number,
  withinMs: number,
  votes: number,
): Promise<NotesMeasured> {
  const burst = await openBurst('ours', phones, withinMs);
  try {
    const notes = await measureNotes(burst.port);
    try {
      const idle: number[] = [];
      const busy: number[] = [];
      for (let number = 0; number <= votes; number += 1) {
        const quiet = notes.start();
        await later(SETTLE_MS);
        const before = quiet();
        let during = notes.start();
        await burst.vote(number, () => {
          during = notes.start();
        });
        const meanwhile = during();
        // The first is for the compilers.
        if (number === 0) continue;
        idle.push(...before);
        busy.push(...meanwhile);
      }
      return { idle, busy };
    } finally {
      notes.close();
    }
  } finally {
    await burst.end();
  }
}

export const middle = (votes: readonly Voted[], of: (vote: Voted) => number): number =>
  median(votes.map(of));
