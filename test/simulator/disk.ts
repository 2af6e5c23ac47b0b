import * as Y from 'yjs';
import type { ReceiptRow } from '../../src/browser/storage/database.ts';
import type { DocumentStore } from '../../src/browser/storage/document-store.ts';
import type { KeptImport } from '../../src/browser/storage/import-store.ts';
import type { DocumentId } from '../../src/core/protocol/document-key.ts';
import { type Clocks, clocksOf } from './clocks.ts';
import type { Dice } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Row {
  readonly id: DocumentId;
  readonly row: number;
  readonly update: Uint8Array;
}

/** What of a disk's promises is broken, to see whether anybody notices. */
export interface DiskFaults {
  /** Says that it has written what it will write only later. */
  readonly lies?: boolean;
  /** What made a row of many leaves the last of them out. */
  readonly compactionDropsRow?: boolean;
  /** After it was full it writes nothing of what it is given, once. */
  readonly forgetsAfterFull?: boolean;
}

const LIE_MS = 500;

/** A laptop's disk. It outlives every process; what was acknowledged is on it for good. */
export class Disk {
  readonly receipts = new Map<string, ReceiptRow>();
  imports: KeptImport[] = [];
  full = false;
  private rows: Row[] = [];
  private lastRow = 0;
  private failedSince = false;
  /** What the rows say, so that it need not be read anew at every look. */
  private readonly mirrors = new Map<DocumentId, Y.Doc>();
  /** Writes under way: a kill may come before or after them. */
  private readonly underWay = new Set<() => void>();
  private readonly time: VirtualTime;
  private readonly dice: Dice;
  private readonly faults: DiskFaults;
  /** How long an operation takes, in milliseconds. */
  private readonly slowness: number;

  constructor(time: VirtualTime, dice: Dice, faults: DiskFaults) {
    this.time = time;
    this.dice = dice;
    this.faults = faults;
    this.slowness = dice.spread(2, 40);
  }

  put(id: DocumentId, update: Uint8Array): number {
    this.lastRow += 1;
    this.rows.push({ id, row: this.lastRow, update });
    Y.applyUpdateV2(this.mirror(id), update);
    return this.lastRow;
  }
  mirror(id: DocumentId): Y.Doc {
    const known = this.mirrors.get(id);
    if (known !== undefined) return known;
    const doc = new Y.Doc();
    this.mirrors.set(id, doc);
    return doc;
  }
  clocks(id: DocumentId): Clocks {
    return clocksOf(this.mirror(id));
  }
  /** The machine stops: each write that was under way has just come through, or has not. */
  kill(): void {
    for (const land of this.underWay) if (this.dice.chance(0.5)) land();
    this.underWay.clear();
  }
  /** Something takes as long as this disk does, and fails while it is full. */
  async work<T>(act: () => T, writes = true): Promise<T> {
    const ms = this.dice.between(0.3, 1) * this.slowness;
    if (this.faults.lies === true && writes) return this.lie(act, ms);
    return new Promise((resolve, reject) => {
      const land = (): void => void act();
      if (writes && !this.full) this.underWay.add(land);
      this.time.later(this.time.current(), ms, () => {
        this.underWay.delete(land);
        if (writes && this.full) {
          this.failedSince = true;
          reject(new DOMException('The disk is full', 'QuotaExceededError'));
        } else resolve(act());
      });
    });
  }

  /** Says at once that it has written what it writes only half a second later. */
  private async lie<T>(act: () => T, ms: number): Promise<T> {
    const process = this.time.current();
    this.time.later(process, ms + LIE_MS, act);
    return new Promise((resolve) => {
      // Nobody here looks at what a write returns, which is the number of its row.
      this.time.later(process, ms, () => resolve(0 as T));
    });
  }

  store(): DocumentStore {
    return {
      read: (id, afterRow) =>
        this.work(
          () =>
            this.rows
              .filter((stored) => stored.id === id && stored.row > afterRow)
              .map(({ row, update }) => ({ row, update })),
          false,
        ),
      count: (id) => this.work(() => this.rows.filter((stored) => stored.id === id).length, false),
      append: (id, update) =>
        this.work(() => {
          const forgets = this.faults.forgetsAfterFull === true && this.failedSince;
          this.failedSince = false;
          return forgets ? this.lastRow : this.put(id, update);
        }),
      compact: (id, throughRow, update) =>
        this.work(() => {
          const old = this.rows.filter((stored) => stored.id === id && stored.row <= throughRow);
          this.rows = this.rows.filter((stored) => !old.includes(stored));
          this.mirrors.delete(id);
          for (const row of this.rows) {
            if (row.id === id) Y.applyUpdateV2(this.mirror(id), row.update);
          }
          if (this.faults.compactionDropsRow !== true) return this.put(id, update);
          const kept = old.slice(0, -1).map((stored) => stored.update);
          return this.put(id, Y.mergeUpdatesV2(kept));
        }),
      remove: (id) =>
        this.work(() => {
          this.rows = this.rows.filter((stored) => stored.id !== id);
          this.mirrors.delete(id);
        }),
      watch: () => () => undefined,
    };
  }
}
