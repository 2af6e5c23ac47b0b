import type * as Y from 'yjs';
import type { Context } from './ids.ts';
import { type OmittableRef, omissionKey, SCHEMA_VERSION } from './model.ts';
import {
  createReportView,
  type ReportSection,
  type ReportView,
  rootOfSection,
} from './report-view.ts';
import { reportTextPrefix } from './schema.ts';
import type { UndoHistory } from './undo.ts';
import { createWriter, done, type Outcome } from './writer.ts';

/**
 * The rapporteur's own part of the report: its texts, and what it leaves out. A document by itself,
 * because facilitators read the plan and not this (A2). Every function changes the document in one
 * transaction and can be undone by `history`. S1.
 */
export interface ReportDocument {
  readonly view: ReportView;
  readonly history: UndoHistory;
  edit(section: ReportSection, text: string): Outcome;
  /** Leaves something out of the report by a person's choice, or takes it in again. R1. */
  setOmitted(ref: OmittableRef, omitted: boolean): Outcome;
  destroy(): void;
}

/** Writes what every report document holds from its first moment. To be called once, by its maker. */
export function initialiseReportDocument(doc: Y.Doc): void {
  doc.transact(() => {
    const meta = doc.getMap('meta');
    meta.set('kind', 'report');
    meta.set('schemaVersion', SCHEMA_VERSION);
  });
}

/**
 * The same from a plan in which an older Caucus kept the report: what is written there goes on in
 * the new document, and stays where it was, too. To be called once, on the plenary laptop.
 */
export function initialiseReportFromPlan(doc: Y.Doc, plan: Y.Doc): void {
  doc.transact(() => {
    initialiseReportDocument(doc);
    for (const root of plan.share.keys()) {
      if (!root.startsWith(reportTextPrefix)) continue;
      const written = plan.getText(root).toString();
      if (written !== '') doc.getText(root).insert(0, written);
    }
    for (const [key, omitted] of plan.getMap('omissions')) {
      if (typeof omitted === 'boolean') doc.getMap('omissions').set(key, omitted);
    }
  });
}

export function openReportDocument(doc: Y.Doc, context: Context): ReportDocument {
  const view = createReportView(doc);
  const writer = createWriter(doc, context);
  return {
    view,
    history: writer.history,
    edit: (section, value) =>
      writer.write(() => writer.edit(doc.getText(rootOfSection(section)), value)),
    setOmitted: (ref, omitted) =>
      writer.write(() => {
        writer.set(doc.getMap('omissions'), { [omissionKey(ref)]: omitted }, 'report-changed');
        return done(undefined);
      }),
    destroy() {
      view.destroy();
      writer.destroy();
    },
  };
}
