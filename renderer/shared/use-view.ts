import { useSyncExternalStore } from 'react';
import type { View } from '../../src/core/session/view.ts';

type Shown<T> = Pick<View<T>, 'snapshot' | 'subscribe'>;

/** The newest snapshot of a document's view; draws again when it changes. */
export const useView = <T>(view: Shown<T>): T =>
  useSyncExternalStore(view.subscribe, view.snapshot);

/**
 * A part of a view's newest snapshot; draws again only when that part changes. `select` must
 * return something that is there already (a field, an entry), not make something new.
 */
export const useViewPart = <T, Part>(view: Shown<T>, select: (snapshot: T) => Part): Part =>
  useSyncExternalStore(view.subscribe, () => select(view.snapshot()));
