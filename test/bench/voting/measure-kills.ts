import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stateFrom } from '../../../src/hub/voting/rows.ts';
import type { VotingState } from '../../../src/hub/voting/state.ts';
import { createVoterTokens } from '../../../src/hub/voting/voter-token.ts';
import { openVotingFile } from '../../../src/hub/voting/voting-file.ts';
import { PHONES_CORE, startHubChild } from './hub-child.ts';
import { secretIn } from './measure-burst.ts';
import { oracleFor, polisVotes, replayFor } from './polis.ts';
import type { ReplayOrder, ReplayReport } from './replay.ts';
import { openPoll, openVotingDesk, pollOf, type VotingDesk } from './voting-desk.ts';

const SESSION = 'bench';
const CUT_PERCENT = 15;
/** How long the room votes on after everybody is back. */
const VOTING_MS = 1_500;

export interface KillsMeasured {
  /** Ballots that the phones were told are counted. */
  readonly acknowledged: number;
  /** Of those that count in the end, how many are counted once and as the oracle has them. */
  readonly countedOnce: number;
  /** Acknowledged, but on the disk after a kill neither it nor a later one of the same voter. */
  readonly lostAcknowledged: number;
  /** Counted beyond what the oracle has. */
  readonly duplicated: number;
  /** From each kill until every phone is greeted again, in seconds. */
  readonly backAfterKill: readonly number[];
  /** The same from when the hub is open to the network again. */
  readonly backAfterRestart: readonly number[];
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** What the disk has at this moment, looked at in a copy. */
function stateIn(folder: string): VotingState {
  const copy = mkdtempSync(join(tmpdir(), 'caucus-voting-copy-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const opened = openVotingFile(copy);
    if (!opened.ok) throw new Error(opened.reason);
    const state = stateFrom(opened.file.read(SESSION));
    opened.file.close();
    return state;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/**
 * Phones replay real conversations while the hub is killed again and again and some of the sockets
 * are cut; what they were told is counted is held against the disk and against an oracle.
 */
export async function measureKills(count: number, kills: number): Promise<KillsMeasured | null> {
  const votes = polisVotes();
  if (votes === null) return null;
  const replay = replayFor(votes, count);
  const oracle = oracleFor(replay);
  const polls = [...new Set(votes.map(({ poll }) => poll))];
  const folder = mkdtempSync(join(tmpdir(), 'caucus-voting-'));
  const tokens = createVoterTokens(Buffer.from(secretIn(folder), 'base64url'));
  const voters = Array.from({ length: count }, () => tokens.newVoter());
  const ports = { localPort: await freePort(), networkPort: await freePort() };
  const start = () => startHubChild({ ...ports, vaultDirectory: folder });
  let hub = await start();
  let desk: VotingDesk = await openVotingDesk(hub.localPort, SESSION);
  for (const poll of polls) desk.say(openPoll(pollOf(poll)));
  await desk.hear('tally', ({ tally }) => tally.poll === polls.at(-1));

  const child = spawn(
    'taskset',
    ['-c', PHONES_CORE, process.execPath, fileURLToPath(new URL('replay.ts', import.meta.url))],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  const tell = (order: ReplayOrder): void => void child.send(order);
  const hear = <Name extends ReplayReport['report']>(
    name: Name,
  ): Promise<ReplayReport & { readonly report: Name }> =>
    new Promise((resolve, reject) => {
      function onMessage(report: ReplayReport): void {
        if (report.report !== name) return;
        child.off('message', onMessage);
        child.off('exit', onExit);
        resolve(report as ReplayReport & { readonly report: Name });
      }
      child.on('message', onMessage);
      const onExit = (): void => reject(new Error('The phones have ended'));
      child.once('exit', onExit);
    });

  let lostAcknowledged = 0;
  /** How many acknowledged ballots are neither on this disk nor followed by a later one. */
  function lostOf(
    state: VotingState,
    acknowledged: readonly (readonly [string, number])[],
  ): number {
    return acknowledged.filter(([key, sequence]) => {
      const [poll = '', phone = ''] = key.split(' ');
      const kept = state.ballots.get(poll)?.get(voters[Number(phone)] ?? '');
      return kept === undefined || kept.sequence < sequence;
    }).length;
  }

  try {
    const seconds = (kills + 1) * (VOTING_MS / 1_000 + 2.5);
    const firstIn = hear('all-in');
    const done = hear('done');
    tell({
      order: 'begin',
      port: ports.networkPort,
      tokens: voters.map((voter) => tokens.tokenOf(voter)),
      seconds,
    });
    await firstIn;
    const backAfterKill: number[] = [];
    const backAfterRestart: number[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      await later(VOTING_MS);
      const acknowledged = hear('acknowledged');
      tell({ order: 'cut', percent: CUT_PERCENT });
      // What was acknowledged by now has to be on the disk, whatever happens next.
      const { ballots } = await acknowledged;
      const killedAt = Date.now();
      await hub.kill();
      desk.close();
      const back = hear('all-in');
      lostAcknowledged += lostOf(stateIn(folder), ballots);
      hub = await start();
      const restartedAt = Date.now();
      desk = await openVotingDesk(hub.localPort, SESSION);
      const { at } = await back;
      backAfterKill.push((at - killedAt) / 1_000);
      backAfterRestart.push((at - restartedAt) / 1_000);
    }
    const { ballots } = await done;
    // The desk's own count, from memory, before the hub is killed for good.
    desk.close();
    desk = await openVotingDesk(hub.localPort, SESSION);
    const total = async (poll: string): Promise<number> =>
      (await desk.hear('tally', ({ tally }) => tally.poll === poll)).tally.all.ballots;
    const counted = (await Promise.all(polls.map(total))).reduce((sum, some) => sum + some, 0);
    await hub.kill();
    const state = stateIn(folder);
    lostAcknowledged += lostOf(state, ballots);
    const phoneOf = new Map(voters.map((voter, phone) => [voter, phone]));
    let countedOnce = 0;
    for (const [poll, entries] of state.ballots) {
      for (const [voter, { choice }] of entries) {
        if (oracle.get(`${poll} ${phoneOf.get(voter)}`) === choice) countedOnce += 1;
      }
    }
    return {
      acknowledged: ballots.length,
      countedOnce,
      lostAcknowledged,
      duplicated: Math.max(0, counted - oracle.size),
      backAfterKill,
      backAfterRestart,
    };
  } finally {
    child.kill('SIGKILL');
    desk.close();
    await hub.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
