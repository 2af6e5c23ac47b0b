import type { SessionFileContents } from '../app/types.ts';
import type { DocumentId } from '../../core/protocol/document-key.ts';
import type { SessionId } from '../../core/session/ids.ts';
import type { KeptChange } from '../../core/session/revert-change.ts';
import type { DocumentKind } from '../../core/session/schema.ts';
import { createReviver, type Database } from './database.ts';

export interface KeptDocument extends KeptChange {
  readonly documentId: DocumentId;
  readonly kind: DocumentKind;
}

/** A session file that was taken in, with what it takes to take it back. */
export interface KeptImport {
  readonly id: string;
  readonly sessionId: SessionId;
  /** When it was taken in; milliseconds since 1970 by this laptop's clock. */
  readonly at: number;
  /** The file's name. */
  readonly name: string;
  readonly contents: SessionFileContents;
  readonly takenBack: boolean;
  readonly documents: readonly KeptDocument[];
}

/** So many files of a session can be taken back; what is needed for older ones is forgotten. */
export const KEPT_IMPORTS = 5;

/** The newest imports of each session. All promises reject with the storage's own error. */
export interface ImportStore {
  /** Newest first. */
  all(sessionId: SessionId): Promise<readonly KeptImport[]>;
  get(id: string): Promise<KeptImport | null>;
  /** Keeps it, in place of the one with the same id; the oldest go. Resolves once it is on disk. */
  put(kept: KeptImport): Promise<void>;
}

export function createImportStore(database: Database): ImportStore {
  const revive = createReviver(database);
  const ofSession = async (sessionId: string): Promise<readonly KeptImport[]> => {
    const rows = await database.snapshots.where('sessionId').equals(sessionId).toArray();
    return rows.sort((a, b) => b.at - a.at);
  };
  return {
    all: ofSession,
    async get(id) {
      return (await database.snapshots.get(id)) ?? null;
    },
    async put(kept) {
      await revive();
      await database.transaction('rw', database.snapshots, async () => {
        await database.snapshots.put(kept);
        const old = (await ofSession(kept.sessionId)).slice(KEPT_IMPORTS);
        await database.snapshots.bulkDelete(old.map(({ id }) => id));
      });
    },
  };
}
