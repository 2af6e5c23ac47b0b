import type { Choice } from '../../src/core/consensus/poll.ts';
import type { Declared, PhoneRefusal } from '../../src/core/protocol/voting-frames.ts';

/**
 * Something that the voter has said: what of it counts, what is on its way, and why the last of it
 * does not count. What is on its way is kept, and sent again with its number, until it counts.
 */
export interface Said<T> {
  readonly counted: Numbered<T> | null;
  readonly pending: Numbered<T> | null;
  readonly refused: PhoneRefusal | null;
}
export interface Numbered<T> {
  readonly sequence: number;
  readonly value: T;
}

export type AskState = 'sending' | 'kept' | 'taken' | 'done' | PhoneRefusal;
export interface Asked {
  readonly id: string;
  readonly kind: 'question' | 'read-out';
  readonly text: string;
  readonly state: AskState;
}

/** What this phone keeps from one load of the page to the next. */
export interface Kept {
  /** What the plenary laptop gave it; empty before that. */
  voter: string;
  code: string;
  /** The last number given to anything said: one row of numbers for all of it, so that each tells what it was. */
  last: number;
  declared: Said<Declared>;
  /** By the poll's id. */
  answers: Record<string, Said<Choice>>;
  objections: Record<string, Said<string>>;
  hand: Said<boolean>;
  /** Whether a moderator has taken up the hand that is up. */
  handTaken: boolean;
  name: Said<string>;
  asked: readonly Asked[];
}

export const nothingSaid: Said<never> = { counted: null, pending: null, refused: null };

export const emptyKept = (): Kept => ({
  voter: '',
  code: '',
  last: 0,
  declared: nothingSaid,
  answers: {},
  objections: {},
  hand: nothingSaid,
  handTaken: false,
  name: nothingSaid,
  asked: [],
});

/** What the voter has said last, whether it counts already or not. */
export const latest = <T>({ counted, pending }: Said<T>): T | undefined =>
  pending === null ? counted?.value : pending.value;

const KEY = 'caucus-phone-1';

/** Where it is kept. Some browsers throw at the mere name of their storage. */
export interface Shelf {
  read(): Kept;
  write(kept: Kept): void;
  /** False where this voter lasts only as long as the page is open. */
  readonly lasts: () => boolean;
}

/** @param storage throws where the browser keeps nothing, as in some private windows. */
export function createShelf(storage: () => Storage): Shelf {
  let works = true;
  return {
    read() {
      try {
        const text = storage().getItem(KEY);
        return { ...emptyKept(), ...(text === null ? {} : (JSON.parse(text) as Partial<Kept>)) };
      } catch {
        works = false;
        return emptyKept();
      }
    },
    write(kept) {
      try {
        storage().setItem(KEY, JSON.stringify(kept));
        works = true;
      } catch {
        works = false;
      }
    },
    lasts: () => works,
  };
}
