import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BenchNumbers, type BenchResult, median, round } from './measure.ts';
import {
  type BurstMeasured,
  compareBursts,
  type Compared,
  measureNotesDuring,
  middle,
} from './voting/measure-burst.ts';
import { measureKills } from './voting/measure-kills.ts';

const PHONES = 2_000;
const MANY_PHONES = 10_000;
const WITHIN_MS = 1_000;
const MANY_WITHIN_MS = 5_000;
/** A vote is over in a second; the middle of several says more than one. */
const VOTES = 9;
const MANY_VOTES = 5;
const FEW_VOTES = 3;
const KILLS = 5;

const PAGE = fileURLToPath(new URL('../../dist/audience/index.html', import.meta.url));

const slowTail = (waits: readonly number[]): number =>
  waits.toSorted((a, b) => a - b)[Math.floor((waits.length - 1) * 0.95)] ?? Number.NaN;

function numbersOf({
  ours,
  bare,
}: Compared): BenchNumbers & { ackP99Ratio: number; lastScreenRatio: number } {
  const refused = ours.votes.reduce((sum, vote) => sum + vote.refused, 0);
  if (refused > 0) throw new Error(`${refused} ballots were refused`);
  const ack = (of: BurstMeasured): number => middle(of.votes, ({ ackP99Ms }) => ackP99Ms);
  const screen = (of: BurstMeasured): number =>
    middle(of.votes, ({ lastScreenMs }) => lastScreenMs);
  return {
    bareAckMedianMs: round(middle(bare.votes, ({ ackMedianMs }) => ackMedianMs)),
    caucusAckMedianMs: round(middle(ours.votes, ({ ackMedianMs }) => ackMedianMs)),
    bareAckP99Ms: round(ack(bare)),
    caucusAckP99Ms: round(ack(ours)),
    ackP99Ratio: round(ack(ours) / ack(bare)),
    bareLastScreenMs: round(screen(bare)),
    caucusLastScreenMs: round(screen(ours)),
    lastScreenRatio: round(screen(ours) / screen(bare)),
    bareCpuMsPerVote: round(median(bare.cpuMsPerVote)),
    caucusCpuMsPerVote: round(median(ours.cpuMsPerVote)),
    bareBytesPerPhone: Math.round(bare.bytesPerPhone),
    bytesPerPhone: Math.round(ours.bytesPerPhone),
  };
}

/**
 * Phones that vote all at once, against a bare `ws` server that only counts; and phones that vote as
 * people did while the hub is killed again and again.
 */
export async function benchVoting(): Promise<BenchResult> {
  const some = await compareBursts(PHONES, WITHIN_MS, VOTES);
  const many = await compareBursts(MANY_PHONES, MANY_WITHIN_MS, MANY_VOTES);
  const kills = await measureKills(PHONES, KILLS);
  if (kills === null) console.log('  (the kills are left out: ../shared/data/polis is not there)');
  const { ackP99Ratio, lastScreenRatio, ...others } = numbersOf(some);
  const tenThousand = Object.fromEntries(
    Object.entries(numbersOf(many)).map(([name, value]) => [`manyPhones:${name}`, value]),
  );
  const notes = await measureNotesDuring(PHONES, WITHIN_MS, FEW_VOTES);
  const limits = [
    { number: 'ackP99Ratio', atMost: 2 },
    { number: 'lastScreenRatio', atMost: 2 },
    { number: 'manyPhones:ackP99Ratio', atMost: 2 },
    { number: 'manyPhones:lastScreenRatio', atMost: 2 },
    { number: 'bytesPerPhone', atMost: 20 * 1024 },
    { number: 'notesRatio', atMost: 2 },
    { number: 'lostAcknowledged', atMost: 0 },
    { number: 'duplicated', atMost: 0 },
    { number: 'notCounted', atMost: 0 },
    { number: 'backSecondsAfterRestart', atMost: 3 },
    { number: 'phonePageGzipBytes', atMost: 20 * 1024 },
  ];
  return {
    name: 'voting',
    numbers: {
      phones: PHONES,
      ackP99Ratio,
      lastScreenRatio,
      ...others,
      // A room of ten thousand, since in a small one the process's own ups and downs weigh more.
      bytesPerPhone: numbersOf(many)['bytesPerPhone'] ?? Number.NaN,
      ...tenThousand,
      notesIdleMs: round(median(notes.idle)),
      notesDuringVoteMs: round(median(notes.busy)),
      notesRatio: round(median(notes.busy) / median(notes.idle)),
      notesIdleSlowMs: round(slowTail(notes.idle)),
      notesDuringVoteSlowMs: round(slowTail(notes.busy)),
      ...(kills !== null && {
        acknowledged: kills.acknowledged,
        countedOnce: kills.countedOnce,
        notCounted: kills.acknowledged - kills.countedOnce,
        lostAcknowledged: kills.lostAcknowledged,
        duplicated: kills.duplicated,
        backSecondsAfterKill: round(Math.max(...kills.backAfterKill)),
        backSecondsAfterRestart: round(Math.max(...kills.backAfterRestart)),
      }),
      ...(existsSync(PAGE) && { phonePageGzipBytes: gzipSync(readFileSync(PAGE)).length }),
    },
    limits,
  };
}
