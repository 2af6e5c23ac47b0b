import { randomBytes } from 'node:crypto';
import type { FromDesk, Given, ToDesk, ToPhone } from '../../core/protocol/voting-frames.ts';
import type { DropReason, HubLog } from '../hub-log.ts';
import type { Purse } from '../web/allowance.ts';
import { createLedger, type Transaction } from './ledger.ts';
import { createHearPhone, type Hello } from './hear-phone.ts';
import { hearDesk } from './hear-desk.ts';
import { closePoll, setRoom } from './moderate.ts';
import { greet } from './greet.ts';
import type { Phone, Phones } from './phones.ts';
import { createReturnRush } from './return-rush.ts';
import { noScores, scoresOf } from './quiz.ts';
import type { Scene } from './scene.ts';
import { refuse } from './scene.ts';
import { emptyState } from './state.ts';
import { createTallyPace } from './tally-pace.ts';
import {
  currentPoll,
  phonePoll,
  phoneRoom,
  phoneSelf,
  roomOf,
  tallyOf,
  votersOf,
} from './views.ts';
import type { VoterTokens } from './voter-token.ts';
import type { VotingStore } from './voting-store.ts';

/** A page of the plenary laptop's. */
export interface Desk {
  readonly send: (frame: ToDesk) => void;
  /** Of which session it is; empty before it has said so. */
  session: string;
}

export interface VotingRoomOptions {
  readonly store: VotingStore;
  readonly phones: Phones;
  readonly drop: (phone: Phone, reason: DropReason) => void;
  /** Who tries admission codes; by the address, since guessing costs nothing else. */
  readonly guesses: (address: string) => Purse;
  /** Milliseconds since 1970, by a clock that does not jump while the hub runs. */
  readonly now: () => number;
  readonly later: (act: () => void, ms: number) => () => void;
  readonly log: HubLog;
}

export interface VotingRoom {
  /** Begins. Resolves once it is known who votes here, or that the disk does not tell. */
  readonly start: () => Promise<void>;
  /** Null before it is known. */
  tokens(): VoterTokens | null;
  readonly fromPhone: (phone: Phone, text: string) => void;
  leftBy(phone: Phone): void;
  enterDesk(desk: Desk): void;
  leaveDesk(desk: Desk): void;
  fromDesk(desk: Desk, frame: FromDesk): void;
  /** What a phone's page needs for its first picture. */
  readonly page: () => Pick<ToPhone & { type: 'welcome' }, 'room' | 'poll'> | null;
  stop(): void;
}

const VOTERS_EVERY_MS = 1_000;
const RETRY_MS = 2_000;
/** So often the moderator's own words are tried again where the disk does not take them. */
const DESK_RETRY_MS = 1_000;

/** Where phones vote and the plenary laptop's page hears of it: without sockets, timers and a clock. */
export function createVotingRoom(options: VotingRoomOptions): VotingRoom {
  const { store, phones, drop, now, later, log } = options;
  const desks = new Set<Desk>();
  let state = emptyState();
  let tokens: VoterTokens | null = null;
  let scores = noScores;
  let trouble: ToDesk | null = null;
  let callOffClosing = (): void => undefined;
  let areVotersDue = false;
  let started: Promise<void> | null = null;
  /** What the disk has not taken of what the page said; by what it is about. */
  const untaken = new Map<string, FromDesk>();
  const ledger = createLedger({
    write: (changes) => store.write(changes),
    now,
    log,
    onFault(fault) {
      trouble =
        fault === null
          ? null
          : { type: 'trouble', reason: fault === 'no-space' ? 'disk-full' : 'disk-failed' };
      if (trouble !== null) tellDesks(trouble);
    },
  });
  const rush = createReturnRush({ now, later });
  const pace = createTallyPace({
    now,
    later: (act, ms) => void later(() => whenKept(act), ms),
    haveAllAnswered() {
      const poll = currentPoll(state);
      const ballots = state.ballots.get(poll?.form.id ?? '');
      if (poll?.open !== true || ballots === undefined || ballots.size < phones.count())
        return false;
      for (const phone of phones.all()) {
        if (phone.isIn && !ballots.has(phone.voter)) return false;
      }
      return true;
    },
    tellDesk: (polls) => polls.forEach(tellTally),
    tellPhones(polls) {
      const poll = currentPoll(state);
      if (poll !== null && polls.has(poll.form.id) && (poll.shown || !poll.open)) tellPoll();
    },
  });

  /** Runs it when all that is known is on the disk. */
  const whenKept = (act: () => void): void => ledger.enter((transaction) => transaction.after(act));
  function tellDesks(frame: ToDesk): void {
    const session = roomOf(state)?.session;
    for (const desk of desks) if (desk.session === session) desk.send(frame);
  }
  function tallyFrame(id: string): ToDesk | null {
    const poll = state.polls.get(id);
    return poll === undefined
      ? null
      : { type: 'tally', tally: tallyOf(state, poll), open: poll.open };
  }
  function tellTally(id: string): void {
    const frame = desks.size === 0 ? null : tallyFrame(id);
    if (frame !== null) tellDesks(frame);
  }
  const tellPoll = (): void =>
    phones.tellPoll(JSON.stringify({ type: 'poll', poll: phonePoll(state, now()) }));
  function votersChanged(): void {
    if (areVotersDue) return;
    areVotersDue = true;
    later(() => {
      areVotersDue = false;
      whenKept(() => tellDesks(votersOf(state, phones.count())));
    }, VOTERS_EVERY_MS);
  }

  const sceneOf = (transaction: Transaction): Scene | null => {
    const room = roomOf(state);
    if (room === null || tokens === null) return null;
    const { personOf } = tokens;
    return {
      state,
      room,
      transaction,
      personOf: (voter) => personOf(room.session, voter),
      newId: () => randomBytes(12).toString('base64url'),
      counted: pace.changed,
      give: (given: Given) => tellDesks({ type: 'given', given }),
      votersChanged,
    };
  };

  // ── Sessions ───────────────────────────────────────────────────────────────────────────────────

  /** Has this session, or the last one, in memory; false where the disk does not tell. */
  async function load(session: string | null): Promise<boolean> {
    const loaded = await store.load(session, now());
    if (loaded === null) return false;
    ({ state, tokens } = loaded);
    scores = scoresOf(state);
    phones.putOut();
    armClosing();
    return true;
  }
  function start(resolve: () => void): void {
    ledger.alone(async () => {
      // A page may have said meanwhile which session it is.
      if (tokens === null && !(await load(null))) later(() => start(() => undefined), RETRY_MS);
      else letAllIn();
      resolve();
    });
  }

  /** Greets again whoever has come before there was a room, or was in the one before. */
  function letAllIn(): void {
    phones.each(phones.all(), (phone) => {
      if (phone.isIn) return;
      const hello = phone.waitsWith ?? (phone.voter === '' ? null : { voter: '', code: '' });
      if (hello !== null) welcome(phone, hello);
    });
  }
  function enterRoom(desk: Desk, said: FromDesk & { readonly type: 'room' }): void {
    const { type: _type, ...room } = said;
    desk.session = room.session;
    ledger.alone(async () => {
      if (tokens !== null && roomOf(state)?.session === room.session) return;
      if (!(await load(room.session))) later(() => enterRoom(desk, said), RETRY_MS);
    });
    ledger.enter((transaction) => {
      const before = roomOf(state);
      if (tokens === null || desk.session !== room.session) return;
      const { current = '' } = before?.session === room.session ? before : {};
      const after = { ...room, current, saidAt: transaction.at };
      setRoom({ state, transaction }, after);
      transaction.after(() => {
        phones.tellRoom(JSON.stringify({ type: 'room', room: phoneRoom(after) }));
        letAllIn();
        tellAll(desk);
      });
      transaction.otherwise(() => tryLater(desk, said));
    });
  }
  /** All that this page has missed. */
  function tellAll(desk: Desk): void {
    desk.send(votersOf(state, phones.count()));
    for (const id of state.polls.keys()) {
      const frame = tallyFrame(id);
      if (frame !== null) desk.send(frame);
    }
    for (const { given, noted } of state.gifts.values()) {
      if (!noted) desk.send({ type: 'given', given });
    }
    if (scores.hasAnswers) desk.send({ type: 'leaders', leaders: scores.leaders });
    if (trouble !== null) desk.send(trouble);
  }

  // ── Polls ──────────────────────────────────────────────────────────────────────────────────────

  function armClosing(): void {
    callOffClosing();
    const times = [...state.polls.values()].flatMap(({ open, closesAt }) =>
      open && closesAt !== null ? [closesAt] : [],
    );
    if (times.length === 0) return;
    callOffClosing = later(closeDue, Math.max(0, Math.min(...times) - now()));
  }
  /** The hub's moment is what counts: what came before it is in front of it. */
  function closeDue(): void {
    rush.release();
    ledger.enter((transaction) => {
      const scene = sceneOf(transaction);
      const due = [...state.polls.values()].filter(
        ({ open, closesAt }) => open && closesAt !== null && closesAt <= transaction.at + 1,
      );
      if (scene !== null) {
        for (const { form } of due) {
          closePoll(scene, form.id);
          transaction.after(() => pollStands(form.id));
        }
      }
      transaction.after(armClosing);
      transaction.otherwise(() => void later(closeDue, DESK_RETRY_MS));
    });
  }
  /** Tells everybody how it stands now. */
  function pollStands(id: string): void {
    const poll = state.polls.get(id);
    if (currentPoll(state)?.form.id === id) tellPoll();
    tellTally(id);
    if (poll?.form.kind === 'quiz') {
      const before = scores;
      scores = scoresOf(state);
      if (scores.hasAnswers) tellDesks({ type: 'leaders', leaders: scores.leaders });
      const those = new Set([...before.voters, ...scores.voters]);
      const theirs = [...phones.all()].filter(({ isIn, voter }) => isIn && those.has(voter));
      phones.each(theirs, (phone) =>
        phones.send(phone, { type: 'points', ...scores.of(phone.voter) }),
      );
    }
    armClosing();
  }

  // ── What phones say ────────────────────────────────────────────────────────────────────────────

  function welcome(phone: Phone, hello: Hello): void {
    rush.greeted();
    ledger.enter((transaction) => {
      const scene = sceneOf(transaction);
      if (scene === null || tokens === null) {
        phone.waitsWith = hello;
        transaction.after(() => phones.send(phone, refuse('no-room')));
        return;
      }
      const { newVoter, read, tokenOf } = tokens;
      const known = hello.voter === '' ? phone.voter : read(hello.voter);
      const greeted = greet(scene, known, hello.code, {
        newVoter,
        mayGuess: () => options.guesses(phone.address).take(1),
      });
      if (!greeted.ok) {
        phone.waitsWith = null;
        transaction.after(() => phones.send(phone, refuse(greeted.reason)));
        return;
      }
      const { voter } = greeted;
      const before = phone.speaksAs;
      phone.speaksAs = voter;
      transaction.undo(() => {
        phone.speaksAs = before;
      });
      transaction.otherwise(() => phones.send(phone, refuse('not-kept')));
      transaction.after(() => {
        const room = roomOf(state);
        if (room === null) return;
        phone.waitsWith = null;
        if (!phone.isIn) votersChanged();
        phones.letIn(phone, voter);
        phones.send(phone, {
          type: 'welcome',
          // Who showed a token showed this one: there is only one for each voter.
          voter: hello.voter === '' ? tokenOf(voter) : hello.voter,
          room: phoneRoom(room),
          poll: phonePoll(state, now()),
          self: phoneSelf(state, scores, voter),
        });
      });
    });
  }

  // ── What the plenary laptop's page says ────────────────────────────────────────────────────────

  const topicOf = (frame: FromDesk): string =>
    `${frame.type} ${'form' in frame ? frame.form.id : 'id' in frame ? frame.id : ''}`;
  function tryLater(desk: Desk, frame: FromDesk): void {
    untaken.set(topicOf(frame), frame);
    later(() => {
      if (untaken.get(topicOf(frame)) === frame) fromDesk(desk, frame);
    }, DESK_RETRY_MS);
  }

  function fromDesk(desk: Desk, frame: FromDesk): void {
    untaken.delete(topicOf(frame));
    rush.release();
    if (frame.type === 'room') {
      enterRoom(desk, frame);
      return;
    }
    ledger.enter((transaction) => {
      const scene = sceneOf(transaction);
      // Another session has been opened since: what this page says is not about this room.
      if (scene === null || desk.session !== scene.room.session) return;
      transaction.otherwise(() => tryLater(desk, frame));
      hearDesk(scene, frame, {
        pollStands,
        tellPoll,
        tell: desk.send,
        tellVoter(voter, told) {
          for (const phone of phones.ofVoter(voter)) phones.send(phone, told);
        },
      });
    });
  }
  return {
    start: () => (started ??= new Promise<void>(start)),
    tokens: () => tokens,
    fromPhone: createHearPhone({ phones, drop, ledger, rush, now, sceneOf, welcome }),
    leftBy: votersChanged,
    enterDesk: (desk) => void desks.add(desk),
    leaveDesk: (desk) => void desks.delete(desk),
    fromDesk,
    page() {
      const room = roomOf(state);
      return room === null ? null : { room: phoneRoom(room), poll: phonePoll(state, now()) };
    },
    stop: () => callOffClosing(),
  };
}
