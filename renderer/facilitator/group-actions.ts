import type { StoreApi } from 'zustand/vanilla';
import type { GroupDocument, NoteChange } from '../../src/core/session/group-document.ts';
import type { NoteId, QuestionId, RecommendationId } from '../../src/core/session/ids.ts';
import type { UndoLabel } from '../../src/core/session/undo.ts';
import type { Outcome } from '../../src/core/session/writer.ts';
import type { Composer } from './composer-state.ts';
import { questionInCommon, sourcesOf } from './note-lists.ts';
import { nothingSelected } from './selection.ts';
import type { ScreenState } from './screen-state.ts';

/** How actions tell people what they did. */
export interface Voice {
  /** The document refused. */
  readonly refused: (reason: Extract<Outcome, { readonly ok: false }>['reason']) => void;
  /** Something went that can be brought back. */
  readonly deleted: (what: 'note' | 'recommendation', bringBack: () => void) => void;
  readonly replayed: (way: 'undo' | 'redo', label: UndoLabel | null) => void;
}

/** What keys and buttons of a group's screen do, in one place. */
export interface GroupActions {
  /** Chooses the question for the next note, and shows its notes where one question is shown. */
  readonly chooseQuestion: (id: QuestionId | null) => void;
  readonly changeNote: (id: NoteId, change: NoteChange) => void;
  readonly deleteNote: (id: NoteId) => void;
  readonly restoreNote: (id: NoteId) => void;
  /** Ends changing a note in its place; one without text is deleted. */
  readonly endEditing: () => void;
  /** Makes a recommendation from the given notes, or from the ticked ones, and goes to its text. */
  readonly recommend: (noteIds?: readonly NoteId[]) => void;
  readonly deleteRecommendation: (id: RecommendationId) => void;
  readonly replay: (way: 'undo' | 'redo') => void;
}

export function createGroupActions(
  group: GroupDocument,
  composer: Composer,
  screen: StoreApi<ScreenState>,
  voice: Voice,
): GroupActions {
  const { view, history } = group;
  const tell = (outcome: Outcome<unknown>): boolean => {
    if (!outcome.ok) voice.refused(outcome.reason);
    return outcome.ok;
  };
  function deleteNote(id: NoteId): void {
    if (tell(group.deleteNote(id))) voice.deleted('note', () => tell(group.restoreNote(id)));
  }

  return {
    chooseQuestion(id) {
      composer.mark({ questionId: id });
      if (screen.getState().filter !== null) screen.setState({ filter: id });
    },
    changeNote: (id, change) => void tell(group.changeNote(id, change)),
    deleteNote,
    restoreNote: (id) => void tell(group.restoreNote(id)),
    endEditing() {
      const { editing } = screen.getState();
      if (editing === null) return;
      screen.setState({ editing: null });
      if (view.note(editing)?.text.trim() === '') deleteNote(editing);
    },
    recommend(noteIds = [...screen.getState().selection.ids]) {
      const notes = sourcesOf({ noteIds }, (id) => view.note(id));
      const { filter } = screen.getState();
      const made = group.addRecommendation({
        questionId: questionInCommon(notes) ?? filter,
        text: '',
        noteIds: notes.map(({ id }) => id),
      });
      if (!tell(made) || !made.ok) return;
      screen.setState({
        view: 'drafts',
        fresh: made.value,
        selection: nothingSelected,
        editing: null,
      });
    },
    deleteRecommendation(id) {
      if (tell(group.deleteRecommendation(id))) {
        voice.deleted('recommendation', () => tell(group.restoreRecommendation(id)));
      }
    },
    replay: (way) => voice.replayed(way, history[way]()),
  };
}
