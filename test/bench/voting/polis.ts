import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Agreement } from '../../../src/core/consensus/poll.ts';

export interface PolisVote {
  readonly poll: string;
  readonly voter: string;
  readonly choice: Agreement;
}

const FOLDER = fileURLToPath(new URL('../../../../shared/data/polis', import.meta.url));
const choices: Readonly<Record<string, Agreement>> = {
  '1': 'agree',
  '0': 'pass',
  '-1': 'disagree',
};

/**
 * The votes of three public conversations in the order in which they were cast (Polis openData, CC BY
 * 4.0), each statement a poll; null where they are not on this machine.
 */
export function polisVotes(): readonly PolisVote[] | null {
  if (!existsSync(FOLDER)) return null;
  return readdirSync(FOLDER).flatMap((conversation) =>
    readFileSync(`${FOLDER}/${conversation}/votes.csv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .toSorted((a, b) => Number(a[0]) - Number(b[0]))
      .flatMap(([, , comment = '', voter = '', vote = '']) => {
        const choice = choices[vote];
        return choice === undefined
          ? []
          : [{ poll: `${conversation}-${comment}`, voter: `${conversation}-${voter}`, choice }];
      }),
  );
}

export interface ReplayBallot {
  readonly poll: string;
  readonly sequence: number;
  readonly choice: Agreement;
  /** When it is cast, as a part of the whole. */
  readonly at: number;
}

/** What each phone of a room of so many says: the conversations as often over as there are phones for. */
export function replayFor(votes: readonly PolisVote[], phones: number): readonly ReplayBallot[][] {
  const byVoter = new Map<string, ReplayBallot[]>();
  for (const [index, { poll, voter, choice }] of votes.entries()) {
    const ballots = byVoter.get(voter) ?? [];
    byVoter.set(voter, ballots);
    ballots.push({ poll, choice, sequence: ballots.length + 1, at: index / votes.length });
  }
  const voters = [...byVoter.values()];
  return Array.from({ length: phones }, (_, phone) => voters[phone % voters.length] ?? []);
}

/** What every phone's answer to every poll is in the end: of several, the last one counts. C1 */
export function oracleFor(replay: readonly ReplayBallot[][]): ReadonlyMap<string, Agreement> {
  const last = new Map<string, Agreement>();
  for (const [phone, ballots] of replay.entries()) {
    for (const { poll, choice } of ballots) last.set(`${poll} ${phone}`, choice);
  }
  return last;
}
