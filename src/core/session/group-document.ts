import * as Y from 'yjs';
import {
  noteKinds,
  type Note,
  type NoteKind,
  type Recommendation,
  SCHEMA_VERSION,
} from './model.ts';
import type { Context, GroupId, NoteId, QuestionId, RecommendationId } from './ids.ts';
import { createGroupView, type GroupView } from './group-view.ts';
import { orderAt, orderAtEnd } from './order.ts';
import { MAX_TEXT_LENGTH, MAX_TITLE_LENGTH, reportBackTextRoot } from './schema.ts';
import { createWriter, done, type Outcome, refused, type Scalar } from './writer.ts';
import type { UndoHistory } from './undo.ts';

export interface NoteInput {
  readonly kind: NoteKind;
  readonly questionId: QuestionId | null;
  readonly text: string;
  readonly stakeholderGroupId?: string | null;
  readonly regionId?: string | null;
  /** Pass only where the plan allows attribution. */
  readonly speakerName?: string | null;
}
export type NoteChange = Partial<Omit<NoteInput, 'text'>>;

export interface RecommendationInput {
  readonly questionId: QuestionId | null;
  readonly text: string;
  readonly rationale?: string;
  readonly noteIds: readonly NoteId[];
}

/**
 * One group's document: its notes, recommendations and report-back. Every function changes the
 * document in one transaction and can be undone by `history`; nothing waits for anything. S1.
 */
export interface GroupDocument {
  readonly view: GroupView;
  readonly history: UndoHistory;
  addNote(input: NoteInput): Outcome<NoteId>;
  /** Begins a note that is kept and flows while it is typed, and counts once `finishNote` says so. */
  beginNote(input: NoteInput): Outcome<NoteId>;
  /** Does nothing to a note that is finished already. */
  finishNote(id: NoteId): Outcome;
  changeNote(id: NoteId, change: NoteChange): Outcome;
  editNote(id: NoteId, text: string): Outcome;
  deleteNote(id: NoteId): Outcome;
  restoreNote(id: NoteId): Outcome;
  addRecommendation(input: RecommendationInput): Outcome<RecommendationId>;
  changeRecommendation(id: RecommendationId, questionId: QuestionId | null): Outcome;
  editRecommendation(id: RecommendationId, field: 'text' | 'rationale', value: string): Outcome;
  /** Joins a note to a recommendation as one of its sources, or takes it away again. M1. */
  setNoteSource(id: RecommendationId, noteId: NoteId, joined: boolean): Outcome;
  /** Puts the recommendation at `index` (0 is first) among those that are not deleted. */
  moveRecommendation(id: RecommendationId, index: number): Outcome;
  deleteRecommendation(id: RecommendationId): Outcome;
  restoreRecommendation(id: RecommendationId): Outcome;
  editReportBack(text: string): Outcome;
  setReady(ready: boolean): Outcome;
  destroy(): void;
}

/** Writes what every group document holds from its first moment. To be called once, by its maker. */
export function initialiseGroupDocument(doc: Y.Doc, groupId: GroupId): void {
  doc.transact(() => {
    const meta = doc.getMap('meta');
    meta.set('kind', 'group');
    meta.set('schemaVersion', SCHEMA_VERSION);
    meta.set('groupId', groupId);
  });
}

export function openGroupDocument(doc: Y.Doc, context: Context): GroupDocument {
  const view = createGroupView(doc);
  const writer = createWriter(doc, context);
  const { history } = writer;

  const noteFields = (input: NoteChange): Record<string, Scalar> => ({
    ...(input.kind !== undefined && { kind: input.kind }),
    ...(input.questionId !== undefined && { questionId: input.questionId }),
    ...(input.stakeholderGroupId !== undefined && { stakeholderGroup: input.stakeholderGroupId }),
    ...(input.regionId !== undefined && { region: input.regionId }),
    ...(input.speakerName !== undefined && { speaker: input.speakerName }),
  });
  const checkNote = (input: NoteChange): 'not-allowed' | 'too-long' | null => {
    if (input.kind !== undefined && !noteKinds.includes(input.kind)) return 'not-allowed';
    if ((input.speakerName?.length ?? 0) > MAX_TITLE_LENGTH) return 'too-long';
    return null;
  };

  /** All notes are one order, drafts too, so that finishing one does not move it. */
  const lastNote = (): Note | undefined => {
    const { notes, drafts } = view.snapshot();
    const last = notes.at(-1);
    const draft = drafts.at(-1);
    return draft !== undefined && (last === undefined || draft.order > last.order) ? draft : last;
  };

  function insertNote(input: NoteInput, finished: boolean): Outcome<NoteId> {
    const fault = checkNote(input);
    if (fault !== null) return refused(fault);
    if (input.text.length > MAX_TEXT_LENGTH) return refused('too-long');
    const id = context.newId() as NoteId;
    const last = lastNote();
    writer.create(
      'notes',
      id,
      {
        ...noteFields(input),
        device: context.deviceId,
        createdAt: context.now(),
        order: orderAtEnd(last === undefined ? [] : [last]),
        ...(finished && { finished: true }),
      },
      { text: input.text },
    );
    if (finished) recordCreation('notes', id, 'note-added');
    return done(id);
  }

  /** Taking back a creation sets the flag that deletion sets: what others wrote into it survives. */
  function recordCreation(
    root: 'notes' | 'recommendations',
    id: string,
    label: 'note-added' | 'recommendation-added',
  ): void {
    const flag = (deleted: boolean) => (): boolean => {
      const entry = writer.entry(root, id);
      if (entry === null || (entry.get('deleted') === true) === deleted) return false;
      doc.transact(() => entry.set('deleted', deleted));
      return true;
    };
    history.record({ label, undo: flag(true), redo: flag(false) });
  }

  function setDeleted(
    root: 'notes' | 'recommendations',
    id: string,
    deleted: boolean,
    label: 'note-deleted' | 'note-restored' | 'recommendation-deleted' | 'recommendation-restored',
  ): Outcome {
    return writer.write(() => {
      const entry = writer.entry(root, id);
      if (entry === null) return refused('not-found');
      writer.set(entry, { deleted }, label);
      return done(undefined);
    });
  }

  function editEntry(root: string, id: string, field: string, value: string): Outcome {
    return writer.write(() => {
      const text = writer.entry(root, id)?.get(field);
      return text instanceof Y.Text ? writer.edit(text, value) : refused('not-found');
    });
  }

  return {
    view,
    history,
    addNote: (input) =>
      writer.write(() => (input.text.trim() === '' ? refused('empty') : insertNote(input, true))),
    beginNote: (input) => writer.write(() => insertNote(input, false)),
    finishNote: (id) =>
      writer.write(() => {
        const entry = writer.entry('notes', id);
        if (entry === null) return refused('not-found');
        if (entry.get('finished') === true) return done(undefined);
        const text = entry.get('text');
        if (!(text instanceof Y.Text) || text.toString().trim() === '') return refused('empty');
        doc.transact(() => {
          entry.set('finished', true);
          // When it was said is when it was finished, not when the first letter was typed.
          entry.set('createdAt', context.now());
        });
        recordCreation('notes', id, 'note-added');
        return done(undefined);
      }),
    changeNote: (id, change) =>
      writer.write(() => {
        const fault = checkNote(change);
        if (fault !== null) return refused(fault);
        const entry = writer.entry('notes', id);
        if (entry === null) return refused('not-found');
        writer.set(entry, noteFields(change), 'note-changed');
        return done(undefined);
      }),
    editNote: (id, value) =>
      writer.write(() => {
        const entry = writer.entry('notes', id);
        const text = entry?.get('text');
        if (!(text instanceof Y.Text)) return refused('not-found');
        // While a note is being typed, taking back letters is the text field's own affair.
        return writer.edit(text, value, { undoable: entry?.get('finished') === true });
      }),
    deleteNote: (id) => setDeleted('notes', id, true, 'note-deleted'),
    restoreNote: (id) => setDeleted('notes', id, false, 'note-restored'),

    addRecommendation: (input) =>
      writer.write(() => {
        if (input.text.length > MAX_TEXT_LENGTH) return refused('too-long');
        if ((input.rationale?.length ?? 0) > MAX_TEXT_LENGTH) return refused('too-long');
        const id = context.newId() as RecommendationId;
        doc.transact(() => {
          writer.create(
            'recommendations',
            id,
            {
              questionId: input.questionId,
              device: context.deviceId,
              createdAt: context.now(),
              order: orderAtEnd(view.snapshot().recommendations),
            },
            { text: input.text, rationale: input.rationale ?? '' },
          );
          const links = doc.getMap('recommendationNotes');
          for (const noteId of input.noteIds) links.set(`${id}/${noteId}`, true);
        });
        recordCreation('recommendations', id, 'recommendation-added');
        return done(id);
      }),
    changeRecommendation: (id, questionId) =>
      writer.write(() => {
        const entry = writer.entry('recommendations', id);
        if (entry === null) return refused('not-found');
        writer.set(entry, { questionId }, 'recommendation-changed');
        return done(undefined);
      }),
    editRecommendation: (id, field, value) => editEntry('recommendations', id, field, value),
    setNoteSource: (id, noteId, joined) =>
      writer.write(() => {
        if (writer.entry('recommendations', id) === null) return refused('not-found');
        if (writer.entry('notes', noteId) === null) return refused('not-found');
        writer.set(
          doc.getMap('recommendationNotes'),
          { [`${id}/${noteId}`]: joined },
          'recommendation-changed',
        );
        return done(undefined);
      }),
    moveRecommendation: (id, index) =>
      writer.write(() => {
        const entry = writer.entry('recommendations', id);
        if (entry === null) return refused('not-found');
        const others: readonly Recommendation[] = view
          .snapshot()
          .recommendations.filter((other) => other.id !== id);
        if (!Number.isInteger(index) || index < 0 || index > others.length) {
          return refused('not-allowed');
        }
        writer.set(entry, { order: orderAt(others, index) }, 'recommendation-changed');
        return done(undefined);
      }),
    deleteRecommendation: (id) => setDeleted('recommendations', id, true, 'recommendation-deleted'),
    restoreRecommendation: (id) =>
      setDeleted('recommendations', id, false, 'recommendation-restored'),

    editReportBack: (text) =>
      writer.write(() => writer.edit(doc.getText(reportBackTextRoot), text)),
    setReady: (ready) =>
      writer.write(() => {
        const fields = { readyAt: ready ? context.now() : null };
        writer.set(doc.getMap('reportBack'), fields, 'report-back-changed');
        return done(undefined);
      }),
    destroy() {
      view.destroy();
      writer.destroy();
    },
  };
}
