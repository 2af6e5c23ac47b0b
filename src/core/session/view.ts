import type * as Y from 'yjs';

/** A snapshot that is the same object until the document changes, and one call when it does. */
export interface View<T> {
  snapshot(): T;
  subscribe(listener: () => void): () => void;
  destroy(): void;
}

export type DeepEvents = readonly Y.YEvent<Y.AbstractType<unknown>>[];
/** Says what to read again when `root` changes; the answer is whether a new snapshot is due. */
export type WhenChanged = (
  // Any shared type has observeDeep; which one it is does not matter here.
  root: Y.Map<unknown> | Y.Text,
  refresh: (events: DeepEvents) => unknown,
) => void;

/**
 * Ties refreshes of roots to a document and tells listeners once per transaction, after all roots
 * have been read again, so that nobody sees half a transaction. Of a document whose roots are not
 * known beforehand and that is soon read, `watch` is "everything".
 */
export function createView<T>(
  doc: Y.Doc,
  build: () => T,
  watch: 'everything' | ((changed: WhenChanged) => void),
): View<T> {
  let current = build();
  let stale = false;
  const listeners = new Set<() => void>();
  const stops: (() => void)[] = [];

  if (watch !== 'everything') {
    watch((root, refresh) => {
      const observer = (events: DeepEvents): void => {
        refresh(events);
        stale = true;
      };
      root.observeDeep(observer);
      stops.push(() => root.unobserveDeep(observer));
    });
  }
  const afterTransaction = ({ changed }: Y.Transaction): void => {
    if (!stale && (watch !== 'everything' || changed.size === 0)) return;
    stale = false;
    current = build();
    listeners.forEach((listener) => listener());
  };
  doc.on('afterTransaction', afterTransaction);
  stops.push(() => doc.off('afterTransaction', afterTransaction));

  return {
    snapshot: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      stops.forEach((stop) => stop());
      listeners.clear();
    },
  };
}
