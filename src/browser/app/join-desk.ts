import { createStore, type StoreApi } from 'zustand/vanilla';
import { createDeskRequest, type DeskRequest } from '../../core/protocol/ask-to-join.ts';
import {
  type FromDesk,
  JOIN_DESK_PATH,
  readToDesk,
  type ToDesk,
  writeJoinFrame,
} from '../../core/protocol/ask-to-join-frames.ts';
import type { WordLanguage } from '../../core/protocol/four-words.ts';
import { randomBytes } from './random.ts';

/** A laptop that asks to be let in. */
export interface JoinRequest {
  /** For as long as it is open. */
  readonly id: number;
  /** Who it says to be, fit to be shown; empty where it says nothing. Anyone can say anything. */
  readonly name: string;
  /** To be compared with those on its screen. */
  readonly words: readonly string[];
  /** When it asked, by this laptop's clock; milliseconds since 1970. */
  readonly at: number;
}

/** Where the plenary laptop hears of laptops that ask to join. */
export interface JoinDesk {
  /** The open ones, oldest first. */
  readonly requests: StoreApi<readonly JoinRequest[]>;
  /** Sends the ticket's text, sealed for this laptop; false where it is not there any more. */
  admit(id: number, ticket: string): boolean;
  refuse(id: number): void;
  /** All that are open end. */
  close(): void;
}

export interface DeskOptions {
  /** This laptop's own hub, e.g. "ws://localhost:4710". */
  readonly address: string;
  readonly words: WordLanguage;
  readonly now: () => number;
}

interface Open {
  readonly request: DeskRequest;
  readonly at: number;
}

/** The hub is on this laptop: where it is gone, it is being started anew. */
const AGAIN_MS = 1_000;

/** Takes requests for as long as it is open, across restarts of the hub. */
export function openJoinDesk({ address, words, now }: DeskOptions): JoinDesk {
  const requests = createStore<readonly JoinRequest[]>(() => []);
  /** Those that are not to be seen yet, because they have not shown their words, too. */
  const open = new Map<number, Open>();
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const send = (frame: FromDesk): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(writeJoinFrame(frame));
  };
  function forget(id: number): void {
    open.delete(id);
    const left = requests.getState().filter((one) => one.id !== id);
    if (left.length !== requests.getState().length) requests.setState(left, true);
  }
  function refuse(id: number): void {
    if (open.has(id)) send({ type: 'refuse', request: id });
    forget(id);
  }

  function take(frame: ToDesk): void {
    const id = frame.request;
    switch (frame.type) {
      case 'asked': {
        const request = createDeskRequest(frame, words, randomBytes);
        open.set(id, { request, at: now() });
        send(request.first);
        break;
      }
      case 'revealed': {
        const known = open.get(id);
        const shown = known?.request.reveal(frame) ?? null;
        if (known === undefined || shown === null) refuse(id);
        else {
          const { at } = known;
          const { name } = known.request;
          requests.setState([...requests.getState(), { id, name, words: shown, at }], true);
        }
        break;
      }
      case 'gone':
        forget(id);
        break;
    }
  }
  function connect(): void {
    const opened = new WebSocket(`${address}${JOIN_DESK_PATH}`);
    socket = opened;
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      const frame = typeof data === 'string' ? readToDesk(data) : null;
      if (frame !== null) take(frame);
    };
    opened.onclose = () => {
      open.clear();
      requests.setState([], true);
      if (!closed) timer = setTimeout(connect, AGAIN_MS);
    };
  }

  connect();
  return {
    requests,
    admit(id, ticket) {
      const frame = open.get(id)?.request.admit(ticket) ?? null;
      if (frame === null || socket?.readyState !== WebSocket.OPEN) return false;
      send(frame);
      forget(id);
      return true;
    },
    refuse,
    close() {
      closed = true;
      clearTimeout(timer);
      open.clear();
      requests.setState([], true);
      socket?.close();
    },
  };
}
