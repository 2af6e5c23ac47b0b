import { faultOf } from '../hub-log.ts';
import type { HubLog } from '../hub-log.ts';
import type { Row, Table } from './rows.ts';
import type { Change, VotingFault } from './voting-file.ts';

/** One thing that somebody wants, while it is carried out. */
export interface Transaction {
  /** Milliseconds since 1970, when it came. */
  readonly at: number;
  /** Changes an entry, on the disk as well where a row is given. */
  set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, table?: Table, row?: Row): void;
  /** A row that many may change in one batch, and that is written once, as it is in the end. */
  writeLast(name: string, table: Table, row: () => Row): void;
  /** How to take back what was changed otherwise. */
  undo(act: () => void): void;
  /** Once everything is on the disk. */
  after(act: () => void): void;
  /** Instead of `after`, where the disk did not take it. */
  otherwise(act: () => void): void;
}

export interface LedgerOptions {
  /** Null once all of it is on the disk, else why nothing is. */
  readonly write: (changes: readonly Change[]) => Promise<VotingFault | null>;
  readonly now: () => number;
  readonly log: HubLog;
  /** Whether the disk took the last batch; called when that changes. */
  readonly onFault: (fault: VotingFault | null) => void;
}

export interface Ledger {
  /**
   * Carries it out with what else has come meanwhile: one transaction, and one flush, for all.
   *
   * @param at when it came, where that was not just now.
   */
  enter(act: (transaction: Transaction) => void, at?: number): void;
  /** Carries it out when nothing else is under way, and nothing else until it is through. */
  alone(act: () => Promise<void>): void;
}

/**
 * Puts everything in one order. While one batch is on its way to the disk, what comes waits for the
 * next: so the busier the room, the more ballots share a flush. Nothing is told to anybody, and nobody
 * looks at what was changed, before the disk has it (C1).
 */
export function createLedger({ write, now, log, onFault }: LedgerOptions): Ledger {
  interface Wish {
    readonly act: (transaction: Transaction) => void;
    readonly at: number;
  }
  type Entry = Wish | { readonly alone: () => Promise<void> };
  let waiting: Entry[] = [];
  let isBusy = false;
  let fault: VotingFault | null = null;

  function contained(act: () => void): void {
    try {
      act();
    } catch (error) {
      log(faultOf(error));
    }
  }
  function enqueue(entry: Entry): void {
    waiting.push(entry);
    if (!isBusy && waiting.length === 1) setImmediate(next);
  }
  function next(): void {
    if (isBusy || waiting.length === 0) return;
    const [first] = waiting;
    if (first !== undefined && 'alone' in first) {
      waiting.shift();
      void go(first.alone);
      return;
    }
    const batch: Wish[] = [];
    for (const entry of waiting) {
      if ('alone' in entry) break;
      batch.push(entry);
    }
    waiting = waiting.slice(batch.length);
    void go(() => carryOut(batch));
  }
  async function go(act: () => Promise<void>): Promise<void> {
    isBusy = true;
    try {
      await act();
    } catch (error) {
      log(faultOf(error));
    }
    isBusy = false;
    next();
  }

  async function carryOut(batch: readonly Wish[]): Promise<void> {
    const changes: Change[] = [];
    const last = new Map<string, () => Change>();
    const undos: (() => void)[] = [];
    const outcomes = batch.map((wish) => {
      const afters: (() => void)[] = [];
      const failures: (() => void)[] = [];
      let writes = false;
      contained(() =>
        wish.act({
          at: wish.at,
          set(map, key, value, table, row) {
            const before = map.get(key);
            undos.push(() => {
              if (before === undefined) map.delete(key);
              else map.set(key, before);
            });
            map.set(key, value);
            if (table === undefined || row === undefined) return;
            changes.push([table, row]);
            writes = true;
          },
          writeLast(name, table, row) {
            last.set(name, () => [table, row()]);
            writes = true;
          },
          undo: (act) => void undos.push(act),
          after: (act) => void afters.push(act),
          otherwise: (act) => void failures.push(act),
        }),
      );
      return { wish, afters, failures, writes };
    });
    for (const change of last.values()) changes.push(change());
    const reason = changes.length === 0 ? null : await write(changes);
    if (reason !== null) for (const undo of undos.toReversed()) contained(undo);
    if (changes.length > 0 && reason !== fault) {
      fault = reason;
      onFault(reason);
    }
    const again: Wish[] = [];
    for (const { wish, afters, failures, writes } of outcomes) {
      // Who only wanted to know something asks again: what was answered may have been taken back.
      if (reason !== null && !writes) again.push(wish);
      else for (const act of reason === null ? afters : failures) contained(act);
    }
    waiting.unshift(...again);
  }

  return {
    enter: (act, at = now()) => enqueue({ act, at }),
    alone: (act) => enqueue({ alone: act }),
  };
}
