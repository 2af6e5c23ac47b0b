import * as Y from 'yjs';
import { checkSchema, type DocumentKind } from './schema.ts';

/**
 * Reads a whole document that came from outside into a document of its own, and checks it there,
 * before anything of it is let near the real one. Null where it is damaged, unfinished, or not
 * made the way our documents are.
 */
export function readForeignDocument(update: Uint8Array, kind: DocumentKind): Y.Doc | null {
  const shadow = new Y.Doc();
  try {
    Y.applyUpdate(shadow, update);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
  // A whole document stands on nothing that is missing.
  if (shadow.store.pendingStructs !== null || shadow.store.pendingDs !== null) return null;
  return checkSchema(shadow, kind) === null ? shadow : null;
}
