import * as Y from 'yjs';
import type { Context } from './ids.ts';
import { type Moment, momentOf, revertText } from './revert-text.ts';
import { allowedRoot, type DocumentKind, isNewer, isTextRoot } from './schema.ts';
import { settledUpdate } from './state-vector.ts';
import { done, type Entry, type Outcome, refused } from './writer.ts';

/** A change of one document, as it can be kept and taken back later. Both are Yjs updates (V1). */
export interface KeptChange {
  /** The whole document just before. */
  readonly before: Uint8Array;
  /** What came in then; it may hold more that was known before. */
  readonly change: Uint8Array;
}

export interface Reverted {
  /** How many things (notes, recommendations, texts …) are as they were before the change. */
  readonly reverted: number;
  /** How many were left alone, because somebody has gone on working on them since. */
  readonly kept: number;
  /** What was done now. Taking this back brings the change in again. */
  readonly undo: KeptChange;
}

/** What a document is, not what somebody did in it. */
const identity = new Set(['schemaVersion', 'kind', 'sessionId', 'groupId', 'createdAt']);
/** The mark of a change that only deletes: see `writer.ts`. */
const MARK = 'touchedAt';
/** To which entries the flat keys "a/b" of a root belong. */
const linkOwners: Readonly<Record<string, string>> = {
  recommendationNotes: 'recommendations',
  proposalSources: 'proposals',
  pollResults: 'polls',
  handCounts: 'polls',
  shownTexts: 'polls',
};

/**
 * Takes back what a change brought, by new changes, because a document cannot forget and other
 * laptops may have the change already: entries that came in get the flag `deleted`, fields and
 * texts are set back. What was typed since is not touched (S2): an entry that came in and has been
 * worked on since stays, a field that has been set since keeps its value, and in a text only the
 * letters that came in go. The group that a change brought stays too: its notes would go out of
 * sight with it.
 *
 * Refused as 'read-only' in a newer Caucus's document, and as 'not-allowed' where the change
 * brought the document itself: nothing would be left of it, on any laptop.
 */
export function revertChange(
  doc: Y.Doc,
  kind: DocumentKind,
  { before, change }: KeptChange,
  context: Pick<Context, 'now'>,
): Outcome<Reverted> {
  if (isNewer(doc)) return refused('read-only');
  const was = momentOf(load(before));
  const then = momentOf(load(before, change));
  if (was.doc.store.clients.size === 0) return refused('not-allowed');

  const reverted = new Set<string>();
  const kept = new Set<string>();
  const start = { stateVector: Y.encodeStateVector(doc), update: settledUpdate(doc) };
  doc.transact(
    () => {
      for (const name of then.doc.share.keys()) {
        if (!allowedRoot(kind, name)) continue;
        if (isTextRoot(name)) revertTextRoot(name);
        else revertMapRoot(name);
      }
    },
    { name: 'file taken back' },
  );
  return done({
    reverted: reverted.size,
    kept: kept.size,
    undo: { before: start.update, change: settledUpdate(doc, start.stateVector) },
  });

  /** Runs a change of one thing; where it only deleted, it leaves the mark that tells of it. S3. */
  function edit(thing: string, owner: Entry, apply: () => boolean): void {
    const clock = Y.getState(doc.store, doc.clientID);
    if (!apply()) return;
    if (Y.getState(doc.store, doc.clientID) === clock) owner.set(MARK, context.now());
    reverted.add(thing);
  }
  function revertTextRoot(name: string): void {
    const texts = [was, then].map((moment) => ({ text: moment.doc.getText(name), moment }));
    revertOneText(name, doc.getMap('meta'), doc.getText(name), texts);
  }
  function revertOneText(
    thing: string,
    owner: Entry,
    text: Y.Text,
    [past, next]: readonly { readonly text: Y.Text; readonly moment: Moment }[],
  ): void {
    if (past === undefined || next === undefined) return;
    edit(thing, owner, () => revertText(text, past, next));
  }
  function revertMapRoot(name: string): void {
    const [past, next, now] = [was.doc, then.doc, doc].map((one) => one.getMap(name));
    if (past === undefined || next === undefined || now === undefined) return;
    for (const key of new Set([...past.keys(), ...next.keys()])) {
      const thing = `${name}/${key}`;
      const [old, came] = [past.get(key), next.get(key)];
      if (came instanceof Y.Map || old instanceof Y.Map) {
        revertEntry(name, key, old, came, now.get(key));
      } else if (!ownerCameIn(name, key) && !(name === 'meta' && identity.has(key))) {
        revertField(thing, now, doc.getMap('meta'), key, [old, came]);
      }
    }
  }
  /** The links of an entry that came in go and stay with it. */
  function ownerCameIn(name: string, key: string): boolean {
    const owners = linkOwners[name];
    return owners !== undefined && !was.doc.getMap(owners).has(key.slice(0, key.indexOf('/')));
  }
  function revertEntry(name: string, id: string, old: unknown, came: unknown, now: unknown): void {
    const thing = `${name}/${id}`;
    if (!(came instanceof Y.Map)) {
      // Nobody of us takes an entry out of its root; where it was done, the entry comes back whole.
      if (!(old instanceof Y.Map) || now !== undefined) return;
      const root = doc.getMap(name);
      edit(thing, root, () => isSet(root, id, old.clone()));
      return;
    }
    if (!(now instanceof Y.Map)) return;
    if (!(old instanceof Y.Map)) {
      if (name === 'groups' || now.get('deleted') === true) return;
      if (!same(content(came), content(now))) kept.add(thing);
      else edit(thing, now, () => isSet(now, 'deleted', true));
      return;
    }
    const workedOn = !same(content(came), content(now));
    for (const field of new Set([...old.keys(), ...came.keys()])) {
      const [past, next, present] = [old.get(field), came.get(field), now.get(field)];
      if (past instanceof Y.Text && next instanceof Y.Text && present instanceof Y.Text) {
        const texts = [
          { text: past, moment: was },
          { text: next, moment: then },
        ];
        revertOneText(thing, now, present, texts);
      } else if (field === 'deleted' && past === true && next !== true && workedOn) {
        // It came back with the change, and somebody has gone on working on it.
        if (present !== true) kept.add(thing);
      } else {
        revertField(thing, now, now, field, [past, next]);
      }
    }
  }
  function revertField(
    thing: string,
    map: Entry,
    owner: Entry,
    key: string,
    [old, came]: readonly [unknown, unknown],
  ): void {
    if (key === MARK || same(old, came) || [old, came].some(isShared)) return;
    const now = map.get(key);
    if (same(now, old)) return;
    if (!same(now, came)) {
      kept.add(thing);
      return;
    }
    edit(thing, owner, () => {
      // A flag that was never set is as good as one set to false, and two laptops may set it.
      if (old !== undefined || typeof came === 'boolean') return isSet(map, key, old ?? false);
      map.delete(key);
      return true;
    });
  }
}

function load(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

function isSet(map: Entry, key: string, value: unknown): true {
  map.set(key, value);
  return true;
}

const isShared = (value: unknown): boolean => value instanceof Y.AbstractType;

/** An entry's fields in one order, without the mark that every deletion moves. */
const content = (entry: Entry): unknown =>
  Object.entries(entry.toJSON())
    .filter(([field]) => field !== MARK)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
