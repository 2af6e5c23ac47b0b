import { type Counter, createCounter } from '../../core/consensus/count.ts';
import type { Choice, PollForm } from '../../core/consensus/poll.ts';
import type { CountedBallot } from '../../core/consensus/tally.ts';
import type { Declared, Given, Part, ShownVerdict } from '../../core/protocol/voting-frames.ts';

/** What the plenary laptop's page has said of its session, and which poll the room looks at. */
export interface Room {
  readonly session: string;
  readonly title: string;
  readonly stakeholderGroups: readonly Part[];
  readonly regions: readonly Part[];
  readonly breakoutGroups: readonly Part[];
  readonly codes: boolean;
  readonly verdict?: ShownVerdict;
  /** The poll's id; empty for none. */
  readonly current: string;
  /** When the page last said so. Milliseconds since 1970, as every time here. */
  readonly saidAt: number;
}

export interface Voter {
  readonly declared: Declared | null;
  readonly name: string;
  readonly handUp: boolean;
  readonly handSequence: number;
  /** The admission code that let it in; empty for none. */
  readonly code: string;
}

export interface Poll {
  readonly form: PollForm;
  readonly right: string | null;
  readonly open: boolean;
  readonly shown: boolean;
  readonly openedAt: number;
  /** quiz: how long there was at first; null where nobody said. */
  readonly limitMs: number | null;
  readonly closesAt: number | null;
  /** See `Tally.version`. */
  readonly version: number;
  /** The number that the next short text gets. */
  readonly nextNumber: number;
}

export interface Ballot extends Declared {
  readonly sequence: number;
  readonly choice: Choice;
  /** text: its number within the poll. */
  readonly number: number;
  readonly shown: boolean;
  /** From the poll's opening to this answer, in milliseconds by the hub's clock. */
  readonly ms: number;
}

export interface Objection {
  readonly sequence: number;
  readonly text: string;
}

/** What a phone gave for the moderators. */
export interface Gift {
  readonly given: Given;
  readonly voter: string;
  /** By what name the phone knows it. */
  readonly phoneId: string;
  readonly noted: boolean;
  readonly done: boolean;
}

/**
 * All that the hub knows of one session's voting. The values do not change, the maps do: through a
 * transaction only (ledger.ts), which can take back what did not get to the disk.
 */
export interface VotingState {
  /** One entry, under `ROOM`, once a page has said which session this is. */
  readonly room: Map<typeof ROOM, Room>;
  readonly voters: Map<string, Voter>;
  readonly polls: Map<string, Poll>;
  /** By poll, then by voter. */
  readonly ballots: Map<string, Map<string, Ballot>>;
  readonly objections: Map<string, Map<string, Objection>>;
  readonly counters: Map<string, Counter>;
  readonly gifts: Map<string, Gift>;
  /** The voter that came in by it; empty where nobody has. */
  readonly codes: Map<string, string>;
}

export const ROOM = 'room';

export const emptyState = (): VotingState => ({
  room: new Map(),
  voters: new Map(),
  polls: new Map(),
  ballots: new Map(),
  objections: new Map(),
  counters: new Map(),
  gifts: new Map(),
  codes: new Map(),
});

export const newVoter: Voter = {
  declared: null,
  name: '',
  handUp: false,
  handSequence: 0,
  code: '',
};

export const nothingDeclared: Declared = { stakeholderGroup: '', region: '', breakoutGroup: '' };

/** Null where the answer was taken back. */
export function countedOf(ballot: Ballot | undefined): CountedBallot | null {
  if (ballot === undefined || ballot.choice === null) return null;
  const { choice, stakeholderGroup, region, breakoutGroup } = ballot;
  return { choice, stakeholderGroup, region, breakoutGroup };
}

export function counterOf(state: VotingState, { form }: Poll): Counter {
  const counter = state.counters.get(form.id) ?? createCounter(form);
  state.counters.set(form.id, counter);
  return counter;
}

/** The entries of a poll, made where there are none yet. */
export function entriesOf<Value>(
  all: Map<string, Map<string, Value>>,
  poll: string,
): Map<string, Value> {
  const entries = all.get(poll) ?? new Map<string, Value>();
  all.set(poll, entries);
  return entries;
}
