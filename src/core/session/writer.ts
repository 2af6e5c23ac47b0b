import * as Y from 'yjs';
import type { Context } from './ids.ts';
import { isNewer, MAX_TEXT_LENGTH } from './schema.ts';
import { editText, wellFormed } from './text.ts';
import { createUndoHistory, type UndoHistory, type UndoLabel } from './undo.ts';

/** Why an operation was refused; nothing was changed. */
export type Refusal =
  /** The document was written by a newer Caucus. */
  | 'read-only'
  | 'not-found'
  | 'empty'
  | 'too-long'
  /** The value is not one that the session knows (a kind, a question, a number out of range). */
  | 'not-allowed';

export type Outcome<T = undefined> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Refusal };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (reason: Refusal): { readonly ok: false; readonly reason: Refusal } => ({
  ok: false,
  reason,
});

export type Entry = Y.Map<unknown>;
export type Scalar = string | number | boolean | null;

export interface FieldChange {
  readonly map: Entry;
  readonly fields: Readonly<Record<string, Scalar>>;
}

/** The one place from which a laptop's own changes go into a document. */
export interface Writer {
  readonly context: Context;
  readonly history: UndoHistory;
  /** The transaction origin of own changes: what storage and undo tell them by. */
  readonly origin: object;
  entry(root: string, id: string): Entry | null;
  /** Refuses in a read-only document, otherwise runs `change` as one transaction. */
  write<T>(change: () => Outcome<T>): Outcome<T>;
  /** Makes an entry with its fields and texts; null fields are left out. */
  create(
    root: string,
    id: string,
    fields: Readonly<Record<string, Scalar>>,
    texts: Readonly<Record<string, string>>,
  ): Entry;
  /** Sets fields of a map and records one undo step that puts back what they were. */
  set(map: Entry, fields: Readonly<Record<string, Scalar>>, label: UndoLabel): void;
  /**
   * Sets fields of several maps in one transaction, as one undo step, or as none where `label` is
   * null. Taking it back also marks as deleted what was `made` with it.
   */
  setAll(changes: readonly FieldChange[], label: UndoLabel | null, made?: readonly Entry[]): void;
  /** Turns `text` into `value` by the smallest edit; undoable in bursts unless said otherwise. */
  edit(text: Y.Text, value: string, options?: { readonly undoable: boolean }): Outcome;
  destroy(): void;
}

export function createWriter(doc: Y.Doc, context: Context): Writer {
  const origin = { name: 'own change' };
  // Texts and fields are tracked in different ways, so fields go in under another origin that
  // storage treats alike but that the text history does not see.
  const fieldOrigin = { name: 'own change of a field' };

  const clock = (): number => Y.getState(doc.store, doc.clientID);

  /**
   * A change that only deletes does not advance this laptop's clock, and a state vector could not
   * tell whether another laptop has it. So such a change leaves a mark that does, in the entry
   * that it was made in, so that it counts as a change of that entry. S3.
   */
  function leaveMark(changed: Entry | Y.Text): void {
    const owner = changed instanceof Y.Map ? changed : changed.parent;
    const entry: Entry =
      owner instanceof Y.Map && owner.parent !== null ? owner : doc.getMap('meta');
    entry.set('touchedAt', context.now());
  }
  function transact(change: () => void, changed: Entry | Y.Text, by: object): void {
    doc.transact((transaction) => {
      const before = clock();
      change();
      if (clock() === before && transaction.deleteSet.clients.size > 0) leaveMark(changed);
    }, by);
  }
  const history = createUndoHistory(doc, origin, leaveMark);

  function setFields(map: Entry, fields: Readonly<Record<string, Scalar>>): void {
    for (const [key, value] of Object.entries(fields)) {
      if (value === null) map.delete(key);
      else map.set(key, value);
    }
  }
  const wellFormedFields = (
    fields: Readonly<Record<string, Scalar>>,
  ): Readonly<Record<string, Scalar>> =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        typeof value === 'string' ? wellFormed(value) : value,
      ]),
    );
  const read = (map: Entry, key: string): Scalar => {
    const value = map.get(key);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;
  };
  const readAs = (
    map: Entry,
    fields: Readonly<Record<string, Scalar>>,
  ): Readonly<Record<string, Scalar>> =>
    Object.fromEntries(Object.keys(fields).map((key) => [key, read(map, key)]));
  /** A flag that was never set is as good as one set to false. */
  const same = (map: Entry, fields: Readonly<Record<string, Scalar>>): boolean =>
    Object.entries(fields).every(([key, value]) => (read(map, key) ?? false) === (value ?? false));

  function setAll(
    changes: readonly FieldChange[],
    label: UndoLabel | null,
    made: readonly Entry[] = [],
  ): void {
    const after = changes.map(({ map, fields }) => ({ map, fields: wellFormedFields(fields) }));
    const before = after.map(({ map, fields }) => ({ map, fields: readAs(map, fields) }));
    const isAs = (all: readonly FieldChange[]): boolean =>
      all.every(({ map, fields }) => same(map, fields));
    const apply = (all: readonly FieldChange[]): void =>
      doc.transact(() => {
        for (const { map, fields } of all) {
          transact(() => setFields(map, fields), map, fieldOrigin);
        }
      }, fieldOrigin);
    if (isAs(after) && made.length === 0) return;
    apply(after);
    if (label === null) return;
    const flag = (deleted: boolean): readonly FieldChange[] =>
      made.map((map) => ({ map, fields: { deleted } }));
    const put = (from: readonly FieldChange[], to: readonly FieldChange[]): boolean => {
      if (!isAs(from)) return false;
      apply(to);
      return true;
    };
    history.record({
      label,
      undo: () => put([...after, ...flag(false)], [...before, ...flag(true)]),
      redo: () => put([...before, ...flag(true)], [...after, ...flag(false)]),
    });
  }

  return {
    context,
    origin,
    history,
    entry(root, id) {
      const entry = doc.getMap(root).get(id);
      return entry instanceof Y.Map ? entry : null;
    },
    write(change) {
      if (isNewer(doc)) return refused('read-only');
      return change();
    },
    create(root, id, fields, texts) {
      const entry: Entry = new Y.Map();
      const present = Object.entries(wellFormedFields(fields)).filter(([, v]) => v !== null);
      doc.transact(() => {
        doc.getMap(root).set(id, entry);
        setFields(entry, Object.fromEntries(present));
        for (const [name, value] of Object.entries(texts)) {
          entry.set(name, new Y.Text(wellFormed(value)));
        }
      }, fieldOrigin);
      return entry;
    },
    set(map, fields, label) {
      setAll([{ map, fields }], label);
    },
    setAll,
    edit(text, value, { undoable } = { undoable: true }) {
      if (value.length > MAX_TEXT_LENGTH) return refused('too-long');
      if (undoable) history.trackText(text);
      transact(() => editText(text, value), text, undoable ? origin : fieldOrigin);
      return done(undefined);
    },
    destroy() {
      history.destroy();
    },
  };
}
