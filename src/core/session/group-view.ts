import type * as Y from 'yjs';
import { booleanField, idField, numberField, oneOf, stringField, textField } from './fields.ts';
import type { DeviceId, GroupId, NoteId, QuestionId, RecommendationId } from './ids.ts';
import { type GroupNotes, type Note, noteKinds, type Recommendation } from './model.ts';
import { linkedIds } from './links.ts';
import { isNewer, reportBackTextRoot, schemaVersionOf } from './schema.ts';
import { createTable, touchedIds } from './table.ts';
import { createView, type View } from './view.ts';
import type { Entry } from './writer.ts';

export interface GroupView extends View<GroupNotes> {
  /** Any note, deleted ones and drafts too. */
  note(id: NoteId): Note | undefined;
  recommendation(id: RecommendationId): Recommendation | undefined;
}

const readNote = (id: string, entry: Entry): Note => ({
  id: id as NoteId,
  kind: oneOf(noteKinds, entry.get('kind'), 'point'),
  questionId: idField<QuestionId>(entry, 'questionId'),
  text: textField(entry, 'text'),
  stakeholderGroupId: idField(entry, 'stakeholderGroup'),
  regionId: idField(entry, 'region'),
  speakerName: idField(entry, 'speaker'),
  deviceId: stringField(entry, 'device') as DeviceId,
  createdAt: numberField(entry, 'createdAt'),
  order: stringField(entry, 'order'),
  draft: !booleanField(entry, 'finished'),
  deleted: booleanField(entry, 'deleted'),
});

/** A draft in which nothing stands yet is on no list: it is a place to type, not something typed. */
function noteList(note: Note): 'notes' | 'drafts' | 'deleted' | null {
  if (note.draft && note.text.trim() === '') return null;
  if (note.deleted) return 'deleted';
  return note.draft ? 'drafts' : 'notes';
}

export function createGroupView(doc: Y.Doc): GroupView {
  const meta = doc.getMap('meta');
  const noteRoot = doc.getMap('notes');
  const recommendationRoot = doc.getMap('recommendations');
  const links = doc.getMap('recommendationNotes');
  const reportBack = doc.getMap('reportBack');
  const reportBackText = doc.getText(reportBackTextRoot);

  const sources = linkedIds(links);
  const readRecommendation = (id: string, entry: Entry): Recommendation => ({
    id: id as RecommendationId,
    questionId: idField<QuestionId>(entry, 'questionId'),
    text: textField(entry, 'text'),
    rationale: textField(entry, 'rationale'),
    noteIds: sources.of(id) as readonly NoteId[],
    deviceId: stringField(entry, 'device') as DeviceId,
    createdAt: numberField(entry, 'createdAt'),
    order: stringField(entry, 'order'),
    deleted: booleanField(entry, 'deleted'),
  });

  const notes = createTable(noteRoot, ['notes', 'drafts', 'deleted'], readNote, noteList);
  const recommendations = createTable(
    recommendationRoot,
    ['live', 'deleted'],
    readRecommendation,
    (recommendation) => (recommendation.deleted ? 'deleted' : 'live'),
  );

  const readReportBack = (): GroupNotes['reportBack'] => ({
    text: reportBackText.toString(),
    readyAt: numberField(reportBack, 'readyAt') || null,
  });
  let currentReportBack = readReportBack();

  const build = (): GroupNotes => ({
    schemaVersion: schemaVersionOf(doc),
    readOnly: isNewer(doc),
    groupId: idField<GroupId>(meta, 'groupId'),
    notes: notes.list('notes'),
    drafts: notes.list('drafts'),
    deletedNotes: notes.list('deleted'),
    recommendations: recommendations.list('live'),
    deletedRecommendations: recommendations.list('deleted'),
    reportBack: currentReportBack,
  });

  const view = createView(doc, build, (changed) => {
    changed(meta, () => true);
    changed(noteRoot, (events) => notes.refresh(touchedIds(noteRoot, events)));
    changed(recommendationRoot, (events) =>
      recommendations.refresh(touchedIds(recommendationRoot, events)),
    );
    changed(links, (events) => recommendations.refresh(sources.refresh(events)));
    const readAgain = (): boolean => {
      currentReportBack = readReportBack();
      return true;
    };
    changed(reportBack, readAgain);
    changed(reportBackText, readAgain);
  });

  return {
    ...view,
    note: (id) => notes.get(id),
    recommendation: (id) => recommendations.get(id),
  };
}
