import type * as Y from 'yjs';
import type { PollKind } from '../consensus/poll.ts';
import type { Leader } from '../consensus/tally.ts';
import { handKey, isHandCount } from './hand-counts.ts';
import type { PollId, ProposalId } from './ids.ts';
import { orderAtEnd } from './order.ts';
import type { PlanView } from './plan-view.ts';
import { asQuestion, isCountdown, pollFault, pollFields, type PollInput } from './poll-input.ts';
import type { Poll, PollResult } from './voting-model.ts';
import {
  done,
  type Entry,
  type FieldChange,
  type Outcome,
  refused,
  type Writer,
} from './writer.ts';

/**
 * A poll does not change once it has been opened: what people answered would not be what was asked.
 * Opening and closing are undone as people expect, but never to before the first answer: a poll that
 * was opened by mistake is closed.
 */
export interface PollOperations {
  makePoll(input: PollInput): Outcome<PollId>;
  /** One step from a proposal to its poll: the one that waits to be opened, or else a new one. */
  makePollFromProposal(id: ProposalId, kind?: PollKind): Outcome<PollId>;
  /** Refused as 'not-allowed' once it has been opened. */
  changePoll(id: PollId, change: Partial<Omit<PollInput, 'proposalId'>>): Outcome;
  movePollIntoView(id: PollId | null): Outcome;
  /**
   * Opens it to the room and has the room look at it; whatever else is open is closed. `seconds` is
   * the countdown, null for none; left out it is the poll's own.
   */
  openPoll(id: PollId, seconds?: number | null): Outcome;
  /** So many seconds more; from now on where there was no countdown. */
  extendPoll(id: PollId, seconds: number): Outcome;
  /** Closing what is closed changes nothing: of two moderators who close at once, one closes. */
  closePoll(id: PollId): Outcome;
  reopenPoll(id: PollId, seconds?: number | null): Outcome;
  /** Lets the room see what a poll comes to while it is open. C4 */
  showResults(id: PollId, shown: boolean): Outcome;
  /** Another round of a closed poll: a new one, with the proposal as it reads now. */
  secondRound(id: PollId): Outcome<PollId>;
  /** Refused as 'not-allowed' while it is open. */
  deletePoll(id: PollId): Outcome;
  restorePoll(id: PollId): Outcome;
  /**
   * A show of hands, for those without a phone: so many for each answer that is named, others stay as
   * they are; null takes the row away. Keys as in `Counts.by`; beside a gradient agree, pass and
   * disagree.
   *
   * @param over which counts of others it comes in place of: those that the moderator saw when
   *   beginning to write. All where it is left out. What another laptop has entered besides stays, and
   *   the row is disputed (`HandCount.by`).
   */
  setHandCount(
    id: PollId,
    stakeholderGroup: string,
    by: Readonly<Record<string, number>> | null,
    over?: readonly number[],
  ): Outcome;
  /** Lets a short text be seen by the room, or takes it away again. */
  showText(id: PollId, ballot: string, shown: boolean): Outcome;
  /** Whether a phone needs one of the printed codes. */
  needCodes(needed: boolean): Outcome;
  /** Its time ran out at `at`. By the plenary laptop's page; not undone by `history`. */
  closeByTime(id: PollId, at: number): Outcome;
  /** What a closed poll came to. By the plenary laptop's page; not undone by `history`. */
  writeResult(id: PollId, result: PollResult): Outcome;
  /** The quiz's best so far. By the plenary laptop's page; not undone by `history`. */
  writeLeaders(leaders: readonly Leader[]): Outcome;
}

export function createPollOperations(doc: Y.Doc, view: PlanView, writer: Writer): PollOperations {
  const { context } = writer;
  const room = doc.getMap('room');
  const voting = () => view.snapshot().voting;
  const polls = (): readonly Poll[] => voting().polls;
  const find = (id: PollId): Poll | undefined => polls().find((poll) => poll.id === id);

  /** Runs `change` on a poll that is there. */
  function onPoll<T>(id: PollId, change: (poll: Poll, entry: Entry) => Outcome<T>): Outcome<T> {
    return writer.write(() => {
      const poll = find(id);
      const entry = writer.entry('polls', id);
      return poll === undefined || entry === null ? refused('not-found') : change(poll, entry);
    });
  }
  const proposalText = (id: ProposalId | null): string =>
    view.snapshot().proposals.find((proposal) => proposal.id === id)?.text ?? '';
  const asked = ({ proposalId, question }: PollInput): string =>
    asQuestion(question.trim() === '' ? proposalText(proposalId).trim() : question.trim());

  function make(input: PollInput, previous: Poll | null): Outcome<PollId> {
    const known = view.snapshot().proposals.some(({ id }) => id === input.proposalId);
    if (input.proposalId !== null && !known) return refused('not-found');
    const fault = pollFault({ ...input, question: asked(input) });
    if (fault !== null) return refused(fault);
    const id = context.newId() as PollId;
    const entry = writer.create(
      'polls',
      id,
      {
        ...pollFields({ ...input, question: asked(input) }),
        proposalId: input.proposalId,
        previousId: previous?.id ?? null,
        round: (previous?.round ?? 0) + 1,
        state: 'draft',
        device: context.deviceId,
        createdAt: context.now(),
        order: orderAtEnd(polls()),
      },
      {},
    );
    writer.setAll([], 'voting-changed', [entry]);
    return done(id);
  }

  /** What has to change so that this poll, and no other, is open. */
  const opening = (entry: Entry, poll: Poll, seconds: number | null): readonly FieldChange[] => [
    ...polls()
      .filter((other) => other.state === 'open' && other.id !== poll.id)
      .flatMap((other) => {
        const map = writer.entry('polls', other.id);
        return map === null ? [] : [{ map, fields: closing(context.now()) }];
      }),
    {
      map: entry,
      fields: {
        state: 'open',
        openedAt: poll.openedAt ?? context.now(),
        closesAt: seconds === null ? null : context.now() + seconds * 1000,
        closedAt: null,
        shown: false,
      },
    },
    { map: room, fields: { pollId: poll.id } },
  ];
  function open(id: PollId, seconds: number | null | undefined, from: Poll['state']): Outcome {
    return onPoll(id, (poll, entry) => {
      const time = seconds === undefined ? poll.seconds : seconds;
      if (poll.state !== from || !isCountdown(time)) return refused('not-allowed');
      const changes = opening(entry, poll, time);
      writer.setAll(changes, null);
      const state = (now: string, next: readonly FieldChange[]) => (): boolean => {
        if (entry.get('state') !== now) return false;
        writer.setAll(next, null);
        return true;
      };
      writer.history.record({
        label: 'voting-changed',
        // Somebody may have answered, so it does not go back to never having been open.
        undo: state('open', [{ map: entry, fields: closing(context.now()) }]),
        redo: state('closed', changes),
      });
      return done(undefined);
    });
  }

  return {
    makePoll: (input) => writer.write(() => make(input, null)),
    makePollFromProposal: (id, kind = 'agree') =>
      writer.write(() => {
        const about = polls().filter((poll) => poll.proposalId === id);
        const waiting = about.find((poll) => poll.state !== 'closed');
        if (waiting !== undefined) return done(waiting.id);
        const before = about.at(-1);
        return make(
          {
            proposalId: id,
            kind: before?.kind ?? kind,
            question: '',
            options: [],
            most: before?.most ?? 0,
            seconds: before?.seconds ?? null,
            right: null,
          },
          before ?? null,
        );
      }),
    changePoll: (id, change) =>
      onPoll(id, (poll, entry) => {
        if (poll.state !== 'draft') return refused('not-allowed');
        const input: PollInput = { ...poll, ...change };
        const next = { ...input, question: asked(input) };
        const fault = pollFault(next);
        if (fault !== null) return refused(fault);
        writer.set(entry, pollFields(next), 'voting-changed');
        return done(undefined);
      }),
    movePollIntoView: (id) =>
      writer.write(() => {
        if (id !== null && find(id) === undefined) return refused('not-found');
        writer.set(room, { pollId: id }, 'voting-changed');
        return done(undefined);
      }),
    openPoll: (id, seconds) => open(id, seconds, 'draft'),
    reopenPoll: (id, seconds = null) => open(id, seconds, 'closed'),
    extendPoll: (id, seconds) =>
      onPoll(id, (poll, entry) => {
        if (poll.state !== 'open' || !isCountdown(seconds)) return refused('not-allowed');
        const from = Math.max(poll.closesAt ?? 0, context.now());
        writer.set(entry, { closesAt: from + seconds * 1000 }, 'voting-changed');
        return done(undefined);
      }),
    closePoll: (id) =>
      onPoll(id, (poll, entry) => {
        if (poll.state === 'draft') return refused('not-allowed');
        if (poll.state === 'closed') return done(undefined);
        writer.set(entry, closing(context.now()), 'voting-changed');
        return done(undefined);
      }),
    showResults: (id, shown) =>
      onPoll(id, (poll, entry) => {
        if (poll.state !== 'open') return refused('not-allowed');
        writer.set(entry, { shown }, 'voting-changed');
        return done(undefined);
      }),
    secondRound: (id) =>
      onPoll(id, (poll) => {
        if (poll.state !== 'closed') return refused('not-allowed');
        const next = polls().find((other) => other.previousId === id && other.state === 'draft');
        if (next !== undefined) return done(next.id);
        const current = proposalText(poll.proposalId);
        return make({ ...poll, question: current.trim() === '' ? poll.question : '' }, poll);
      }),
    deletePoll: (id) =>
      onPoll(id, (poll, entry) => {
        if (poll.state === 'open') return refused('not-allowed');
        const changes: FieldChange[] = [{ map: entry, fields: { deleted: true } }];
        if (voting().currentPollId === id) changes.push({ map: room, fields: { pollId: null } });
        writer.setAll(changes, 'voting-changed');
        return done(undefined);
      }),
    restorePoll: (id) =>
      writer.write(() => {
        const entry = writer.entry('polls', id);
        if (entry === null) return refused('not-found');
        writer.set(entry, { deleted: false }, 'voting-changed');
        return done(undefined);
      }),
    setHandCount: (id, stakeholderGroup, by, over) =>
      onPoll(id, (poll) => {
        if (poll.state === 'draft') return refused('not-allowed');
        const { entered = {} } =
          voting().handCounts.find(
            (row) => row.pollId === id && row.stakeholderGroup === stakeholderGroup,
          ) ?? {};
        const cells = by ?? Object.fromEntries(Object.keys(entered).map((answer) => [answer, 0]));
        const fields: Record<string, number | null> = {};
        for (const [answer, count] of Object.entries(cells)) {
          const key = (device: string): string | null =>
            handKey(id, stakeholderGroup, answer, device);
          const own = key(context.deviceId);
          if (own === null || !isHandCount(count)) return refused('not-allowed');
          for (const other of entered[answer] ?? []) {
            const replaced = over === undefined || over.includes(other.count);
            if (replaced) fields[key(other.deviceId) ?? own] = null;
          }
          fields[own] = count === 0 ? null : count;
        }
        writer.set(doc.getMap('handCounts'), fields, 'voting-changed');
        return done(undefined);
      }),
    showText: (id, ballot, shown) =>
      onPoll(id, () => {
        writer.set(doc.getMap('shownTexts'), { [`${id}/${ballot}`]: shown }, 'voting-changed');
        return done(undefined);
      }),
    needCodes: (needed) =>
      writer.write(() => {
        writer.set(room, { codesNeeded: needed }, 'voting-changed');
        return done(undefined);
      }),
    closeByTime: (id, at) =>
      onPoll(id, (poll, entry) => {
        if (poll.state !== 'open') return done(undefined);
        writer.setAll([{ map: entry, fields: closing(at) }], null);
        return done(undefined);
      }),
    writeResult: (id, result) =>
      writer.write(() => {
        if (writer.entry('polls', id) === null) return refused('not-found');
        const fields = { [id]: JSON.stringify(result) };
        writer.setAll([{ map: doc.getMap('pollResults'), fields }], null);
        return done(undefined);
      }),
    writeLeaders: (leaders) =>
      writer.write(() => {
        writer.setAll([{ map: room, fields: { leaders: JSON.stringify(leaders) } }], null);
        return done(undefined);
      }),
  };
}

const closing = (at: number) => ({ state: 'closed', closedAt: at, closesAt: null });
