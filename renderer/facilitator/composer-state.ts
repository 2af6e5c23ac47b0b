import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GroupDocument, NoteChange } from '../../src/core/session/group-document.ts';
import type { DeviceId, NoteId, QuestionId } from '../../src/core/session/ids.ts';
import type { Note, NoteKind } from '../../src/core/session/model.ts';
import type { Refusal } from '../../src/core/session/writer.ts';
import type { NoteLocks } from './note-locks.ts';

/** What is said of a note beside its text. */
export interface NoteMarks {
  readonly kind: NoteKind;
  readonly questionId: QuestionId | null;
  readonly stakeholderGroupId: string | null;
  readonly regionId: string | null;
  readonly speakerName: string | null;
}

export interface ComposerState extends NoteMarks {
  /** The note that is being typed; null before the first letter. */
  readonly noteId: NoteId | null;
}

/**
 * The place where notes are typed. The text is in the document from the first letter on, so a
 * window that dies takes nothing with it; what the next note is marked with is kept here.
 */
export interface Composer {
  readonly state: StoreApi<ComposerState>;
  /** Writes the whole text; why not where it was refused, and null where it was written. */
  edit(text: string): Refusal | null;
  mark(change: NoteChange): void;
  /** Counts the note as said, and begins anew. Nothing happens while there is no text. */
  finish(): Refusal | null;
  /** Takes up a note that a window on this laptop left behind; the newest, and only that. */
  takeUp(deviceId: DeviceId): Promise<void>;
  /** Begins to follow the document; what it returns lets go of the note, which stays there. */
  open(): () => void;
}

/** Nobody types for so long: others no longer see "writing". Milliseconds. */
const IDLE_MS = 4000;

export function createComposer(
  group: GroupDocument,
  locks: NoteLocks,
  setWriting: (writing: boolean) => void,
): Composer {
  const state = createStore<ComposerState>(() => ({
    noteId: null,
    kind: 'point',
    questionId: null,
    stakeholderGroupId: null,
    regionId: null,
    speakerName: null,
  }));
  let release: (() => void) | null = null;
  let closed = true;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function writing(is: boolean): void {
    clearTimeout(idle);
    setWriting(is);
    if (is) idle = setTimeout(() => setWriting(false), IDLE_MS);
  }
  function letGo(): void {
    release?.();
    release = null;
    // The next note is a plain point again: a forgotten kind would mark it wrongly.
    state.setState({ noteId: null, kind: 'point', speakerName: null });
  }
  /** A note that was finished or deleted elsewhere is not in the composer any more. */
  function follow(): void {
    const { noteId } = state.getState();
    const note = noteId === null ? undefined : group.view.note(noteId);
    if (note !== undefined && (!note.draft || note.deleted)) letGo();
  }

  async function hold(id: NoteId): Promise<boolean> {
    const mine = await locks.hold(id);
    if (mine === null) return false;
    if (closed || state.getState().noteId !== id) mine();
    else release = mine;
    return true;
  }
  const marks = (): NoteMarks => {
    const { kind, questionId, stakeholderGroupId, regionId, speakerName } = state.getState();
    return { kind, questionId, stakeholderGroupId, regionId, speakerName };
  };

  return {
    state,
    edit(text) {
      const { noteId } = state.getState();
      if (noteId === null) {
        if (text === '') return null;
        const begun = group.beginNote({ ...marks(), text });
        if (!begun.ok) return begun.reason;
        state.setState({ noteId: begun.value });
        void hold(begun.value);
      } else {
        const edited = group.editNote(noteId, text);
        if (!edited.ok) return edited.reason;
      }
      writing(text !== '');
      return null;
    },
    mark(change) {
      state.setState(change);
      const { noteId } = state.getState();
      if (noteId !== null) group.changeNote(noteId, change);
    },
    finish() {
      const { noteId } = state.getState();
      if (noteId === null) return null;
      const finished = group.finishNote(noteId);
      if (!finished.ok) return finished.reason === 'empty' ? null : finished.reason;
      // The view has said so already, unless nobody was listening.
      if (state.getState().noteId === noteId) letGo();
      writing(false);
      return null;
    },
    async takeUp(deviceId) {
      const left = group.view.snapshot().drafts.filter((note) => note.deviceId === deviceId);
      for (const note of left.toReversed()) {
        if (closed || state.getState().noteId !== null) return;
        const mine = await locks.hold(note.id);
        if (mine === null) continue;
        const current = group.view.note(note.id);
        if (closed || state.getState().noteId !== null || current?.draft !== true) {
          mine();
          continue;
        }
        release = mine;
        state.setState({ noteId: note.id, ...marksOfNote(current) });
        return;
      }
    },
    open() {
      closed = false;
      const stop = group.view.subscribe(follow);
      return () => {
        closed = true;
        stop();
        clearTimeout(idle);
        setWriting(false);
        release?.();
        release = null;
      };
    },
  };
}

const marksOfNote = (note: Note): NoteMarks => ({
  kind: note.kind,
  questionId: note.questionId,
  stakeholderGroupId: note.stakeholderGroupId,
  regionId: note.regionId,
  speakerName: note.speakerName,
});
