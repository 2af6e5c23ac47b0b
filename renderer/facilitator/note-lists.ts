import type { DeviceId, NoteId, QuestionId } from '../../src/core/session/ids.ts';
import type { GroupNotes, Note, Recommendation } from '../../src/core/session/model.ts';
import type { Laptop } from '../../src/browser/sync/status.ts';

/** The notes of one question; all of them where `questionId` is null. */
export const notesOf = (notes: readonly Note[], questionId: QuestionId | null): readonly Note[] =>
  questionId === null ? notes : notes.filter((note) => note.questionId === questionId);

/** How many notes each question has. */
export function countByQuestion(notes: readonly Note[]): ReadonlyMap<QuestionId | null, number> {
  const counts = new Map<QuestionId | null, number>();
  for (const { questionId } of notes) counts.set(questionId, (counts.get(questionId) ?? 0) + 1);
  return counts;
}

/** The question that all these notes are about; null where they are about several or none. */
export function questionInCommon(notes: readonly Note[]): QuestionId | null {
  const [first] = notes;
  if (first === undefined) return null;
  return notes.every(({ questionId }) => questionId === first.questionId) ? first.questionId : null;
}

export interface UnfinishedNote {
  readonly note: Note;
  /** Nobody is typing in it: it can be kept or thrown away here. */
  readonly left: boolean;
}

/**
 * Notes that are begun and not finished, without the one in this window's composer. One of this
 * laptop that no window holds was left behind; so was one of a laptop that is not typing.
 */
export function unfinishedNotes(
  drafts: GroupNotes['drafts'],
  own: { readonly deviceId: DeviceId; readonly composing: NoteId | null },
  heldHere: ReadonlySet<NoteId>,
  laptops: readonly Laptop[],
): readonly UnfinishedNote[] {
  const typing = new Set(
    laptops.filter((one) => one.writing && one.inContact).map((one) => one.deviceId),
  );
  return drafts
    .filter(({ id }) => id !== own.composing)
    .map((note) => ({
      note,
      left: note.deviceId === own.deviceId ? !heldHere.has(note.id) : !typing.has(note.deviceId),
    }));
}

/** The beginning of a text on one line, cut at a word, at most `length` characters. */
export function excerpt(text: string, length: number): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  const characters = Array.from(line);
  if (characters.length <= length) return line;
  const cut = characters.slice(0, length).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}

/** The notes that a recommendation comes from, in the order in which they were said. */
export function sourcesOf(
  { noteIds }: Pick<Recommendation, 'noteIds'>,
  find: (id: NoteId) => Note | undefined,
): readonly Note[] {
  return noteIds
    .map(find)
    .filter((note) => note !== undefined)
    .toSorted((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
}
