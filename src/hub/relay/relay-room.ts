import * as Y from 'yjs';
import type { DocumentId } from '../../core/protocol/document-key.ts';
import { cutUpdate, PIECE_BYTES } from '../../core/protocol/cut-update.ts';
import { fits, forgetPending, isCrowding, isNews } from '../../core/protocol/read-update.ts';
import { type MessageUpdate, writeMessage } from '../../core/protocol/relay-message.ts';
import { createHistory } from './history.ts';

/** One laptop in a room. */
export interface Member {
  /** False for a laptop whose ticket only lets it read. A2. */
  readonly mayWrite: boolean;
  /** False for who is listened to and told nothing: laptops that lost their access, in what is set aside. */
  readonly hears: () => boolean;
  /** Sends updates, in parts. */
  sendMessage(message: Uint8Array): void;
  /** Whether some of what it was sent has not left the hub yet. */
  isBehind(): boolean;
  sendHave(stateVector: Uint8Array): void;
  sendPresence(presence: Uint8Array): void;
  sendSignal(sealed: Uint8Array): void;
  /** Another laptop is there, which has not heard of this one. */
  sendJoined(): void;
}

/** One document, for as long as a laptop has it open here. */
export interface Room {
  join(member: Member): void;
  leave(member: Member): void;
  isEmpty(): boolean;
  /** What a laptop says that it has: it is sent what goes beyond. */
  have(member: Member, stateVector: Uint8Array): void;
  /** Throws where Yjs does; the update that it stumbled over and what follows it is not taken in. */
  take(member: Member, updates: readonly MessageUpdate[]): void;
  say(member: Member, presence: Uint8Array): void;
  signal(member: Member, sealed: Uint8Array): void;
  close(): void;
}

export interface RoomOptions {
  readonly documentId: DocumentId;
  /** Calls back after so many milliseconds; returns how to call it off. */
  readonly later: (act: () => void, ms: number) => () => void;
  /** A clock that never jumps, in milliseconds. */
  readonly now: () => number;
}

/**
 * With many laptops in a document, what comes within a moment goes on together: sending costs more
 * than anything else here. Two people who write to each other wait for nothing. Milliseconds.
 */
const MOST_WAIT_MS = 50;
const WAIT_PER_MEMBER_MS = 0.4;
/**
 * How often a laptop that sends what cannot be placed is asked for what is missing, and how often one
 * that asks is answered: an answer may be the whole document. Milliseconds.
 */
const ASK_MS = 1_000;
/**
 * How often one laptop's presence goes on, and how fast: the newest counts, and the others' lines
 * are narrow. A presence is a few hundred bytes.
 */
const PRESENCE_MS = 40;
const PRESENCE_BYTES_PER_MS = 64;
/** Signals: a laptop that calls seven others says about 100 KB. */
const SIGNAL_BURST_BYTES = 512 * 1024;
const SIGNAL_BYTES_PER_MS = 32;

export function createRoom({ later, now }: RoomOptions): Room {
  const doc = new Y.Doc();
  const history = createHistory(doc);
  const members = new Set<Member>();
  const askedAt = new WeakMap<Member, number>();
  /** The newest question of each laptop that has not been answered, and when the last one was. */
  const questions = new Map<Member, Uint8Array>();
  const answeredAt = new WeakMap<Member, number>();
  /** The newest presence of each laptop that has not gone on, and when the next one may. */
  const presences = new Map<Member, Uint8Array>();
  const mayPresentAt = new WeakMap<Member, number>();
  const signals = new WeakMap<Member, { left: number; at: number }>();
  let outbox: Uint8Array[] = [];
  /** Who wrote what is in the outbox; one alone need not hear it again. */
  let writers = new Set<Member>();
  let flushedAt = -Infinity;
  let cancelFlush: (() => void) | null = null;

  const clockOf = (client: number): number => Y.getState(doc.store, client);

  function flush(): void {
    cancelFlush = null;
    flushedAt = now();
    if (outbox.length === 0) return;
    const message = writeMessage(outbox);
    const alone = writers.size === 1;
    for (const member of members) {
      // Who has not been answered yet gets this with the answer.
      const knows = (alone && writers.has(member)) || !answeredAt.has(member);
      if (!knows && member.hears()) member.sendMessage(message);
    }
    outbox = [];
    writers = new Set();
  }
  function flushInTime(): void {
    if (cancelFlush !== null || outbox.length === 0) return;
    const wait = Math.min(MOST_WAIT_MS, members.size * WAIT_PER_MEMBER_MS);
    const left = flushedAt + wait - now();
    if (left <= 0) flush();
    else cancelFlush = later(flush, left);
  }
  function ask(member: Member): void {
    const at = askedAt.get(member) ?? -Infinity;
    if (now() - at < ASK_MS) return;
    askedAt.set(member, now());
    member.sendHave(Y.encodeStateVector(doc));
  }
  function answerInTime(member: Member): void {
    const stateVector = questions.get(member);
    if (stateVector === undefined) return;
    const before = answeredAt.get(member);
    const left = (before ?? -Infinity) + ASK_MS - now();
    // While the last answer is on its way, another would only say the same.
    const isAnswered = before !== undefined && member.isBehind();
    if (left > 0 || isAnswered) {
      later(() => answerInTime(member), left > 0 ? left : ASK_MS);
      return;
    }
    questions.delete(member);
    answer(member, stateVector);
    answeredAt.set(member, now());
  }
  function answer(member: Member, stateVector: Uint8Array): void {
    // What waits to go out is in the document already; it need not be sent twice.
    if (outbox.length > 0) flush();
    const theirs = Y.decodeStateVector(stateVector);
    const ours = Y.decodeStateVector(Y.encodeStateVector(doc));
    const lacks = (here: Map<number, number>, there: Map<number, number>): boolean =>
      [...there].some(([client, clock]) => (here.get(client) ?? 0) < clock);
    if (member.hears() && lacks(theirs, ours)) {
      const messages =
        theirs.size === 0
          ? history.whole()
          : cutUpdate(Y.encodeStateAsUpdate(doc, stateVector), PIECE_BYTES).map((piece) =>
              writeMessage([piece]),
            );
      for (const message of messages) member.sendMessage(message);
    }
    if (member.mayWrite && lacks(ours, theirs)) ask(member);
  }
  function takeOne(member: Member, read: MessageUpdate): void {
    if (!fits(read, clockOf)) {
      ask(member);
      return;
    }
    if (!isNews(read, clockOf) || isCrowding(read, doc.store.clients.size, clockOf)) return;
    Y.applyUpdate(doc, read.update);
    // It goes on as it came: to have Yjs write it anew would take longer than all the rest.
    if (!forgetPending(doc)) return;
    history.add(read.update);
    outbox.push(read.update);
    writers.add(member);
  }
  function presentInTime(member: Member): void {
    const presence = presences.get(member);
    if (presence === undefined) return;
    const left = (mayPresentAt.get(member) ?? -Infinity) - now();
    if (left > 0) {
      later(() => presentInTime(member), left);
      return;
    }
    presences.delete(member);
    const pause = Math.max(PRESENCE_MS, presence.length / PRESENCE_BYTES_PER_MS);
    mayPresentAt.set(member, now() + pause);
    others(member, (other) => other.sendPresence(presence));
  }
  /** Whether this laptop may say so much to the others now. */
  function paysFor(member: Member, bytes: number): boolean {
    const { left, at } = signals.get(member) ?? { left: SIGNAL_BURST_BYTES, at: now() };
    const has = Math.min(SIGNAL_BURST_BYTES, left + (now() - at) * SIGNAL_BYTES_PER_MS);
    signals.set(member, { left: has >= bytes ? has - bytes : has, at: now() });
    return has >= bytes;
  }
  function others(member: Member, act: (other: Member) => void): void {
    for (const other of members) if (other !== member && other.hears()) act(other);
  }

  return {
    join(member) {
      others(member, (other) => other.sendJoined());
      members.add(member);
      // A laptop that only reads has nothing to send, but hears so that it may say what it has.
      member.sendHave(Y.encodeStateVector(doc));
    },
    leave(member) {
      members.delete(member);
      questions.delete(member);
      presences.delete(member);
    },
    isEmpty: () => members.size === 0,
    have(member, stateVector) {
      const waits = questions.has(member);
      questions.set(member, stateVector);
      if (!waits) answerInTime(member);
    },
    take(member, updates) {
      try {
        for (const read of updates) takeOne(member, read);
      } finally {
        forgetPending(doc);
        flushInTime();
      }
    },
    say(member, presence) {
      const waits = presences.has(member);
      presences.set(member, presence);
      if (!waits) presentInTime(member);
    },
    signal(member, sealed) {
      if (!paysFor(member, sealed.length)) return;
      others(member, (other) => {
        if (other.mayWrite) other.sendSignal(sealed);
      });
    },
    close() {
      cancelFlush?.();
      doc.destroy();
      members.clear();
      questions.clear();
      presences.clear();
    },
  };
}
