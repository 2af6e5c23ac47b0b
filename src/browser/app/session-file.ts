import * as Y from 'yjs';
import {
  type FileDocument,
  type FileSource,
  packSessionFile,
  type SessionFile,
  unpackSessionFile,
} from '../../core/bundle/session-file.ts';
import type { DocumentId, DocumentKey } from '../../core/protocol/document-key.ts';
import { changesBehind } from '../../core/session/behind.ts';
import { readForeignChanges, readForeignDocument } from '../../core/session/foreign-update.ts';
import { createGroupView } from '../../core/session/group-view.ts';
import type { Part, SessionId } from '../../core/session/ids.ts';
import { createPlanView } from '../../core/session/plan-view.ts';
import { createReportView } from '../../core/session/report-view.ts';
import type { DocumentKind } from '../../core/session/schema.ts';
import {
  commonState,
  reaches,
  readStateVector,
  settledUpdate,
} from '../../core/session/state-vector.ts';
import { compareGroups, comparePlans, compareReports } from '../../core/session/what-changed.ts';
import type { ReceiptRow } from '../storage/database.ts';
import { randomBytes } from './random.ts';
import type {
  GroupInFile,
  PlanInFile,
  ReportInFile,
  SessionFileCheck,
  SessionFileContents,
  SessionFileRefusal,
} from './types.ts';

/** A document of the open session, as far as files are concerned. */
export interface FileableDocument {
  readonly doc: Y.Doc;
  readonly key: DocumentKey;
  readonly part: Part;
  /** Whether this laptop may change it, and so take back what a file brought. */
  readonly writable: boolean;
  /** What is in it is kept apart from the session's. */
  readonly isLeft?: true;
}
export interface FileableSession {
  readonly sessionId: SessionId;
  readonly title: string;
  /** Whose laptop this is. */
  readonly from: FileSource;
  readonly documents: readonly FileableDocument[];
  /** Left out where no laptop's access was ever taken back. */
  readonly former?: FormerDocuments;
}
/** Under which keys the documents went before a laptop's access was taken back. */
export interface FormerDocuments {
  readonly keys: readonly { readonly part: Part; readonly key: DocumentKey }[];
  /** What was left behind under this key, where it is kept apart here: on the plenary laptop. */
  readonly left: (key: DocumentKey) => Y.Doc | null;
  readonly hasAccess: (deviceId: string) => boolean;
}

/** The plenary laptop's last word on a document. */
export type Receipt = Pick<ReceiptRow, 'stateVector' | 'at'>;

export const kindOf = ({ part }: FileableDocument): DocumentKind =>
  part === null ? 'plan' : part === 'report' ? 'report' : 'group';

/** Everything that this laptop has of the session. */
export const saveSessionFile = (session: FileableSession, savedAt: number): Uint8Array =>
  pack(
    session,
    savedAt,
    session.documents.map((document) => whole(document)),
  );

export interface LackingFile {
  readonly bytes: Uint8Array;
  /** How many things (notes, recommendations, texts …) the plenary laptop lacks of what this laptop writes. */
  readonly changes: number;
}

/**
 * Only what the plenary laptop lacks by its own last word on each document, `receipts`. Of a document
 * on which it never said anything all is taken. Null where it lacks nothing.
 */
export function saveLackingFile(
  session: FileableSession,
  savedAt: number,
  receipts: ReadonlyMap<DocumentId, Receipt>,
): LackingFile | null {
  let changes = 0;
  const parts: FileDocument[] = [];
  for (const document of session.documents) {
    const receipt = receipts.get(document.key.documentId);
    const known = receipt === undefined ? null : readStateVector(receipt.stateVector);
    const { doc } = document;
    const news = changesBehind(doc, Y.encodeStateVector(new Map(known ?? []))) ?? 0;
    if (news === 0) continue;
    if (document.writable) changes += news;
    const base = commonState(doc, known ?? new Map<number, number>());
    parts.push({
      ...whole(document),
      update: settledUpdate(doc, base),
      base: isEmpty(base) ? null : { stateVector: base, at: receipt?.at ?? 0 },
    });
  }
  return parts.length === 0 ? null : { bytes: pack(session, savedAt, parts), changes };
}

/** A state vector of nobody. */
const isEmpty = (stateVector: Uint8Array): boolean => stateVector.length === 1;

const whole = (document: FileableDocument): FileDocument => ({
  documentId: document.key.documentId,
  kind: kindOf(document),
  update: settledUpdate(document.doc),
  base: null,
});

function pack(
  session: FileableSession,
  savedAt: number,
  documents: readonly FileDocument[],
): Uint8Array {
  const { sessionId, title, from } = session;
  const keys = session.documents.map(({ key }) => key);
  return packSessionFile({ sessionId, title, savedAt, from, documents }, keys, randomBytes);
}

/** A part of a file that passed every check. */
export interface ReadablePart {
  readonly document: FileableDocument;
  readonly update: Uint8Array;
  readonly news: number;
}
export type ReadResult =
  | {
      readonly ok: true;
      readonly contents: SessionFileContents;
      readonly parts: readonly ReadablePart[];
    }
  | ({ readonly ok: false } & SessionFileRefusal);

/** Reads a session file to the last byte and changes nothing. Whatever is wrong refuses all of it. */
export function readSessionFile(bytes: Uint8Array, session: FileableSession): ReadResult {
  const former = session.former?.keys ?? [];
  const keys = [...session.documents, ...former].map(({ key }) => key);
  const unpacked = unpackSessionFile(bytes, keys);
  if (!unpacked.ok) return unpacked;
  const { file } = unpacked;
  if (file.sessionId !== session.sessionId) {
    const { title, sessionId } = file;
    return { ok: false, reason: 'other-session', title, sessionId };
  }
  const parts: ReadablePart[] = [];
  const groups: GroupInFile[] = [];
  let plan: PlanInFile | null = null;
  let report: ReportInFile | null = null;
  let leftOut = 0;
  let unsigned = false;
  let isFormer = false;
  for (const part of file.documents) {
    const present = session.documents.find(({ key }) => key.documentId === part.documentId);
    const document = present ?? formerOf(part.documentId, file.from, session);
    isFormer ||= present === undefined;
    if (document === null) {
      leftOut += 1;
      continue;
    }
    // Who may only read believes nobody else who may only read. A2.
    if (!part.signed && !document.writable) {
      leftOut += 1;
      continue;
    }
    unsigned ||= !part.signed;
    const read = readPart(part, document);
    if (read === 'stands-on-more') {
      return { ok: false, reason: read, from: file.from, since: sinceOf(file) ?? file.savedAt };
    }
    if (read === null) return { ok: false, reason: 'unknown-contents' };
    const { news } = read;
    parts.push({ document, update: part.update, news });
    if (document.isLeft === true) {
      // Nothing of it gets among what would be listed here.
    } else if (document.part === null) plan = { news, changes: planChanges(document.doc, read) };
    else if (document.part === 'report') {
      report = { news, changes: reportChanges(document.doc, read) };
    } else {
      groups.push({ groupId: document.part, news, changes: groupChanges(document.doc, read) });
    }
    read.merged.destroy();
    read.alone?.destroy();
  }
  if (parts.length === 0 && isFormer) return { ok: false, reason: 'taken-back' };
  if (parts.length === 0 && leftOut > 0) {
    return { ok: false, reason: 'only-read', title: file.title };
  }
  if (parts.length === 0) return { ok: false, reason: 'no-access', title: file.title };
  const contents: SessionFileContents = {
    title: file.title,
    savedAt: file.savedAt,
    from: file.from,
    ownFile: file.from?.deviceId === session.from.deviceId,
    since: sinceOf(file),
    unsigned,
    leftOut,
    ...(isFormer && {
      former: parts.some(({ document }) => document.isLeft === true) ? 'set-aside' : 'taken-in',
    }),
    groups,
    plan,
    ...(report !== null && { report }),
    news: parts.reduce((sum, { news }) => sum + news, 0),
  };
  return { ok: true, contents, parts };
}

/**
 * Where what was saved under a former key belongs: to the group as it goes on, where a laptop saved it
 * that still has access; otherwise apart. Null where that is for the plenary laptop to say.
 */
function formerOf(
  documentId: DocumentId,
  from: FileSource | null,
  { documents, former, from: self }: FileableSession,
): FileableDocument | null {
  const found = former?.keys.find(({ key }) => key.documentId === documentId);
  const document = documents.find(({ part }) => part === found?.part);
  if (former === undefined || found === undefined || document?.writable !== true) return null;
  const isOwn = from !== null && from.deviceId === self.deviceId;
  if (from !== null && (isOwn || former.hasAccess(from.deviceId))) return document;
  const doc = former.left(found.key);
  return doc && { ...found, doc, writable: true, isLeft: true };
}

/** Says what a file holds for this laptop. */
export function checkSessionFile(bytes: Uint8Array, session: FileableSession): SessionFileCheck {
  const result = readSessionFile(bytes, session);
  return result.ok ? { ok: true, contents: result.contents } : result;
}

/** The oldest word of the plenary laptop that the file was cut against. */
function sinceOf({ documents }: Pick<SessionFile, 'documents'>): number | null {
  const times = documents.flatMap(({ base }) => (base === null ? [] : base.at));
  return times.length === 0 ? null : Math.min(...times);
}

interface ReadPart {
  /** The document as it would be with the part. */
  readonly merged: Y.Doc;
  /** The part by itself, where it is whole. */
  readonly alone: Y.Doc | null;
  readonly news: number;
}

/** Null where it is not what Caucus writes. D3. */
function readPart(
  part: FileDocument,
  document: FileableDocument,
): ReadPart | 'stands-on-more' | null {
  const { doc } = document;
  const kind = kindOf(document);
  if (part.kind !== kind) return null;
  let alone: Y.Doc | null = null;
  if (part.base === null) {
    alone = readForeignDocument(part.update, kind);
    if (alone === null) return null;
  } else {
    const base = readStateVector(part.base.stateVector);
    if (base === null) return null;
    if (!reaches(doc, base)) return 'stands-on-more';
  }
  const merged = readForeignChanges(part.update, kind, doc);
  if (merged === null) return null;
  return { merged, alone, news: changesBehind(merged, Y.encodeStateVector(doc)) ?? 0 };
}

/** What a document reads as, without leaving anything that listens to it. */
function snapshotOf<T>(
  createView: (doc: Y.Doc) => { snapshot(): T; destroy(): void },
  doc: Y.Doc,
): T {
  const view = createView(doc);
  view.destroy();
  return view.snapshot();
}
function groupChanges(doc: Y.Doc, { merged, alone }: ReadPart): GroupInFile['changes'] {
  const read = (from: Y.Doc) => snapshotOf(createGroupView, from);
  return compareGroups(read(doc), read(merged), alone && read(alone));
}
function planChanges(doc: Y.Doc, { merged, alone }: ReadPart): PlanInFile['changes'] {
  const read = (from: Y.Doc) => snapshotOf(createPlanView, from);
  return comparePlans(read(doc), read(merged), alone && read(alone));
}
function reportChanges(doc: Y.Doc, { merged }: ReadPart): ReportInFile['changes'] {
  const read = (from: Y.Doc) => snapshotOf(createReportView, from);
  return compareReports(read(doc), read(merged));
}
