import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { addBallot } from '../../core/consensus/count.ts';
import type { Choice, PollForm } from '../../core/consensus/poll.ts';
import type { Given } from '../../core/protocol/voting-frames.ts';
import type { Ballot, Gift, Objection, Poll, Room, Voter, VotingState } from './state.ts';
import { countedOf, counterOf, emptyState, entriesOf, ROOM } from './state.ts';

/** The tables of the file, each with its columns in the order in which a row holds them. */
export const tables = {
  rooms:
    'session TEXT NOT NULL, content TEXT NOT NULL, current TEXT NOT NULL, said_at INTEGER NOT NULL, PRIMARY KEY (session)',
  voters:
    'session TEXT NOT NULL, voter TEXT NOT NULL, declared INTEGER NOT NULL, stakeholder_group TEXT NOT NULL, region TEXT NOT NULL, breakout_group TEXT NOT NULL, name TEXT NOT NULL, hand_up INTEGER NOT NULL, hand_sequence INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (session, voter)',
  polls:
    'session TEXT NOT NULL, poll TEXT NOT NULL, form TEXT NOT NULL, right_option TEXT, is_open INTEGER NOT NULL, shown INTEGER NOT NULL, opened_at INTEGER NOT NULL, limit_ms INTEGER, closes_at INTEGER, version INTEGER NOT NULL, next_number INTEGER NOT NULL, PRIMARY KEY (session, poll)',
  ballots:
    'session TEXT NOT NULL, poll TEXT NOT NULL, voter TEXT NOT NULL, sequence INTEGER NOT NULL, choice TEXT NOT NULL, number INTEGER NOT NULL, shown INTEGER NOT NULL, stakeholder_group TEXT NOT NULL, region TEXT NOT NULL, breakout_group TEXT NOT NULL, ms INTEGER NOT NULL, PRIMARY KEY (session, poll, voter)',
  objections:
    'session TEXT NOT NULL, poll TEXT NOT NULL, voter TEXT NOT NULL, sequence INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (session, poll, voter)',
  given:
    'session TEXT NOT NULL, id TEXT NOT NULL, content TEXT NOT NULL, voter TEXT NOT NULL, phone_id TEXT NOT NULL, noted INTEGER NOT NULL, done INTEGER NOT NULL, PRIMARY KEY (session, id)',
  codes:
    'session TEXT NOT NULL, code TEXT NOT NULL, voter TEXT NOT NULL, PRIMARY KEY (session, code)',
} as const;
export type Table = keyof typeof tables;

/** A row as it is written: whole, over the one with the same key. The session comes first. */
export type Row = readonly SQLInputValue[];
/** A row as it is read. */
export type Read = readonly SQLOutputValue[];
/** What a session's rows are, table by table. */
export type SessionRows = Readonly<Record<Table, readonly Read[]>>;

const whole = (value: number): number => Math.round(value);

export const roomRow = (room: Room): Row => {
  const { session, current, saidAt, ...content } = room;
  return [session, JSON.stringify(content), current, whole(saidAt)];
};
export const voterRow = (session: string, voter: string, one: Voter): Row => [
  session,
  voter,
  one.declared === null ? 0 : 1,
  one.declared?.stakeholderGroup ?? '',
  one.declared?.region ?? '',
  one.declared?.breakoutGroup ?? '',
  one.name,
  one.handUp ? 1 : 0,
  one.handSequence,
  one.code,
];
export const pollRow = (session: string, poll: Poll): Row => [
  session,
  poll.form.id,
  JSON.stringify(poll.form),
  poll.right,
  poll.open ? 1 : 0,
  poll.shown ? 1 : 0,
  whole(poll.openedAt),
  poll.limitMs === null ? null : whole(poll.limitMs),
  poll.closesAt === null ? null : whole(poll.closesAt),
  poll.version,
  poll.nextNumber,
];
export const ballotRow = (session: string, poll: string, voter: string, one: Ballot): Row => [
  session,
  poll,
  voter,
  one.sequence,
  JSON.stringify(one.choice),
  one.number,
  one.shown ? 1 : 0,
  one.stakeholderGroup,
  one.region,
  one.breakoutGroup,
  whole(one.ms),
];
export const objectionRow = (session: string, poll: string, voter: string, one: Objection): Row => [
  session,
  poll,
  voter,
  one.sequence,
  one.text,
];
export const giftRow = (session: string, gift: Gift): Row => [
  session,
  gift.given.id,
  JSON.stringify(gift.given),
  gift.voter,
  gift.phoneId,
  gift.noted ? 1 : 0,
  gift.done ? 1 : 0,
];
export const codeRow = (session: string, code: string, voter: string): Row => [
  session,
  code,
  voter,
];

/** The schema is strict, so that these are what comes out. */
const text = (value: SQLOutputValue | undefined): string =>
  typeof value === 'string' ? value : '';
const number = (value: SQLOutputValue | undefined): number =>
  typeof value === 'number' ? value : 0;
const maybe = (value: SQLOutputValue | undefined): number | null =>
  typeof value === 'number' ? value : null;
const yes = (value: SQLOutputValue | undefined): boolean => value === 1;

/** A session as its rows have it. The JSON in them is what this file wrote. */
export function stateFrom(rows: SessionRows): VotingState {
  const state = emptyState();
  for (const [session, content, current, saidAt] of rows.rooms) {
    const said = JSON.parse(text(content)) as Omit<Room, 'session' | 'current' | 'saidAt'>;
    state.room.set(ROOM, {
      ...said,
      session: text(session),
      current: text(current),
      saidAt: number(saidAt),
    });
  }
  for (const [
    ,
    voter,
    declared,
    group,
    region,
    breakout,
    name,
    up,
    sequence,
    code,
  ] of rows.voters) {
    state.voters.set(text(voter), {
      declared: yes(declared)
        ? { stakeholderGroup: text(group), region: text(region), breakoutGroup: text(breakout) }
        : null,
      name: text(name),
      handUp: yes(up),
      handSequence: number(sequence),
      code: text(code),
    });
  }
  for (const [
    ,
    id,
    form,
    right,
    open,
    shown,
    openedAt,
    limit,
    closesAt,
    version,
    next,
  ] of rows.polls) {
    state.polls.set(text(id), {
      form: JSON.parse(text(form)) as PollForm,
      right: typeof right === 'string' ? right : null,
      open: yes(open),
      shown: yes(shown),
      openedAt: number(openedAt),
      limitMs: maybe(limit),
      closesAt: maybe(closesAt),
      version: number(version),
      nextNumber: number(next),
    });
  }
  for (const [
    ,
    poll,
    voter,
    sequence,
    choice,
    at,
    shown,
    group,
    region,
    breakout,
    ms,
  ] of rows.ballots) {
    const ballot: Ballot = {
      sequence: number(sequence),
      choice: JSON.parse(text(choice)) as Choice,
      number: number(at),
      shown: yes(shown),
      stakeholderGroup: text(group),
      region: text(region),
      breakoutGroup: text(breakout),
      ms: number(ms),
    };
    entriesOf(state.ballots, text(poll)).set(text(voter), ballot);
    const of = state.polls.get(text(poll));
    const counted = countedOf(ballot);
    if (of !== undefined && counted !== null) addBallot(counterOf(state, of), counted);
  }
  for (const [, poll, voter, sequence, why] of rows.objections) {
    entriesOf(state.objections, text(poll)).set(text(voter), {
      sequence: number(sequence),
      text: text(why),
    });
  }
  const gifts = rows.given
    .map(([, id, content, ...rest]) => ({ id, given: JSON.parse(text(content)) as Given, rest }))
    .toSorted((a, b) => a.given.at - b.given.at);
  for (const { id, given, rest } of gifts) {
    const [voter, phoneId, noted, done] = rest;
    state.gifts.set(text(id), {
      given,
      voter: text(voter),
      phoneId: text(phoneId),
      noted: yes(noted),
      done: yes(done),
    });
  }
  for (const [, code, voter] of rows.codes) state.codes.set(text(code), text(voter));
  return state;
}
