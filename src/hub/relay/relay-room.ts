import * as Y from 'yjs';
import type { DocumentId } from '../../core/protocol/document-key.ts';
import { cutUpdate, PIECE_BYTES } from '../../core/protocol/cut-update.ts';
import { fits, isNews } from '../../core/protocol/read-update.ts';
import { type MessageUpdate, writeMessage } from '../../core/protocol/relay-message.ts';
import { createHistory } from './history.ts';

/** One laptop in a room. */
export interface Member {
  /** False for a laptop whose ticket only lets it read. A2. */
  readonly mayWrite: boolean;
  /** Sends updates, in parts. */
  sendMessage(message: Uint8Array): void;
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
  /** Throws where Yjs does; nothing of the document is passed on then. */
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
const WAIT_PER_MEMBER_MS = 0.25;
/** How often a laptop that sends what cannot be placed is asked for what is missing. Milliseconds. */
const ASK_MS = 1_000;

export function createRoom({ later, now }: RoomOptions): Room {
  const doc = new Y.Doc();
  const history = createHistory(doc);
  const members = new Set<Member>();
  const askedAt = new WeakMap<Member, number>();
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
    for (const member of members) if (!alone || !writers.has(member)) member.sendMessage(message);
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
  function others(member: Member, act: (other: Member) => void): void {
    for (const other of members) if (other !== member) act(other);
  }

  return {
    join(member) {
      others(member, (other) => other.sendJoined());
      members.add(member);
      // A laptop that only reads has nothing to send, but hears so that it may say what it has.
      member.sendHave(Y.encodeStateVector(doc));
    },
    leave: (member) => void members.delete(member),
    isEmpty: () => members.size === 0,
    have(member, stateVector) {
      // What waits to go out is in the document already; it need not be sent twice.
      if (outbox.length > 0) flush();
      const theirs = Y.decodeStateVector(stateVector);
      const ours = Y.decodeStateVector(Y.encodeStateVector(doc));
      const lacks = (here: Map<number, number>, there: Map<number, number>): boolean =>
        [...there].some(([client, clock]) => (here.get(client) ?? 0) < clock);
      if (lacks(theirs, ours)) {
        const pieces =
          theirs.size === 0
            ? history.whole()
            : cutUpdate(Y.encodeStateAsUpdate(doc, stateVector), PIECE_BYTES);
        for (const row of gathered(pieces)) member.sendMessage(writeMessage(row));
      }
      if (member.mayWrite && lacks(ours, theirs)) ask(member);
    },
    take(member, updates) {
      for (const read of updates) {
        if (!fits(read, clockOf)) {
          ask(member);
          continue;
        }
        // It goes on as it came: to have Yjs write it anew would take longer than all the rest.
        if (!isNews(read, clockOf)) continue;
        Y.applyUpdate(doc, read.update);
        history.add(read.update);
        outbox.push(read.update);
        writers.add(member);
      }
      flushInTime();
    },
    say: (member, presence) => others(member, (other) => other.sendPresence(presence)),
    signal(member, sealed) {
      others(member, (other) => {
        if (other.mayWrite) other.sendSignal(sealed);
      });
    },
    close() {
      cancelFlush?.();
      doc.destroy();
      members.clear();
    },
  };
}

/** Rows of updates that are about a piece long together. */
function* gathered(updates: readonly Uint8Array[]): Generator<readonly Uint8Array[]> {
  let row: Uint8Array[] = [];
  let bytes = 0;
  for (const update of updates) {
    if (row.length > 0 && bytes + update.length > PIECE_BYTES) {
      yield row;
      row = [];
      bytes = 0;
    }
    row.push(update);
    bytes += update.length;
  }
  if (row.length > 0) yield row;
}
