import type { PollForm } from './poll.ts';
import type { CountedBallot, Counts, Tally } from './tally.ts';

interface PartCount {
  ballots: number;
  readonly by: Map<string, number>;
}

/** Counting that goes on: each ballot takes the same time, however many were counted before. */
export interface Counter {
  readonly kind: PollForm['kind'];
  readonly all: PartCount;
  readonly byStakeholderGroup: Map<string, PartCount>;
  readonly byRegion: Map<string, PartCount>;
  readonly byBreakoutGroup: Map<string, PartCount>;
}

/** What a counter has come to; the rest of a tally is the hub's to say. */
export type CountedTally = Pick<
  Tally,
  'all' | 'byStakeholderGroup' | 'byRegion' | 'byBreakoutGroup'
>;

const nothing = (): PartCount => ({ ballots: 0, by: new Map() });

export const createCounter = (form: Pick<PollForm, 'kind'>): Counter => ({
  kind: form.kind,
  all: nothing(),
  byStakeholderGroup: new Map(),
  byRegion: new Map(),
  byBreakoutGroup: new Map(),
});

/** Under which keys a choice is counted: see `Counts.by`. A text is a ballot, and counts for nothing. */
function keysOf(kind: PollForm['kind'], choice: CountedBallot['choice']): readonly string[] {
  if (typeof choice === 'string') return [choice];
  if (typeof choice === 'number') return [String(choice)];
  if ('text' in choice) return [];
  return kind === 'ranking' ? choice.map((option, index) => `${option}/${index + 1}`) : choice;
}

function change(part: PartCount, keys: readonly string[], step: 1 | -1): void {
  part.ballots += step;
  for (const key of keys) {
    const count = (part.by.get(key) ?? 0) + step;
    // What nobody answers any more is not there, as if nobody ever had.
    if (count === 0) part.by.delete(key);
    else part.by.set(key, count);
  }
}

function changeIn(
  parts: Map<string, PartCount>,
  part: string,
  keys: readonly string[],
  step: 1 | -1,
): void {
  let counts = parts.get(part);
  if (counts === undefined) parts.set(part, (counts = nothing()));
  change(counts, keys, step);
  if (counts.ballots === 0) parts.delete(part);
}

function changeAll(counter: Counter, ballot: CountedBallot, step: 1 | -1): void {
  const keys = keysOf(counter.kind, ballot.choice);
  change(counter.all, keys, step);
  changeIn(counter.byStakeholderGroup, ballot.stakeholderGroup, keys, step);
  changeIn(counter.byRegion, ballot.region, keys, step);
  changeIn(counter.byBreakoutGroup, ballot.breakoutGroup, keys, step);
}

/** Counts a ballot that was not counted yet. The choice has been through `readChoice`. */
export const addBallot = (counter: Counter, ballot: CountedBallot): void =>
  changeAll(counter, ballot, 1);

/** Takes out a ballot that was counted, exactly as it was counted. */
export const removeBallot = (counter: Counter, ballot: CountedBallot): void =>
  changeAll(counter, ballot, -1);

/** A voter answers again, or has declared something else: null where there was, or is, no ballot. */
export function replaceBallot(
  counter: Counter,
  before: CountedBallot | null,
  after: CountedBallot | null,
): void {
  if (before) removeBallot(counter, before);
  if (after) addBallot(counter, after);
}

const countsOf = (part: PartCount): Counts => ({
  ballots: part.ballots,
  by: Object.fromEntries(part.by),
});

const partsOf = (parts: Map<string, PartCount>): Readonly<Record<string, Counts>> =>
  Object.fromEntries(Array.from(parts, ([part, counts]) => [part, countsOf(counts)]));

/** What has been counted by now, as a value of its own; takes time by parts, not by ballots. */
export const talliedBy = (counter: Counter): CountedTally => ({
  all: countsOf(counter.all),
  byStakeholderGroup: partsOf(counter.byStakeholderGroup),
  byRegion: partsOf(counter.byRegion),
  byBreakoutGroup: partsOf(counter.byBreakoutGroup),
});

/** The same from all ballots at once: what anybody can do with a ballot box to check a tally. */
export function countBallots(
  form: Pick<PollForm, 'kind'>,
  ballots: Iterable<CountedBallot>,
): CountedTally {
  const counter = createCounter(form);
  for (const ballot of ballots) addBallot(counter, ballot);
  return talliedBy(counter);
}
