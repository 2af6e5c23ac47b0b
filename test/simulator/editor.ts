import type * as Y from 'yjs';
import { type GroupDocument, openGroupDocument } from '../../src/core/session/group-document.ts';
import { createGroupView } from '../../src/core/session/group-view.ts';
import type { Context } from '../../src/core/session/ids.ts';
import { openPlanDocument, type PlanDocument } from '../../src/core/session/plan-document.ts';
import { createPlanView } from '../../src/core/session/plan-view.ts';
import { openReportDocument, type ReportDocument } from '../../src/core/session/report-document.ts';
import { createReportView } from '../../src/core/session/report-view.ts';
import type { View } from '../../src/core/session/view.ts';
import type { Outcome } from '../../src/core/session/writer.ts';
import { textOfGroup, textOfPlan, textOfReport } from '../unit/session/words.ts';
import type { DocumentName } from './cast.ts';

/** What a person works on a document with. */
export type Editor =
  | { readonly kind: 'plan'; readonly plan: PlanDocument }
  | { readonly kind: 'group'; readonly group: GroupDocument }
  | { readonly kind: 'report'; readonly report: ReportDocument };

export function openEditor(name: DocumentName, doc: Y.Doc, context: Context): Editor {
  if (name === 'plan') return { kind: 'plan', plan: openPlanDocument(doc, context) };
  if (name === 'report') return { kind: 'report', report: openReportDocument(doc, context) };
  return { kind: 'group', group: openGroupDocument(doc, context) };
}
export function closeEditor(editor: Editor): void {
  if (editor.kind === 'plan') editor.plan.destroy();
  else if (editor.kind === 'report') editor.report.destroy();
  else editor.group.destroy();
}

/** A text as it stands, and how to make another of it. */
export interface EditableText {
  readonly text: string;
  readonly edit: (text: string) => Outcome;
}
/** A group's notes, or the report's summary and advice. */
export function textsIn(editor: Editor): readonly EditableText[] {
  if (editor.kind === 'plan') return [];
  if (editor.kind === 'group') {
    const { group } = editor;
    return group.view
      .snapshot()
      .notes.map(({ id, text }) => ({ text, edit: (value) => group.editNote(id, value) }));
  }
  const { report } = editor;
  const { texts } = report.view.snapshot();
  return (['summary', 'advice'] as const).map((section) => ({
    text: texts[section],
    edit: (value) => report.edit({ section }, value),
  }));
}

/** All that can be read in the texts of a document. */
export function textOf(name: DocumentName, doc: Y.Doc): string {
  if (name === 'plan') return textIn(createPlanView(doc), textOfPlan);
  if (name === 'report') return textIn(createReportView(doc), textOfReport);
  return textIn(createGroupView(doc), textOfGroup);
}
function textIn<T>(view: View<T>, read: (snapshot: T) => string): string {
  const text = read(view.snapshot());
  view.destroy();
  return text;
}
