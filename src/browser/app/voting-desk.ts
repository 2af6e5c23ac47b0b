import { createStore, type StoreApi } from 'zustand/vanilla';
import { poolSmallParts } from '../../core/consensus/pool-small-parts.ts';
import type { BallotBox, Tally } from '../../core/consensus/tally.ts';
import { type FromDesk, type ToDesk, VOTING_DESK_PATH } from '../../core/protocol/voting-frames.ts';
import type { PollId } from '../../core/session/ids.ts';
import type { PlanDocument } from '../../core/session/plan-document.ts';
import type { Poll, Voting } from '../../core/session/voting-model.ts';
import { tellingsOf, unsaid } from './desk-frames.ts';
import { fitFrame } from './fit-frames.ts';
import { readToDesk } from './read-to-desk.ts';
import { writeGiven } from './write-given.ts';

/** What phones do at the moment; nothing of it is in the plan. */
export interface LiveVoting {
  /** Whether this laptop's hub answers. */
  readonly connected: boolean;
  readonly tallies: Readonly<Record<PollId, Tally>>;
  readonly voters: Extract<ToDesk, { readonly type: 'voters' }> | null;
  /** Admission codes, as last made; they are shown once. */
  readonly codes: readonly string[];
  /** Why no ballot is kept any more; null while all is well. */
  readonly trouble: Extract<ToDesk, { readonly type: 'trouble' }>['reason'] | null;
  /** Groups and regions that phones are not offered: too many, or with ids that no Caucus makes. */
  readonly partsLeftOut: number;
  /** Polls that no phone can be shown, because they are too long or not whole. */
  readonly unfitPolls: readonly PollId[];
}

/** The plenary laptop's page beside its own hub: what it says of the plan, and what it writes down. */
export interface VotingDesk {
  readonly live: StoreApi<LiveVoting>;
  /** The ballots of a poll without their voters; null where the hub does not answer in time. */
  exportBox(poll: PollId): Promise<BallotBox | null>;
  /** Asks for admission codes; they come by `live`. */
  makeCodes(count: number): void;
  close(): void;
}

export interface VotingDeskOptions {
  /** This laptop's own hub, e.g. "ws://localhost:4710". */
  readonly address: string;
  readonly plan: PlanDocument;
  /** Resolves once all that is in the plan is on disk; rejects where it cannot be. */
  readonly flush: () => Promise<void>;
  readonly now: () => number;
}

const AGAIN_MS = 1_000;
/** The hub closes a poll by its own timer; so much earlier or later is the same moment. */
const SAME_MOMENT_MS = 1_500;
const BOX_PATIENCE_MS = 10_000;

/** Before anything was heard. */
export const nothingLive: LiveVoting = {
  connected: false,
  tallies: {},
  voters: null,
  codes: [],
  trouble: null,
  partsLeftOut: 0,
  unfitPolls: [],
};

/**
 * Keeps hub and plan alike for as long as it is open, across restarts of the hub and of this page:
 * the hub hears all again after each new connection, and gives again what was not noted.
 */
export function openVotingDesk({ address, plan, flush, now }: VotingDeskOptions): VotingDesk {
  const live = createStore<LiveVoting>(() => nothingLive);
  let socket: WebSocket | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let clock: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  /** What this connection's hub has been told. */
  let told = new Map<string, string>();
  /** Closed polls whose box was asked for, by the tally's version. */
  const asked = new Map<PollId, number>();
  const waiting = new Map<PollId, Set<(box: BallotBox | null) => void>>();
  /** Given by the hub and in the plan, but perhaps not on disk yet. */
  const toNote = new Set<string>();
  let noting = false;

  const voting = () => plan.view.snapshot().voting;
  const pollOf = (id: string): Poll | undefined => voting().polls.find((poll) => poll.id === id);

  function send(frame: FromDesk): boolean {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }
  function tell(): void {
    if (socket?.readyState !== WebSocket.OPEN) return;
    const tellings = tellingsOf(plan.view.snapshot(), now());
    const keys = new Set(tellings.map(({ key }) => key));
    const withdrawn = [...told.keys()].filter((key) => !keys.has(key)).map(unsaid);
    for (const telling of [...tellings, ...withdrawn]) {
      if (telling === null || told.get(telling.key) === telling.state) continue;
      told.set(telling.key, telling.state);
      // That the room looks at a poll is said with the poll itself.
      if (telling.key !== 'current' || telling.state === '') sayWhatFits(telling.frame);
    }
  }
  /** The hub hangs up on what it cannot read, and would be told it again: so it is not told. */
  function sayWhatFits(said: FromDesk): void {
    const { frame, leftOut } = fitFrame(said);
    if (frame !== null) send(frame);
    if (said.type === 'room') live.setState({ partsLeftOut: leftOut });
    if (said.type !== 'poll') return;
    const id = said.form.id as PollId;
    const others = live.getState().unfitPolls.filter((other) => other !== id);
    live.setState({ unfitPolls: frame === null ? [...others, id] : others });
  }

  /** The hub forgets what was noted, so nothing is before it is on this page's own disk. S1 */
  async function noteStored(): Promise<void> {
    if (noting) return;
    noting = true;
    while (toNote.size > 0 && !closed) {
      const ids = [...toNote];
      try {
        await flush();
      } catch (error) {
        console.error('What phones sent could not be stored; the hub keeps it', error);
        break;
      }
      for (const id of ids) {
        toNote.delete(id);
        send({ type: 'noted', id });
      }
    }
    noting = false;
  }

  function closeWhatIsOver(): void {
    clearTimeout(clock);
    let next = Infinity;
    for (const { id, state, closesAt } of voting().polls) {
      if (state !== 'open' || closesAt === null) continue;
      if (closesAt <= now()) plan.voting.closeByTime(id, closesAt);
      else next = Math.min(next, closesAt);
    }
    if (next < Infinity) clock = setTimeout(closeWhatIsOver, Math.min(next - now(), 60_000));
  }
  function takeTally(tally: Tally, isOpen: boolean): void {
    const id = tally.poll as PollId;
    const known = live.getState().tallies[id];
    if (known === undefined || known.version <= tally.version) {
      // What is counted is on the disk: it takes votes again.
      live.setState(({ tallies }) => ({ tallies: { ...tallies, [id]: tally }, trouble: null }));
    }
    const poll = pollOf(id);
    const { closesAt = null } = poll ?? {};
    if (!isOpen && closesAt !== null && closesAt - now() <= SAME_MOMENT_MS) {
      plan.voting.closeByTime(id, Math.min(closesAt, now()));
    }
    if (!isOpen) askForBox(id);
  }
  /** The version alone says nothing: the hub counts it up whenever it hears of the poll again. */
  function isWritten(id: PollId, tally: Tally): boolean {
    const result = voting().results[id];
    const content = ({ all, byStakeholderGroup, byRegion, byBreakoutGroup, texts }: Tally) =>
      JSON.stringify([
        [all, byStakeholderGroup, byRegion, byBreakoutGroup].map(sorted),
        texts.map(({ ballot, text }) => [ballot, text]),
      ]);
    return result !== undefined && content(result.tally) === content(poolSmallParts(tally));
  }
  /** A result is written with its checksum, once for each state of a closed poll's tally. */
  function askForBox(id: PollId): void {
    const tally = live.getState().tallies[id];
    if (tally === undefined || pollOf(id)?.state !== 'closed') return;
    if (asked.get(id) === tally.version || isWritten(id, tally)) return;
    if (send({ type: 'export', poll: id })) asked.set(id, tally.version);
  }
  function takeBox(box: BallotBox): void {
    const id = box.poll as PollId;
    waiting.get(id)?.forEach((resolve) => resolve(box));
    waiting.delete(id);
    const tally = live.getState().tallies[id];
    if (tally === undefined || asked.get(id) !== tally.version) return;
    asked.delete(id);
    if (pollOf(id)?.state !== 'closed') return;
    const { count, checksum } = box;
    plan.voting.writeResult(id, { tally: poolSmallParts(tally), count, checksum, at: now() });
  }

  /** In the plan for the second moderator, the report, and this page when it is loaded again. */
  function takeLeaders(leaders: Voting['leaders']): void {
    const content = (all: Voting['leaders']) =>
      JSON.stringify(all.map(({ place, name, points }) => [place, name, points]));
    if (content(leaders) !== content(voting().leaders)) plan.voting.writeLeaders(leaders);
  }

  function take(frame: ToDesk): void {
    switch (frame.type) {
      case 'tally':
        takeTally(frame.tally, frame.open);
        break;
      case 'given':
        if (!writeGiven(plan, frame.given)) break;
        toNote.add(frame.given.id);
        void noteStored();
        break;
      case 'voters':
        live.setState({ voters: frame });
        break;
      case 'leaders':
        takeLeaders(frame.leaders);
        break;
      case 'codes':
        live.setState({ codes: frame.codes });
        break;
      case 'box':
        takeBox(frame.box);
        break;
      case 'trouble':
        live.setState({ trouble: frame.reason });
        break;
    }
  }
  function connect(): void {
    const opened = new WebSocket(`${address}${VOTING_DESK_PATH}`);
    socket = opened;
    opened.onopen = () => {
      told = new Map();
      asked.clear();
      live.setState({ connected: true, trouble: null });
      closeWhatIsOver();
      tell();
    };
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      const frame = typeof data === 'string' ? readToDesk(data) : null;
      if (frame !== null && !closed) take(frame);
    };
    opened.onclose = () => {
      live.setState({ connected: false });
      if (!closed) again = setTimeout(connect, AGAIN_MS);
    };
  }

  const stopWatching = plan.view.subscribe(() => {
    closeWhatIsOver();
    tell();
    for (const { id, state } of voting().polls) if (state === 'closed') askForBox(id);
  });
  connect();
  return {
    live,
    exportBox: (poll) =>
      new Promise((resolve) => {
        const others = waiting.get(poll) ?? new Set();
        const answer = (box: BallotBox | null): void => {
          clearTimeout(timer);
          others.delete(answer);
          resolve(box);
        };
        const timer = setTimeout(answer, BOX_PATIENCE_MS, null);
        waiting.set(poll, others.add(answer));
        if (!send({ type: 'export', poll })) answer(null);
      }),
    makeCodes(count) {
      send({ type: 'make-codes', count });
    },
    close() {
      closed = true;
      stopWatching();
      clearTimeout(again);
      clearTimeout(clock);
      waiting.forEach((all) => all.forEach((resolve) => resolve(null)));
      socket?.close();
    },
  };
}

/** Keys in one order at every depth, so that texts can be compared. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
