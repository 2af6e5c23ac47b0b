import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { ToPhone } from '../../core/protocol/voting-frames.ts';
import type { DropReason } from '../hub-log.ts';
import type { Allowance } from '../web/allowance.ts';
import { textFrame } from './text-frame.ts';

/** One phone's connection. Thousands of them are held, so they are plain objects without closures. */
export interface Phone {
  readonly socket: WebSocket;
  readonly raw: Socket;
  readonly address: string;
  /** Whom it showed to be, or was made; empty before that. */
  voter: string;
  /** As whom it speaks, from its greeting on; empty before. Changed in a transaction only. */
  speaksAs: string;
  /** Whether it was welcomed and hears what all hear. */
  isIn: boolean;
  /** What it said of itself while there was no room to be let into; null where it need not wait. */
  waitsWith: { readonly voter: string; readonly code: string } | null;
  /** What it may still say, and when that was; see `Allowance`. */
  left: number;
  leftAt: number;
  /** How often it was told that it says too much, or what nobody understands. */
  strikes: number;
  isThere: boolean;
  /** In which part of each round it is asked whether it is there; given by `add`. */
  part: number;
  /** Which of the common texts it has heard, by number. */
  heardRoom: number;
  heardPoll: number;
}

export interface Phones {
  add(phone: Phone): void;
  delete(phone: Phone): void;
  /** How many have been welcomed. */
  count(): number;
  all(): Iterable<Phone>;
  ofVoter(voter: string): Iterable<Phone>;
  /** It is this voter's from now on; who has too many connections loses the oldest. */
  letIn(phone: Phone, voter: string): void;
  /** Before a new session: nobody is in any more. */
  putOut(): void;
  send(phone: Phone, frame: ToPhone | Buffer): void;
  /** To all who are in; who has not got the former one yet hears the latest only. */
  tellRoom(text: string): void;
  tellPoll(text: string): void;
  /** Runs on each of these, a few at a time, so that others have their turn in between. */
  each(phones: Iterable<Phone>, act: (phone: Phone) => void): void;
  /** False where this phone has said too much. */
  may(phone: Phone, amount: number): boolean;
  stop(): void;
}

export interface PhonesOptions {
  /** A clock that never jumps, in milliseconds. */
  readonly now: () => number;
  readonly drop: (phone: Phone, reason: DropReason) => void;
  /** How long a round takes in which every phone is asked whether it is there. */
  readonly pingEveryMs: number;
}

/** A person taps, changes the mind, comes back: what is beyond is a program. */
const MESSAGES: Allowance = { burst: 40, perSecond: 4 };
/** Several tabs, and those that have just been cut and do not know it yet. */
const MAX_OF_ONE_VOTER = 4;
/** How long one turn of writing may take, in milliseconds: far less than anybody notices. */
const SLICE_MS = 3;
/** All asked at once, thousands would answer at once, in the middle of a vote; so it is some each second. */
const PARTS = 30;
/** Between two looks at the clock. */
const FEW = 32;
/** A handful of frames; who reads none of them is gone or means no good. */
const MAX_UNREAD_BYTES = 256 * 1024;

export function createPhones({ now, drop, pingEveryMs }: PhonesOptions): Phones {
  const phones = new Set<Phone>();
  const byVoter = new Map<string, Phone[]>();
  const room = { text: textFrame(''), number: 0 };
  const poll = { text: textFrame(''), number: 0 };
  let inside = 0;
  let isTelling = false;
  let nextPart = 0;
  let askedPart = 0;
  const timer = setInterval(askSome, pingEveryMs / PARTS);
  timer.unref();

  function askSome(): void {
    askedPart = (askedPart + 1) % PARTS;
    each(
      [...phones].filter(({ part }) => part === askedPart),
      ask,
    );
  }
  function ask(phone: Phone): void {
    if (!phone.isThere) {
      drop(phone, 'gone');
      return;
    }
    phone.isThere = false;
    if (phone.socket.readyState === phone.socket.OPEN) phone.socket.ping();
  }

  function write(phone: Phone, bytes: Buffer): void {
    const { socket, raw } = phone;
    if (socket.readyState !== socket.OPEN) return;
    if (raw.writableLength > MAX_UNREAD_BYTES) drop(phone, 'too-slow');
    else raw.write(bytes);
  }

  function each(some: Iterable<Phone>, act: (phone: Phone) => void): void {
    const list = [...some];
    let at = 0;
    function slice(): void {
      const end = now() + SLICE_MS;
      while (at < list.length) {
        const stop = Math.min(list.length, at + FEW);
        for (; at < stop; at += 1) {
          const phone = list[at];
          if (phone !== undefined) act(phone);
        }
        if (now() >= end && at < list.length) {
          setImmediate(slice);
          return;
        }
      }
    }
    slice();
  }

  /** Writes the common texts to who has not heard the latest, a slice after the other. */
  function tell(): void {
    if (isTelling) return;
    isTelling = true;
    const list = [...phones];
    let at = 0;
    const [roomNumber, pollNumber] = [room.number, poll.number];
    function slice(): void {
      const end = now() + SLICE_MS;
      for (; at < list.length; at += 1) {
        if (at % FEW === 0 && now() >= end) {
          setImmediate(slice);
          return;
        }
        const phone = list[at];
        if (phone?.isIn !== true) continue;
        if (phone.heardRoom !== room.number) {
          phone.heardRoom = room.number;
          write(phone, room.text);
        }
        if (phone.heardPoll !== poll.number) {
          phone.heardPoll = poll.number;
          write(phone, poll.text);
        }
      }
      isTelling = false;
      if (roomNumber !== room.number || pollNumber !== poll.number) tell();
    }
    slice();
  }

  function forget(phone: Phone): void {
    const theirs = byVoter.get(phone.voter);
    if (theirs === undefined) return;
    const rest = theirs.filter((other) => other !== phone);
    if (rest.length === 0) byVoter.delete(phone.voter);
    else byVoter.set(phone.voter, rest);
  }
  function putOut(phone: Phone): void {
    phone.speaksAs = '';
    if (!phone.isIn) return;
    phone.isIn = false;
    inside -= 1;
  }

  return {
    add(phone) {
      nextPart = (nextPart + 1) % PARTS;
      phone.part = nextPart;
      phones.add(phone);
    },
    delete(phone) {
      if (!phones.delete(phone)) return;
      putOut(phone);
      forget(phone);
    },
    count: () => inside,
    all: () => phones,
    ofVoter: (voter) => byVoter.get(voter) ?? [],
    letIn(phone, voter) {
      if (!phones.has(phone)) return;
      if (phone.voter !== voter) forget(phone);
      phone.voter = voter;
      const theirs = (byVoter.get(voter) ?? []).filter((other) => other !== phone);
      byVoter.set(voter, [...theirs, phone]);
      if (!phone.isIn) inside += 1;
      phone.isIn = true;
      // What is in the welcome need not be said again.
      phone.heardRoom = room.number;
      phone.heardPoll = poll.number;
      const [oldest] = theirs;
      if (theirs.length >= MAX_OF_ONE_VOTER && oldest !== undefined) drop(oldest, 'too-much');
    },
    putOut: () => phones.forEach(putOut),
    send: (phone, frame) =>
      write(phone, frame instanceof Buffer ? frame : textFrame(JSON.stringify(frame))),
    tellRoom(text) {
      room.text = textFrame(text);
      room.number += 1;
      tell();
    },
    tellPoll(text) {
      poll.text = textFrame(text);
      poll.number += 1;
      tell();
    },
    each,
    may(phone, amount) {
      const time = now();
      const more = ((time - phone.leftAt) / 1_000) * MESSAGES.perSecond;
      phone.left = Math.min(MESSAGES.burst, phone.left + more);
      phone.leftAt = time;
      if (phone.left < amount) return false;
      phone.left -= amount;
      return true;
    },
    stop: () => clearInterval(timer),
  };
}
