import type { Page } from 'playwright-core';
import * as Y from 'yjs';

/** A row of the plenary laptop's own storage, and when it was there. */
export interface StoredRow {
  readonly row: number;
  readonly documentId: string;
  /** Base64 of a Yjs update, V2. */
  readonly update: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}
declare global {
  var caucusArrivals: StoredRow[];
  /** Where somebody outside of the page wants to be told of every row as it comes. */
  var caucusTellRow: ((row: StoredRow) => unknown) | undefined;
}

/**
 * Watches a laptop's disk from inside its browser: whenever the app says that it has stored
 * something, the new rows are read from IndexedDB. It touches nothing that the app uses, so what
 * is counted is what arrived.
 */
export async function watchArrivals(page: Page): Promise<void> {
  await page.evaluate(async () => {
    globalThis.caucusArrivals = [];
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('caucus');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('No storage to watch')));
    });
    let lastRow = 0;
    let reading = Promise.resolve();
    const readRows = (): Promise<void> =>
      new Promise((resolve, reject) => {
        // Not by Date: there are laptops whose clock is off.
        const at = Math.round(performance.timeOrigin + performance.now());
        const range = IDBKeyRange.lowerBound(lastRow, true);
        const request = database.transaction('updates').objectStore('updates').getAll(range);
        request.addEventListener('error', () => reject(new Error('Storage cannot be read')));
        request.addEventListener('success', () => {
          for (const stored of request.result as {
            row: number;
            documentId: string;
            update: Uint8Array;
          }[]) {
            let binary = '';
            for (const byte of stored.update) binary += String.fromCharCode(byte);
            const { row, documentId } = stored;
            const arrival = { row, documentId, update: btoa(binary), at };
            globalThis.caucusArrivals.push(arrival);
            void globalThis.caucusTellRow?.(arrival);
            lastRow = Math.max(lastRow, row);
          }
          resolve();
        });
      });
    const readNext = (): void => {
      reading = reading.then(readRows);
    };
    const told = new BroadcastChannel('caucus/updates');
    told.addEventListener('message', readNext);
    readNext();
    await reading;
  });
}

export interface ArrivedNote {
  readonly id: string;
  readonly text: string;
  /** When it was finished, by the clock of the laptop that it was typed on. */
  readonly finishedAt: number;
  /** When the plenary laptop had it on disk, by the same machine's clock. */
  readonly arrivedAt: number;
}
export interface Arrivals {
  /** Finished notes, by their text; a rehearsal writes no text twice. */
  readonly byText: ReadonlyMap<string, ArrivedNote>;
  readonly recommendations: number;
  readonly proposals: number;
}

/** Replays the stored rows one by one and says when each note was first whole on disk. */
export async function readArrivals(page: Page): Promise<Arrivals> {
  const rows = await page.evaluate(() => globalThis.caucusArrivals);
  const documents = new Map<string, Y.Doc>();
  const notes = new Map<string, ArrivedNote>();
  for (const { documentId, update, at } of rows) {
    let doc = documents.get(documentId);
    if (doc === undefined) {
      const made = new Y.Doc();
      doc = made;
      documents.set(documentId, made);
    }
    const changed = new Set<string>();
    const root = doc.getMap('notes');
    const collect = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
      for (const event of events) {
        if (event.target === root) for (const key of event.keys.keys()) changed.add(key);
        else if (typeof event.path[0] === 'string') changed.add(event.path[0]);
      }
    };
    root.observeDeep(collect);
    Y.applyUpdateV2(doc, Buffer.from(update, 'base64'));
    root.unobserveDeep(collect);
    for (const id of changed) {
      const entry = root.get(id);
      if (!(entry instanceof Y.Map) || entry.get('finished') !== true) continue;
      const text = String(entry.get('text'));
      const finishedAt = Number(entry.get('createdAt'));
      if (!notes.has(text)) notes.set(text, { id, text, finishedAt, arrivedAt: at });
    }
  }
  const count = (root: string): number =>
    [...documents.values()].reduce(
      (sum, doc) =>
        sum +
        [...doc.getMap(root).values()].filter(
          (entry) => entry instanceof Y.Map && entry.get('deleted') !== true,
        ).length,
      0,
    );
  return {
    byText: notes,
    recommendations: count('recommendations'),
    proposals: count('proposals'),
  };
}

/** The value below which `share` (0 to 1) of the values lie; null where there are none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? null;
}
