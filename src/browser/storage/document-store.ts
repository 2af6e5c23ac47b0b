import type { DocumentId } from '../../core/protocol/document-key.ts';

/** One stored update of a document, in Yjs's V2 encoding, made by this laptop's own Yjs. */
export interface StoredUpdate {
  /** Grows with every row of the store; tells a window what it has read already. */
  readonly row: number;
  readonly update: Uint8Array;
}

/**
 * Where this laptop keeps its documents: for each an append-only list of updates, which may at any
 * time be replaced by one that says the same. All promises reject with the storage's own error;
 * nothing is half done then.
 */
export interface DocumentStore {
  /** The updates after `afterRow` (0 for all), oldest first. */
  read(id: DocumentId, afterRow: number): Promise<readonly StoredUpdate[]>;
  /** How many rows there are. */
  count(id: DocumentId): Promise<number>;
  /** Resolves once the update is on disk, not before. S1. Returns its row. */
  append(id: DocumentId, update: Uint8Array): Promise<number>;
  /**
   * Replaces the rows up to and including `throughRow` by `update`, which must say all that they
   * say, in one transaction: whoever reads sees the old rows or the new one.
   */
  compact(id: DocumentId, throughRow: number, update: Uint8Array): Promise<number>;
  remove(id: DocumentId): Promise<void>;
  /** Calls `listener` after another window of this laptop has stored something; returns how to stop. */
  watch(id: DocumentId, listener: () => void): () => void;
}
