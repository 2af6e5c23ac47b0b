import * as Y from 'yjs';
import type { StoredRow } from '../rehearse/arrivals.ts';

/** How much of each writer's changes there is: a Yjs state vector. */
export type Vector = ReadonlyMap<number, number>;

/** Whether `has` holds everything that `wanted` holds. */
export function covers(has: Vector, wanted: Vector): boolean {
  for (const [client, clock] of wanted) if ((has.get(client) ?? 0) < clock) return false;
  return true;
}

/** What one laptop's disk held of one document from this moment on. */
interface Held {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
  readonly vector: Vector;
}

/** What was on a laptop's disk, moment by moment, from the rows that came to be there. */
export interface Disk {
  /** A row that is on the disk; one that was told before changes nothing. */
  tell(row: StoredRow): void;
  documents(): readonly string[];
  /** The group documents: those that have notes in them. */
  groupDocuments(): readonly string[];
  /** What was there of a document at this moment. */
  vectorAt(documentId: string, at: number): Vector;
  vectorNow(documentId: string): Vector;
  /** When it first held all of that, at `since` or later; null where it does not. */
  coveredAt(documentId: string, wanted: Vector, since: number): number | null;
  /** The texts of all notes that have been finished, of all documents. */
  finishedTexts(): ReadonlySet<string>;
  /** The texts of all notes, also of those that are being written. */
  texts(): readonly string[];
}

const nothing: Vector = new Map();

export function createDisk(): Disk {
  const docs = new Map<string, { readonly doc: Y.Doc; readonly held: Held[] }>();
  const seen = new Set<number>();
  const notes = (): Y.Map<unknown>[] =>
    [...docs.values()].flatMap(({ doc }) =>
      [...doc.getMap('notes').values()].filter((entry) => entry instanceof Y.Map),
    );
  /** The newest moment at or before `at`. */
  function heldAt(held: readonly Held[], at: number): Held | undefined {
    return held.findLast((state) => state.at <= at);
  }

  return {
    tell({ row, documentId, update, at }) {
      if (seen.has(row)) return;
      seen.add(row);
      const known = docs.get(documentId) ?? { doc: new Y.Doc(), held: [] };
      docs.set(documentId, known);
      Y.applyUpdateV2(known.doc, Buffer.from(update, 'base64'));
      known.held.push({ at, vector: Y.decodeStateVector(Y.encodeStateVector(known.doc)) });
    },
    documents: () => [...docs.keys()],
    groupDocuments: () =>
      [...docs].flatMap(([id, { doc }]) => (doc.getMap('notes').size > 0 ? [id] : [])),
    vectorAt: (id, at) => heldAt(docs.get(id)?.held ?? [], at)?.vector ?? nothing,
    vectorNow: (id) => docs.get(id)?.held.at(-1)?.vector ?? nothing,
    coveredAt(id, wanted, since) {
      const held = docs.get(id)?.held ?? [];
      const first = held.find(({ vector }) => covers(vector, wanted));
      if (first === undefined) return wanted.size === 0 ? since : null;
      return Math.max(first.at, since);
    },
    finishedTexts: () =>
      new Set(
        notes()
          .filter((note) => note.get('finished') === true && note.get('deleted') !== true)
          .map((note) => String(note.get('text'))),
      ),
    texts: () => notes().map((note) => String(note.get('text'))),
  };
}
