import type * as Y from 'yjs';
import { pollKinds } from '../consensus/poll.ts';
import { booleanField, idField, numberField, oneOf, stringField } from './fields.ts';
import { readHandCounts } from './hand-counts.ts';
import type { DeviceId, InboxItemId, ObjectionId, PollId, ProposalId, TurnId } from './ids.ts';
import { createTable, touchedIds } from './table.ts';
import type { WhenChanged } from './view.ts';
import { readDecision, readLeaders, readOptions, readResult } from './voting-json.ts';
import {
  type Decision,
  type InboxItem,
  inboxKinds,
  type Objection,
  objectionStates,
  type Poll,
  type PollResult,
  pollStates,
  type SpeakerTurn,
  type Voting,
} from './voting-model.ts';
import type { Entry } from './writer.ts';

/** The plan's polls and all that belongs to them; part of the plan's view. */
export interface VotingReader {
  snapshot(): Voting;
  watch(changed: WhenChanged): void;
}

type Timed<T> = T & { readonly order: string };

const lists = ['live', 'deleted'] as const;
const listOf = (value: { readonly deleted: boolean }): 'live' | 'deleted' =>
  value.deleted ? 'deleted' : 'live';
const timeField = (entry: Entry, key: string): number | null => numberField(entry, key) || null;
/** Texts that sort as the times do. */
const orderOf = (at: number): string => String(Math.max(0, Math.round(at))).padStart(16, '0');

function readPoll(id: string, entry: Entry): Poll {
  const state = oneOf(pollStates, entry.get('state'), 'draft');
  return {
    id: id as PollId,
    proposalId: idField<ProposalId>(entry, 'proposalId'),
    previousId: idField<PollId>(entry, 'previousId'),
    round: Math.max(1, numberField(entry, 'round')),
    kind: oneOf(pollKinds, entry.get('kind'), 'agree'),
    question: stringField(entry, 'question'),
    options: readOptions(entry.get('options')),
    most: numberField(entry, 'most'),
    seconds: timeField(entry, 'seconds'),
    right: idField(entry, 'right'),
    state,
    openedAt: state === 'draft' ? null : timeField(entry, 'openedAt'),
    // Of two moderators, one may have closed it while the other gave it more time.
    closesAt: state === 'open' ? timeField(entry, 'closesAt') : null,
    closedAt: state === 'closed' ? timeField(entry, 'closedAt') : null,
    shown: booleanField(entry, 'shown'),
    deviceId: stringField(entry, 'device') as DeviceId,
    createdAt: numberField(entry, 'createdAt'),
    order: stringField(entry, 'order'),
    deleted: booleanField(entry, 'deleted'),
  };
}

const readObjection = (id: string, entry: Entry): Timed<Objection> => ({
  id: id as ObjectionId,
  pollId: idField<PollId>(entry, 'pollId'),
  proposalId: idField<ProposalId>(entry, 'proposalId'),
  person: stringField(entry, 'person'),
  text: stringField(entry, 'text'),
  stakeholderGroup: stringField(entry, 'stakeholderGroup'),
  at: numberField(entry, 'at'),
  state: oneOf(objectionStates, entry.get('state'), 'open'),
  how: stringField(entry, 'how'),
  deleted: booleanField(entry, 'deleted'),
  order: orderOf(numberField(entry, 'at')),
});

const readItem = (id: string, entry: Entry): Timed<InboxItem> => ({
  id: id as InboxItemId,
  kind: oneOf(inboxKinds, entry.get('kind'), 'question'),
  person: stringField(entry, 'person'),
  text: stringField(entry, 'text'),
  stakeholderGroup: stringField(entry, 'stakeholderGroup'),
  region: stringField(entry, 'region'),
  online: booleanField(entry, 'online'),
  at: numberField(entry, 'at'),
  takenBy: idField<DeviceId>(entry, 'takenBy'),
  takenAt: timeField(entry, 'takenAt'),
  doneAt: timeField(entry, 'doneAt'),
  deleted: booleanField(entry, 'deleted'),
  order: orderOf(numberField(entry, 'at')),
});

const readTurn = (id: string, entry: Entry): Timed<SpeakerTurn> => ({
  id: id as TurnId,
  inboxId: idField<InboxItemId>(entry, 'inboxId'),
  person: stringField(entry, 'person'),
  label: stringField(entry, 'label'),
  stakeholderGroup: stringField(entry, 'stakeholderGroup'),
  online: booleanField(entry, 'online'),
  startedAt: numberField(entry, 'startedAt'),
  endedAt: timeField(entry, 'endedAt'),
  deleted: booleanField(entry, 'deleted'),
  order: orderOf(numberField(entry, 'startedAt')),
});

/** Two moderators may give the same hand the floor at once: it is one turn. */
function oncePerHand(turns: readonly SpeakerTurn[]): readonly SpeakerTurn[] {
  const hands = new Set<InboxItemId>();
  return turns.filter(({ inboxId }) => {
    if (inboxId === null) return true;
    if (hands.has(inboxId)) return false;
    hands.add(inboxId);
    return true;
  });
}

export function createVotingReader(doc: Y.Doc): VotingReader {
  const roots = {
    polls: doc.getMap('polls'),
    objections: doc.getMap('objections'),
    inbox: doc.getMap('inbox'),
    turns: doc.getMap('turns'),
  };
  const room = doc.getMap('room');
  const tables = {
    polls: createTable(roots.polls, lists, readPoll, listOf),
    objections: createTable(roots.objections, lists, readObjection, listOf),
    inbox: createTable(roots.inbox, lists, readItem, listOf),
    turns: createTable(roots.turns, lists, readTurn, listOf),
  };
  const results = doc.getMap('pollResults');
  const hands = doc.getMap('handCounts');
  const texts = doc.getMap('shownTexts');
  const decisions = doc.getMap('decisions');

  /** In one order on every laptop, whatever came first. */
  const sorted = (map: Y.Map<unknown>): readonly (readonly [string, unknown])[] =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  /** Which short texts the room may see is decided after they were counted, too. */
  const withShown = (result: PollResult): PollResult => ({
    ...result,
    tally: {
      ...result.tally,
      texts: result.tally.texts.map((one) => ({
        ...one,
        shown: texts.get(`${result.tally.poll}/${one.ballot}`) === true,
      })),
    },
  });
  const readResults = (): Readonly<Record<PollId, PollResult>> =>
    Object.fromEntries(
      sorted(results).flatMap(([id, text]) => {
        const result = readResult(text);
        return result === null ? [] : [[id, withShown(result)]];
      }),
    );
  const readDecisions = (): Readonly<Record<ProposalId, Decision>> =>
    Object.fromEntries(
      sorted(decisions).flatMap(([id, text]) => {
        const read = readDecision(text);
        if (read === null) return [];
        const proposalId = id as ProposalId;
        return [[id, { proposalId, ...read, pollId: read.pollId as PollId | null }]];
      }),
    );
  const readTexts = (): readonly string[] =>
    sorted(texts).flatMap(([key, shown]) => (shown === true ? [key] : []));

  const flat = {
    results: readResults(),
    handCounts: readHandCounts(hands),
    leaders: readLeaders(room.get('leaders')),
    decisions: readDecisions(),
    shownTexts: readTexts(),
  };
  const build = (): Voting => ({
    currentPollId: idField<PollId>(room, 'pollId'),
    codesNeeded: booleanField(room, 'codesNeeded'),
    polls: tables.polls.list('live'),
    deletedPolls: tables.polls.list('deleted'),
    ...flat,
    objections: tables.objections.list('live'),
    inbox: tables.inbox.list('live'),
    turns: oncePerHand(tables.turns.list('live')),
  });
  let current = build();
  let stale = false;

  return {
    snapshot() {
      if (stale) current = build();
      stale = false;
      return current;
    },
    watch(changed) {
      const on = (root: Y.Map<unknown>, refresh: Parameters<WhenChanged>[1]): void =>
        changed(root, (events) => {
          stale = true;
          return refresh(events);
        });
      for (const name of ['polls', 'objections', 'inbox', 'turns'] as const) {
        on(roots[name], (events) => tables[name].refresh(touchedIds(roots[name], events)));
      }
      on(room, () => (flat.leaders = readLeaders(room.get('leaders'))));
      on(results, () => (flat.results = readResults()));
      on(hands, () => (flat.handCounts = readHandCounts(hands)));
      on(decisions, () => (flat.decisions = readDecisions()));
      on(texts, () => {
        flat.shownTexts = readTexts();
        flat.results = readResults();
      });
    },
  };
}
