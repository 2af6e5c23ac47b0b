import * as Y from 'yjs';
import {
  type FileableSession,
  readSessionFile,
  type ReadResult,
  type Receipt,
} from '../../../src/browser/app/session-file.ts';
import { type DocumentId, documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type { Role } from '../../../src/core/protocol/ticket.ts';
import {
  initialiseGroupDocument,
  openGroupDocument,
} from '../../../src/core/session/group-document.ts';
import type { DeviceId, GroupId } from '../../../src/core/session/ids.ts';
import { initialisePlanDocument } from '../../../src/core/session/plan-document.ts';
import {
  initialiseReportDocument,
  openReportDocument,
} from '../../../src/core/session/report-document.ts';
import { testContext } from '../../tools/context.ts';
import { copyOf } from '../session/laptops.ts';

/** Laptops with one session, as far as session files go. */

export const key = (byte: number) => documentKeyFrom(new Uint8Array(32).fill(byte));
export const groupId = 'g1' as GroupId;
const planInput = {
  title: 'A workshop',
  description: '',
  attribution: false,
  questions: [{ title: 'Value', text: 'What value?' }],
  groups: [{ name: 'Group 1', online: false }],
  agenda: [],
  stakeholderGroups: [],
  regions: [],
};

export interface FileLaptop extends FileableSession {
  readonly plan: Y.Doc;
  readonly group: Y.Doc;
  /** Null on a facilitator's, and where an older Caucus made the session. */
  readonly report: Y.Doc | null;
}

/**
 * A session with a plan, one group and, if asked for, a report; `copy` is another laptop with the
 * same documents.
 */
export function session({ hasReport = false }: { hasReport?: boolean } = {}) {
  const planDoc = new Y.Doc();
  const { sessionId } = initialisePlanDocument(planDoc, planInput, testContext('plenary'));
  const groupDoc = new Y.Doc();
  initialiseGroupDocument(groupDoc, groupId);
  const reportDoc = new Y.Doc();
  initialiseReportDocument(reportDoc);
  function laptop(
    name: string,
    role: Role,
    plan: Y.Doc,
    group: Y.Doc,
    itsReport: Y.Doc,
  ): FileLaptop {
    const report = hasReport && role !== 'facilitator' ? itsReport : null;
    const writesPlan = role === 'moderator' || (role === 'rapporteur' && report === null);
    return {
      sessionId,
      title: 'A workshop',
      from: {
        deviceId: name as DeviceId,
        role,
        groupId: role === 'facilitator' ? groupId : null,
        plenary: name === 'plenary',
      },
      plan,
      group,
      report,
      documents: [
        { doc: plan, key: key(1), part: null, writable: writesPlan },
        ...(report === null
          ? []
          : [{ doc: report, key: key(3), part: 'report' as const, writable: true }]),
        { doc: group, key: key(2), part: groupId, writable: role !== 'rapporteur' },
      ],
    };
  }
  return {
    mine: laptop('mine', 'facilitator', planDoc, groupDoc, reportDoc),
    copy: (name = 'plenary', role: Role = 'moderator') =>
      laptop(name, role, copyOf(planDoc), copyOf(groupDoc), copyOf(reportDoc)),
    /** A laptop that joined by ticket and has heard nothing yet. */
    empty: (name: string, role: Role = 'moderator') =>
      laptop(name, role, new Y.Doc(), new Y.Doc(), new Y.Doc()),
  };
}

/** Writes the report's summary anew. */
export function writeSummary({ report: doc }: FileLaptop, text: string): void {
  if (doc === null) throw new Error('This laptop may not open the report');
  const report = openReportDocument(doc, testContext('rapporteur'));
  const outcome = report.edit({ section: 'summary' }, text);
  report.destroy();
  if (!outcome.ok) throw new Error(outcome.reason);
}
/** Null where the laptop may not open the report. */
export function summary({ report: doc }: FileLaptop): string | null {
  if (doc === null) return null;
  const report = openReportDocument(doc, testContext('reader'));
  report.destroy();
  return report.view.snapshot().texts.summary;
}

let notes = 0;
export function note(doc: Y.Doc, text: string) {
  notes += 1;
  const group = openGroupDocument(doc, testContext(`laptop-${notes}`));
  const outcome = group.addNote({ kind: 'point', questionId: null, text });
  group.destroy();
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}
export function texts(doc: Y.Doc): readonly string[] {
  const group = openGroupDocument(doc, testContext('reader'));
  group.destroy();
  return group.view
    .snapshot()
    .notes.map(({ text }) => text)
    .toSorted();
}

/** Every byte and every state vector of a laptop's documents. */
export const stateOf = ({ documents }: FileableSession): string =>
  documents
    .map(({ doc }) =>
      [Y.encodeStateVector(doc), Y.encodeStateAsUpdate(doc)]
        .map((bytes) => Buffer.from(bytes).toString('base64'))
        .join(' '),
    )
    .join('\n');

/** Takes in what passed every check, as the app does. */
export function takeIn(bytes: Uint8Array, session: FileableSession): ReadResult {
  const result = readSessionFile(bytes, session);
  if (result.ok)
    for (const { document, update } of result.parts) Y.applyUpdate(document.doc, update);
  return result;
}

/** What the plenary laptop says that it has on its disk. */
export const receiptsOf = (
  plenary: FileableSession,
  at: number,
): ReadonlyMap<DocumentId, Receipt> =>
  new Map(
    plenary.documents.map(({ doc, key: { documentId } }) => [
      documentId,
      { stateVector: Y.encodeStateVector(doc), at },
    ]),
  );
