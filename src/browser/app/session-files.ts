import * as Y from 'yjs';
import { createStore } from 'zustand/vanilla';
import type { DocumentId } from '../../core/protocol/document-key.ts';
import { revertChange } from '../../core/session/revert-change.ts';
import { settledUpdate } from '../../core/session/state-vector.ts';
import type { Context } from '../../core/session/ids.ts';
import { KEPT_IMPORTS, type KeptDocument, type KeptImport } from '../storage/import-store.ts';
import type { SessionStore } from '../storage/session-store.ts';
import {
  checkSessionFile,
  type FileableSession,
  kindOf,
  type ReadablePart,
  type Receipt,
  readSessionFile,
  saveLackingFile,
  saveSessionFile,
} from './session-file.ts';
import type { OpenedSession, TakeBackResult, TakenInFile } from './types.ts';

export interface SessionFilesOptions {
  /** The session as it is at this moment. */
  readonly session: () => FileableSession;
  readonly sessions: Pick<SessionStore, 'receipt' | 'imports'>;
  readonly context: Context;
  /** Resolves once the documents are on disk, or cannot be put there at the moment. */
  readonly flush: () => Promise<unknown>;
  /** A file of the plenary laptop's own says what that laptop had when it wrote it. */
  readonly onReceipt: (documentId: DocumentId, receipt: Receipt) => void;
}

export type SessionFiles = Pick<
  OpenedSession,
  | 'fileChoices'
  | 'saveFile'
  | 'checkFile'
  | 'importFile'
  | 'imports'
  | 'takeBackFile'
  | 'bringBackFile'
>;

/** Marks changes that came from a file. */
const fileOrigin = { name: 'session file' };

/** Session files of the open session: saving, taking in, and taking back what was taken in. */
export function createSessionFiles(options: SessionFilesOptions): SessionFiles {
  const { session, sessions, context, flush } = options;
  const imports = createStore<readonly TakenInFile[]>(() => []);

  /** A laptop whose storage fails is the one that needs a stick most: without receipts it saves all. */
  async function receipts(): Promise<ReadonlyMap<DocumentId, Receipt>> {
    const found = new Map<DocumentId, Receipt>();
    for (const { key } of session().documents) {
      const receipt = await orNull(sessions.receipt(key.documentId));
      if (receipt !== null) found.set(key.documentId, receipt);
    }
    return found;
  }
  async function lackingFile() {
    if (session().from.plenary) return null;
    const known = await receipts();
    if (known.size === 0) return null;
    return {
      file: saveLackingFile(session(), context.now(), known),
      at: Math.max(...[...known.values()].map(({ at }) => at)),
    };
  }

  const readImports = async (): Promise<void> => {
    const kept = await sessions.imports.all(session().sessionId);
    imports.setState(kept.map(withoutDocuments), true);
  };
  // Not waited for: it is not needed before somebody opens the list, and opens the session no faster.
  readImports().catch((error: unknown) => {
    console.error('The list of session files that were taken in could not be read', error);
  });
  async function keep(kept: KeptImport): Promise<void> {
    await sessions.imports.put(kept);
    const others = imports.getState().filter(({ id }) => id !== kept.id);
    const all = [...others, withoutDocuments(kept)].sort((a, b) => b.at - a.at);
    imports.setState(all.slice(0, KEPT_IMPORTS), true);
  }

  /** The way back is the same both ways: it takes back what was done last. */
  async function turn(importId: string, takenBack: boolean): Promise<TakeBackResult> {
    const kept = await orNull(sessions.imports.get(importId));
    if (kept === null || kept.takenBack === takenBack) return { ok: false, reason: 'forgotten' };
    let reverted = 0;
    let left = 0;
    const documents: KeptDocument[] = [];
    for (const one of kept.documents) {
      const document = session().documents.find(({ key }) => key.documentId === one.documentId);
      if (document === undefined || !document.writable) continue;
      const outcome = revertChange(document.doc, one.kind, one, context);
      if (!outcome.ok) continue;
      reverted += outcome.value.reverted;
      left += outcome.value.kept;
      documents.push({ ...one, ...outcome.value.undo });
    }
    if (documents.length === 0) return { ok: false, reason: 'read-only' };
    try {
      await keep({ ...kept, takenBack, documents });
    } catch (error) {
      // It is done all the same, and can be done by hand; only this list does not know it.
      console.error('What was taken back could not be noted down', error);
    }
    await flush();
    return { ok: true, reverted, kept: left };
  }

  return {
    imports,
    async fileChoices() {
      const lacking = await lackingFile();
      return {
        all: saveSessionFile(session(), context.now()).length,
        lacking: lacking && {
          bytes: lacking.file?.bytes.length ?? 0,
          changes: lacking.file?.changes ?? 0,
          at: lacking.at,
        },
      };
    },
    async saveFile({ only }) {
      const lacking = only === 'lacking' ? await lackingFile() : null;
      return lacking?.file?.bytes ?? saveSessionFile(session(), context.now());
    },
    checkFile: (bytes) => checkSessionFile(bytes, session()),
    async importFile(bytes, name) {
      const read = readSessionFile(bytes, session());
      if (!read.ok) return read;
      const { contents } = read;
      const kept: KeptImport = {
        id: context.newId(),
        sessionId: session().sessionId,
        at: context.now(),
        name,
        contents,
        takenBack: false,
        documents: read.parts.filter(canBeTakenBack).map(({ document, update }) => ({
          documentId: document.key.documentId,
          kind: kindOf(document),
          before: settledUpdate(document.doc),
          change: update,
        })),
      };
      let importId: string | null = null;
      if (kept.documents.length > 0) {
        try {
          await keep(kept);
          importId = kept.id;
        } catch (error) {
          // A full disk must not keep notes out: they are taken in, and cannot be taken back as one.
          console.error('The state before the session file could not be kept', error);
        }
      }
      for (const { document, update } of read.parts) {
        Y.applyUpdate(document.doc, update, fileOrigin);
        if (!contents.from?.plenary) continue;
        options.onReceipt(document.key.documentId, {
          stateVector: Y.encodeStateVectorFromUpdate(update),
          at: Math.min(contents.savedAt, context.now()),
        });
      }
      // Done once it is on disk. S1. Where the disk is full the status says so and keeps trying.
      await flush();
      return { ok: true, contents, importId };
    },
    takeBackFile: (importId) => turn(importId, true),
    bringBackFile: (importId) => turn(importId, false),
  };
}

/** Not where the file brought the document itself: nothing would be left of it, on any laptop. */
const canBeTakenBack = ({ document, news }: ReadablePart): boolean =>
  news > 0 && document.writable && document.isLeft !== true && document.doc.store.clients.size > 0;

const withoutDocuments = ({ id, at, name, contents, takenBack }: KeptImport): TakenInFile => ({
  id,
  at,
  name,
  contents,
  takenBack,
});

/** What the storage has, or null where it does not answer. */
async function orNull<T>(asked: Promise<T | null>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    console.error('The storage did not answer', error);
    return null;
  }
}
