import * as Y from 'yjs';
import type { DocumentId } from '../../core/protocol/document-key.ts';
import type { StorageState } from '../sync/status.ts';
import { storageFault } from './database.ts';
import type { DocumentStore } from './document-store.ts';

export interface PersistedDocument {
  /** Whether everything in the document is on disk. */
  state(): StorageState;
  subscribe(listener: () => void): () => void;
  /** Resolves once all that is in the document now is on disk; rejects where it cannot be. */
  flush(): Promise<void>;
  /** Writes the whole document once more, for a disk that may have lost it. */
  rewrite(): void;
  /** Stops, after a last try to write what is left. */
  destroy(): Promise<void>;
}

/** Many small rows make opening slow; from this many on they become one. */
const COMPACT_ROWS = 300;
const RETRY_MS = 2_000;

/**
 * Fills `doc` with what is stored and from then on stores every change, whoever made it: this
 * laptop, another one, or another window. Rejects where the store cannot be read.
 *
 * Changes that come while a write is under way are gathered and written together next, so that
 * even a strict disk keeps up with typing. A write that fails is kept and tried again.
 */
export async function persistDocument(
  doc: Y.Doc,
  id: DocumentId,
  store: DocumentStore,
): Promise<PersistedDocument> {
  const origin = { name: 'storage' };
  const listeners = new Set<() => void>();
  let current: StorageState = { state: 'saved' };
  let lastRow = 0;
  /** Changes that are not on disk: those under way and those that wait. */
  let waiting: Uint8Array[] = [];
  let writing: Promise<void> | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let destroyed = false;

  /** A disk that was full does not stop being the reason because the next error is vaguer. */
  function fail(error: unknown): void {
    const reason = storageFault(error);
    const wasFull = current.state === 'failed' && current.reason === 'no-space';
    set({ state: 'failed', reason: wasFull && reason === 'other' ? 'no-space' : reason });
  }
  const set = (state: StorageState): void => {
    const same =
      state.state === current.state &&
      (state.state !== 'failed' || (current.state === 'failed' && state.reason === current.reason));
    if (same) return;
    current = state;
    listeners.forEach((listener) => listener());
  };

  async function readNew(): Promise<number> {
    const stored = await store.read(id, lastRow);
    doc.transact(() => {
      for (const { row, update } of stored) {
        Y.applyUpdateV2(doc, update, origin);
        lastRow = Math.max(lastRow, row);
      }
    }, origin);
    return stored.length;
  }

  /** Writes what waits, until nothing does. Never rejects: a failure is a state. */
  async function write(): Promise<void> {
    clearTimeout(retry);
    // The screen is drawn in a microtask too, and was asked for first: beginning a transaction
    // takes longer than drawing a letter.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      // After a failure nobody knows what is left on the disk, so everything is written.
      const update = current.state === 'failed' ? Y.encodeStateAsUpdateV2(doc) : merged(batch);
      try {
        await store.append(id, update);
        waiting = waiting.slice(batch.length);
      } catch (error) {
        fail(error);
        if (!destroyed) retry = setTimeout(startWriting, RETRY_MS);
        return;
      }
    }
    set({ state: 'saved' });
  }
  function startWriting(): void {
    writing ??= write().finally(() => {
      writing = null;
    });
  }

  const onUpdate = (update: Uint8Array, from: unknown): void => {
    if (from === origin) return;
    waiting = [...waiting, update];
    if (current.state === 'saved') set({ state: 'saving' });
    // While a write has failed, the timer decides when to try again.
    if (current.state !== 'failed') startWriting();
  };

  /** The page is about to go: what waits for a write to end goes beside it; twice says the same. */
  const onHide = (): void => {
    if (waiting.length === 0) return;
    store.append(id, merged(waiting)).catch(fail);
  };

  const rows = await readNew();
  if (rows > COMPACT_ROWS) {
    lastRow = await store.compact(id, lastRow, Y.encodeStateAsUpdateV2(doc));
  }
  doc.on('updateV2', onUpdate);
  globalThis.addEventListener?.('pagehide', onHide);
  const stopWatching = store.watch(id, () => {
    readNew().catch(fail);
  });

  async function flush(): Promise<void> {
    if (waiting.length > 0) startWriting();
    while (writing !== null) await writing;
    if (waiting.length > 0) throw new Error(`Document not stored: ${current.state}`);
  }

  return {
    state: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush,
    rewrite() {
      onUpdate(Y.encodeStateAsUpdateV2(doc), null);
    },
    async destroy() {
      destroyed = true;
      stopWatching();
      doc.off('updateV2', onUpdate);
      globalThis.removeEventListener?.('pagehide', onHide);
      try {
        await flush();
      } finally {
        clearTimeout(retry);
        listeners.clear();
      }
    },
  };
}

const merged = (updates: readonly Uint8Array[]): Uint8Array => {
  const [only] = updates;
  return updates.length === 1 && only !== undefined ? only : Y.mergeUpdatesV2([...updates]);
};
