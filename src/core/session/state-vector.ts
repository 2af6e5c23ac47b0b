import * as Y from 'yjs';

/** What `bytes` (encoded as Yjs encodes state vectors) says, or null where they are none. */
export function readStateVector(bytes: Uint8Array): ReadonlyMap<number, number> | null {
  try {
    return Y.decodeStateVector(bytes);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Whether `doc` has all that the state vector names. */
export function reaches(doc: Y.Doc, stateVector: ReadonlyMap<number, number>): boolean {
  for (const [client, clock] of stateVector) {
    if (Y.getState(doc.store, client) < clock) return false;
  }
  return true;
}

/**
 * What `doc` and a laptop with `stateVector` both have, encoded as Yjs does: what changes stand on
 * that are cut out of `doc` for that laptop. Never longer than `doc`'s own state vector.
 */
export function commonState(doc: Y.Doc, stateVector: ReadonlyMap<number, number>): Uint8Array {
  const common = new Map<number, number>();
  for (const [client, clock] of stateVector) {
    const shared = Math.min(clock, Y.getState(doc.store, client));
    if (shared > 0) common.set(client, shared);
  }
  return Y.encodeStateVector(common);
}

/**
 * The document as an update (V1), or what of it a laptop with the state vector `since` lacks;
 * without what Yjs keeps aside because it stands on something that never arrived. Yjs would add
 * that, and whoever gets the update could not tell it from one that was damaged.
 */
export function settledUpdate(doc: Y.Doc, since?: Uint8Array): Uint8Array {
  const { store } = doc;
  const { pendingStructs, pendingDs } = store;
  store.pendingStructs = null;
  store.pendingDs = null;
  try {
    return Y.encodeStateAsUpdate(doc, since);
  } finally {
    store.pendingStructs = pendingStructs;
    store.pendingDs = pendingDs;
  }
}
