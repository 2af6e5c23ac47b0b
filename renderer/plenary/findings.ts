import type { GroupDocument } from '../../src/core/session/group-document.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import type { GroupNotes, Note } from '../../src/core/session/model.ts';

/**
 * Every group's notes as they were when a recommendation anywhere last changed. The map stays the
 * same while people only write notes, so that ten laptops typing do not draw the whole board again;
 * who shows notes reads the group's own view.
 */
export type Findings = ReadonlyMap<GroupId, GroupNotes>;

export interface FindingsView {
  snapshot(): Findings;
  subscribe(listener: () => void): () => void;
}

type Groups = ReadonlyMap<
  GroupId,
  { readonly view: Pick<GroupDocument['view'], 'snapshot' | 'subscribe'> }
>;

export function createFindings(groups: Groups): FindingsView {
  const read = (): Findings => new Map([...groups].map(([id, { view }]) => [id, view.snapshot()]));
  let current = read();
  return {
    snapshot() {
      for (const [id, { view }] of groups) {
        if (!sameFindings(current.get(id), view.snapshot())) {
          current = read();
          break;
        }
      }
      return current;
    },
    subscribe(listener) {
      const stops = [...groups.values()].map(({ view }) => view.subscribe(listener));
      return () => stops.forEach((stop) => stop());
    },
  };
}

const sameFindings = (before: GroupNotes | undefined, now: GroupNotes): boolean =>
  before === now ||
  (before !== undefined &&
    before.recommendations === now.recommendations &&
    before.deletedRecommendations === now.deletedRecommendations &&
    (before.notes.length === 0) === (now.notes.length === 0) &&
    hasLooseNotes(before.notes) === hasLooseNotes(now.notes));

const loose = new WeakMap<readonly Note[], boolean>();

/** Whether there are notes that belong to no question. Remembered, as lists of notes are long. */
export function hasLooseNotes(notes: readonly Note[]): boolean {
  const known = loose.get(notes);
  if (known !== undefined) return known;
  const found = notes.some(({ questionId }) => questionId === null);
  loose.set(notes, found);
  return found;
}
