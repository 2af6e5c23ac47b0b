import * as Y from 'yjs';
import { packSessionFile, unpackSessionFile } from '../../core/bundle/session-file.ts';
import type { DocumentKey } from '../../core/protocol/document-key.ts';
import { changesBehind } from '../../core/session/behind.ts';
import { readForeignDocument } from '../../core/session/foreign-update.ts';
import type { GroupId, SessionId } from '../../core/session/ids.ts';
import type { DocumentKind } from '../../core/session/schema.ts';
import { randomBytes } from './random.ts';
import type { SessionFileCheck } from './types.ts';

/** A document of the open session, as far as files are concerned. */
export interface FileableDocument {
  readonly doc: Y.Doc;
  readonly key: DocumentKey;
  /** Null for the plan. */
  readonly groupId: GroupId | null;
}
export interface FileableSession {
  readonly sessionId: SessionId;
  readonly title: string;
  readonly documents: readonly FileableDocument[];
}

const kindOf = (document: FileableDocument): DocumentKind =>
  document.groupId === null ? 'plan' : 'group';

/** Marks changes that came from a file, for storage and undo. */
const fileOrigin = { name: 'session file' };

export function saveSessionFile(session: FileableSession, savedAt: number): Uint8Array {
  return packSessionFile(
    {
      sessionId: session.sessionId,
      title: session.title,
      savedAt,
      documents: session.documents.map((document) => ({
        documentId: document.key.documentId,
        kind: kindOf(document),
        update: Y.encodeStateAsUpdate(document.doc),
      })),
    },
    session.documents.map(({ key }) => key),
    randomBytes,
  );
}

interface Readable {
  readonly document: FileableDocument;
  readonly update: Uint8Array;
  readonly news: number;
}

function readSessionFile(
  bytes: Uint8Array,
  session: FileableSession,
): { check: SessionFileCheck; readable: readonly Readable[] } {
  const refuse = (check: SessionFileCheck & { ok: false }) => ({ check, readable: [] });
  const unpacked = unpackSessionFile(
    bytes,
    session.documents.map(({ key }) => key),
  );
  if (!unpacked.ok) return refuse({ ok: false, reason: unpacked.reason });
  const { file } = unpacked;
  if (file.sessionId !== session.sessionId) {
    return refuse({ ok: false, reason: 'other-session', title: file.title });
  }
  const readable: Readable[] = [];
  for (const part of file.documents) {
    const document = session.documents.find(({ key }) => key.documentId === part.documentId);
    if (document === undefined) continue;
    const foreign =
      part.kind === kindOf(document) ? readForeignDocument(part.update, part.kind) : null;
    if (foreign === null) return refuse({ ok: false, reason: 'damaged' });
    const news = changesBehind(foreign, Y.encodeStateVector(document.doc)) ?? 0;
    readable.push({ document, update: part.update, news });
    foreign.destroy();
  }
  if (readable.length === 0) return refuse({ ok: false, reason: 'no-access', title: file.title });
  const groups = readable.flatMap(({ document }) => document.groupId ?? []);
  const news = readable.reduce((sum, part) => sum + part.news, 0);
  const contents = { title: file.title, savedAt: file.savedAt, groups, news };
  return { check: { ok: true, contents }, readable };
}

export const checkSessionFile = (bytes: Uint8Array, session: FileableSession): SessionFileCheck =>
  readSessionFile(bytes, session).check;

/** Takes in what passed every check; where anything did not, nothing is taken in. S5. */
export function importSessionFile(bytes: Uint8Array, session: FileableSession): SessionFileCheck {
  const { check, readable } = readSessionFile(bytes, session);
  for (const { document, update } of readable) Y.applyUpdate(document.doc, update, fileOrigin);
  return check;
}
