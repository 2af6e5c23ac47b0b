import * as Y from 'yjs';
import { fits, readUpdate } from '../protocol/read-update.ts';
import { checkSchema, type DocumentKind } from './schema.ts';
import { settledUpdate } from './state-vector.ts';

/** What takes more memory than this is no document of a workshop, whatever it claims to be. Bytes. */
const MAX_MEMORY = 512 * 1024 * 1024;

/**
 * Reads a whole document that came from outside into a document of its own, and checks it there,
 * before anything of it is let near the real one (D3). Null where it is damaged, unfinished, or not
 * made the way our documents are.
 */
export function readForeignDocument(update: Uint8Array, kind: DocumentKind): Y.Doc | null {
  return read(new Y.Doc(), update, kind);
}

/**
 * The same for changes that stand on what `doc` has: reads them into a copy of it. Null also where
 * they stand on something that it lacks. `doc` stays as it is.
 */
export function readForeignChanges(
  update: Uint8Array,
  kind: DocumentKind,
  doc: Y.Doc,
): Y.Doc | null {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, settledUpdate(doc));
  return read(copy, update, kind);
}

function read(shadow: Y.Doc, update: Uint8Array, kind: DocumentKind): Y.Doc | null {
  const walked = readUpdate(update);
  if (walked === null || walked.memory > MAX_MEMORY) return null;
  if (!fits(walked, (client) => Y.getState(shadow.store, client))) return null;
  try {
    Y.applyUpdate(shadow, update);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
  // What is whole stands on nothing that is missing.
  if (shadow.store.pendingStructs !== null || shadow.store.pendingDs !== null) return null;
  return checkSchema(shadow, kind) === null ? shadow : null;
}
