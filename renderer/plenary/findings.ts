import type { GroupDocument } from '../../src/core/session/group-document.ts';
import type { GroupId } from '../../src/core/session/ids.ts';
import type { GroupNotes, Note, Recommendation } from '../../src/core/session/model.ts';

/**
 * Every group's notes as they were when a recommendation anywhere last came, went or moved. The map
 * stays the same while people only write, so that ten laptops typing do not draw the whole board
 * again with every letter; who shows words reads the group's own view.
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
    sameCards(before.recommendations, now.recommendations) &&
    sameCards(before.deletedRecommendations, now.deletedRecommendations) &&
    (before.notes.length === 0) === (now.notes.length === 0) &&
    hasLooseNotes(before.notes) === hasLooseNotes(now.notes));

/** Whether two lists lay out alike: the same recommendations in the same places, whatever they say. */
export const sameCards = (
  before: readonly Recommendation[],
  now: readonly Recommendation[],
): boolean =>
  before === now ||
  (before.length === now.length &&
    before.every((one, index) => {
      const other = now[index];
      return (
        one.id === other?.id && one.questionId === other.questionId && one.noteIds === other.noteIds
      );
    }));

/**
 * The findings with their words, once nothing has changed for `delayMs`: for what compares words,
 * which is too much to do with every letter.
 */
export function createSettledFindings(groups: Groups, delayMs: number): FindingsView {
  const read = (): Findings => new Map([...groups].map(([id, { view }]) => [id, view.snapshot()]));
  let settled = read();
  return {
    snapshot: () => settled,
    subscribe(listener) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const later = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          settled = read();
          listener();
        }, delayMs);
      };
      later();
      const stops = [...groups.values()].map(({ view }) => view.subscribe(later));
      return () => {
        clearTimeout(timer);
        stops.forEach((stop) => stop());
      };
    },
  };
}

const loose = new WeakMap<readonly Note[], boolean>();

/** Whether there are notes that belong to no question. Remembered, as lists of notes are long. */
export function hasLooseNotes(notes: readonly Note[]): boolean {
  const known = loose.get(notes);
  if (known !== undefined) return known;
  const found = notes.some(({ questionId }) => questionId === null);
  loose.set(notes, found);
  return found;
}
