import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AskerStep, createAsker } from '../../core/protocol/ask-to-join.ts';
import {
  type EndReason,
  JOIN_PATH,
  readToAsker,
  writeJoinFrame,
} from '../../core/protocol/ask-to-join-frames.ts';
import { readTicket, type Ticket } from '../../core/protocol/ticket.ts';
import { randomBytes } from './random.ts';

export type AskFault =
  | EndReason
  /** Nobody answers at that address. */
  | 'not-reached'
  /** It answered before, and then the line was lost. */
  | 'lost'
  /** What came is not from whom the words were agreed with. */
  | 'forged'
  /** What came is no ticket that this Caucus can use. */
  | 'bad-ticket';

export type AskState =
  | { readonly state: 'reaching' }
  /** To be compared with those on the plenary laptop's screen. */
  | { readonly state: 'words'; readonly words: readonly string[] }
  | { readonly state: 'admitted'; readonly words: readonly string[]; readonly ticket: Ticket }
  | { readonly state: 'refused' }
  | { readonly state: 'ended'; readonly reason: AskFault };

/** A request to be let into a session, until it is answered or given up. */
export interface Asking {
  readonly state: StoreApi<AskState>;
  /** Gives it up; the plenary laptop no longer shows it. */
  stop(): void;
}

export interface AskOptions {
  /** Where the plenary laptop may be, the likeliest first, e.g. "ws://192.168.4.20:4711". */
  readonly addresses: readonly string[];
  /** Who asks, as the moderator reads it: "Group 2, second laptop". */
  readonly name: string;
}

/** Longer than a crowded network takes; an address that swallows everything says nothing for minutes. */
const REACH_MS = 6_000;

export function askToJoin({ addresses, name }: AskOptions): Asking {
  const state = createStore<AskState>(() => ({ state: 'reaching' }));
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  function finish(last: AskState | null): void {
    if (over) return;
    over = true;
    clearTimeout(timer);
    socket?.close();
    if (last !== null) state.setState(last, true);
  }
  const fail = (reason: AskFault): void => finish({ state: 'ended', reason });

  function follow(step: AskerStep, send: (text: string) => void): void {
    const before = state.getState();
    const words = before.state === 'words' ? before.words : [];
    switch (step.kind) {
      case 'words':
        send(writeJoinFrame(step.send));
        state.setState({ state: 'words', words: step.words }, true);
        break;
      case 'admitted': {
        const read = readTicket(step.ticket, Date.now());
        if (read.ok) finish({ state: 'admitted', words, ticket: read.ticket });
        else fail('bad-ticket');
        break;
      }
      case 'refused':
        finish({ state: 'refused' });
        break;
      case 'ended':
        fail(step.reason);
        break;
    }
  }

  /** One address after the other: the plenary laptop shows one request, not one for each. */
  function tryAt(index: number): void {
    const address = addresses[index];
    if (address === undefined) {
      fail('not-reached');
      return;
    }
    // Another key for each try: what one address has learnt is of no use at the next.
    const asker = createAsker(name, randomBytes);
    let reached = false;
    const opened = new WebSocket(`${address}${JOIN_PATH}`);
    socket = opened;
    const next = (): void => {
      clearTimeout(timer);
      opened.onclose = null;
      opened.onmessage = null;
      opened.close();
      if (!over) tryAt(index + 1);
    };
    timer = setTimeout(next, REACH_MS);
    opened.onopen = () => {
      if (!over) opened.send(writeJoinFrame(asker.first));
    };
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (over) return;
      reached = true;
      clearTimeout(timer);
      const frame = typeof data === 'string' ? readToAsker(data) : null;
      if (frame === null) fail('malformed');
      else follow(asker.receive(frame), (text) => opened.send(text));
    };
    opened.onclose = () => {
      if (over) return;
      if (reached) fail('lost');
      else next();
    };
  }

  tryAt(0);
  return { state, stop: () => finish(null) };
}
