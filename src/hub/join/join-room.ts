import {
  type EndReason,
  type FromAsker,
  type FromDesk,
  isOtherVersion,
  readFromAsker,
  readFromDesk,
  type ToAsker,
  type ToDesk,
  writeJoinFrame,
} from '../../core/protocol/ask-to-join-frames.ts';
import type { DropReason } from '../hub-log.ts';
import { addressOf } from '../web/address-of.ts';

/** One socket, as far as asking to join is concerned. */
export interface JoinPort {
  send(text: string): void;
  /** Ends the socket once what was sent is through; null where nobody did anything wrong. */
  end(reason: DropReason | null): void;
}
export interface JoinVisit {
  receive(text: string): void;
  /** The socket is gone. */
  leave(): void;
}

export interface JoinRoomOptions {
  /** A clock that never jumps, in milliseconds. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; returns how to call it off. */
  readonly later: (act: () => void, ms: number) => () => void;
}

/** What is held in memory. */
export interface JoinCounts {
  readonly requests: number;
  readonly desks: number;
  /** Sockets that have not asked yet. */
  readonly silent: number;
  /** From which somebody has asked within the last minute. */
  readonly addresses: number;
}

export interface JoinRoom {
  /** @param address the network address of who asks, as the socket has it. */
  acceptAsker(port: JoinPort, address: string): JoinVisit;
  acceptDesk(port: JoinPort): JoinVisit;
  counts(): JoinCounts;
  stop(): void;
}

const MAX_REQUESTS = 20;
const MAX_PER_ADDRESS = 3;
const WITHIN_MS = 60_000;
const REQUEST_MS = 10 * 60_000;
/** How long a socket may stay without asking. */
const SILENT_MS = 10_000;
/** How many such sockets may be there; the oldest gives way, so that nobody takes all the places. */
const MAX_SILENT = 20;
/** A laptop may have its session open in several windows. */
const MAX_DESKS = 8;
const MAX_ADDRESSES = 1_000;

/** Where one request stands; each step is taken once and in this order. */
type Stage = 'asked' | 'answered' | 'revealed';
interface Request {
  readonly id: number;
  readonly address: string;
  readonly desk: Desk;
  readonly send: (frame: ToAsker) => void;
  /** Ends the socket. */
  readonly hangUp: (reason: DropReason | null) => void;
  readonly callOff: () => void;
  stage: Stage;
}
interface Desk {
  readonly send: (frame: ToDesk) => void;
  readonly hangUp: () => void;
}

/**
 * Stands between laptops that ask to join and the page of the plenary laptop, and passes on what they
 * say: nothing of it tells it a key or a ticket. It keeps a request only while its socket is open and
 * nobody has answered; nothing is left of it afterwards.
 */
export function createJoinRoom({ now, later }: JoinRoomOptions): JoinRoom {
  const requests = new Map<number, Request>();
  /** The last is the one that is asked: the window that was opened last. */
  const desks: Desk[] = [];
  /** When somebody asked from there, oldest first. */
  const recent = new Map<string, readonly number[]>();
  /** Sockets that have not asked yet, in the order in which they came; how to let each go. */
  const silent = new Set<() => void>();
  let lastId = 0;
  let callOffSweep: (() => void) | null = null;

  function sweep(): void {
    for (const [address, times] of recent) {
      const still = times.filter((at) => at + WITHIN_MS > now());
      if (still.length === 0) recent.delete(address);
      else recent.set(address, still);
    }
    callOffSweep?.();
    callOffSweep = recent.size === 0 ? null : later(sweep, WITHIN_MS);
  }
  /** Whether this address may ask once more; counts it then. */
  function mayAsk(address: string): boolean {
    sweep();
    const times = recent.get(address) ?? [];
    if (times.length >= MAX_PER_ADDRESS) return false;
    recent.delete(address);
    recent.set(address, [...times, now()]);
    const [oldest] = recent.keys();
    if (recent.size > MAX_ADDRESSES && oldest !== undefined) recent.delete(oldest);
    callOffSweep ??= later(sweep, WITHIN_MS);
    return true;
  }

  /** The oldest of the address that has the most: who floods crowds out itself. */
  function crowdOut(): void {
    const all = [...requests.values()];
    const countOf = (address: string): number =>
      all.filter((one) => one.address === address).length;
    const most = Math.max(...all.map(({ address }) => countOf(address)));
    const oldest = all.find(({ address }) => countOf(address) === most);
    if (oldest !== undefined) end(oldest, 'crowded-out');
  }

  /** Forgets it; whoever is to hear of it is told by the caller. */
  function forget(request: Request): boolean {
    request.callOff();
    return requests.delete(request.id);
  }
  function end(request: Request, reason: EndReason, blame: DropReason | null = null): void {
    if (!forget(request)) return;
    request.desk.send({ type: 'gone', request: request.id });
    request.send({ type: 'ended', reason });
    request.hangUp(blame);
  }

  function acceptAsker(port: JoinPort, from: string): JoinVisit {
    const address = addressOf(from);
    const send = (frame: ToAsker): void => port.send(writeJoinFrame(frame));
    let request: Request | null = null;
    let over = false;
    const letGo = (): void => hangUp('idle');
    const callOffTimer = later(letGo, SILENT_MS);
    function callOffSilence(): void {
      callOffTimer();
      silent.delete(letGo);
    }

    function hangUp(reason: DropReason | null): void {
      over = true;
      callOffSilence();
      port.end(reason);
    }
    /** Of somebody who has no request. */
    function sendAway(reason: EndReason, blame: DropReason | null): void {
      send({ type: 'ended', reason });
      hangUp(blame);
    }
    function ask({ name, commitment }: FromAsker & { type: 'ask' }): void {
      callOffSilence();
      const desk = desks.at(-1);
      if (desk === undefined) {
        sendAway('nobody-there', null);
        return;
      }
      if (!mayAsk(address)) {
        sendAway('too-many', null);
        return;
      }
      if (requests.size >= MAX_REQUESTS) crowdOut();
      lastId += 1;
      const made: Request = {
        id: lastId,
        address,
        desk,
        send,
        hangUp,
        callOff: later(() => end(made, 'too-long'), REQUEST_MS),
        stage: 'asked',
      };
      request = made;
      requests.set(made.id, made);
      desk.send({ type: 'asked', request: made.id, name, commitment });
    }
    function malformed(): void {
      if (request === null) sendAway('malformed', 'malformed-frame');
      else end(request, 'malformed', 'malformed-frame');
    }

    const [longest] = silent;
    if (silent.size >= MAX_SILENT) longest?.();
    silent.add(letGo);
    return {
      receive(text) {
        if (over) return;
        const frame = readFromAsker(text);
        if (request === null && isOtherVersion(text)) sendAway('other-version', null);
        else if (frame?.type === 'ask' && request === null) ask(frame);
        else if (frame?.type === 'reveal' && request?.stage === 'answered') {
          request.stage = 'revealed';
          const { key, nonce } = frame;
          request.desk.send({ type: 'revealed', request: request.id, key, nonce });
        } else malformed();
      },
      leave() {
        over = true;
        callOffSilence();
        if (request !== null && forget(request)) {
          request.desk.send({ type: 'gone', request: request.id });
        }
      },
    };
  }

  /** What the page says to one request; a request that is gone by now is no fault of the page. */
  function passOn(desk: Desk, frame: FromDesk): boolean {
    const request = requests.get(frame.request);
    if (request === undefined) return true;
    if (request.desk !== desk) return false;
    if (frame.type === 'answer') {
      if (request.stage !== 'asked') return false;
      request.stage = 'answered';
      request.send({ type: 'answer', key: frame.key, words: frame.words });
      return true;
    }
    if (frame.type === 'admit' && request.stage !== 'revealed') return false;
    forget(request);
    request.send(
      frame.type === 'admit' ? { type: 'admit', sealed: frame.sealed } : { type: 'refuse' },
    );
    request.hangUp(null);
    return true;
  }

  function acceptDesk(port: JoinPort): JoinVisit {
    const desk: Desk = {
      send: (frame) => port.send(writeJoinFrame(frame)),
      hangUp: () => port.end(null),
    };
    let over = false;
    desks.push(desk);
    function leave(): void {
      if (over) return;
      over = true;
      desks.splice(desks.indexOf(desk), 1);
      for (const request of requests.values()) {
        if (request.desk === desk) end(request, 'closed');
      }
    }
    if (desks.length > MAX_DESKS) desks[0]?.hangUp();
    return {
      receive(text) {
        if (over) return;
        const frame = readFromDesk(text);
        if (frame !== null && passOn(desk, frame)) return;
        leave();
        port.end('malformed-frame');
      },
      leave,
    };
  }

  return {
    acceptAsker,
    acceptDesk,
    counts: () => ({
      requests: requests.size,
      desks: desks.length,
      silent: silent.size,
      addresses: recent.size,
    }),
    stop() {
      for (const request of requests.values()) end(request, 'closed');
      callOffSweep?.();
      recent.clear();
    },
  };
}
