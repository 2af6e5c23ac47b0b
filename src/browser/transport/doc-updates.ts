import type * as Y from 'yjs';

type Listener = (update: Uint8Array, origin: unknown) => void;

interface Outlet {
  readonly listeners: Set<Listener>;
  readonly untold: Set<(origin: unknown) => void>;
  readonly tell: Listener;
}

/**
 * The transports' one ear on each document. Yjs writes every change anew, in its first encoding, as
 * soon as anybody listens for that; for megabytes that come in it takes longer than all the rest,
 * and nobody wants them, because they are not sent back.
 */
const outlets = new WeakMap<Y.Doc, Outlet>();

/** Calls `listener` for every change, in Yjs's first encoding, with its origin; returns how to stop. */
export function onDocUpdate(doc: Y.Doc, listener: Listener): () => void {
  let outlet = outlets.get(doc);
  if (outlet === undefined) {
    const listeners = new Set<Listener>();
    const tell: Listener = (update, origin) => {
      for (const each of listeners) each(update, origin);
    };
    outlet = { listeners, tell, untold: new Set() };
    outlets.set(doc, outlet);
  }
  const { listeners, tell } = outlet;
  if (listeners.size === 0) doc.on('update', tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) doc.off('update', tell);
  };
}

/** Calls `listener` when something was taken in that nobody was told of; returns how to stop. */
export function onUntold(doc: Y.Doc, listener: (origin: unknown) => void): () => void {
  const untold = outlets.get(doc)?.untold;
  untold?.add(listener);
  return () => untold?.delete(listener);
}

/**
 * Takes in something long that no other transport is told of: they hear only that there is
 * something, and compare.
 */
export function withoutTelling(doc: Y.Doc, origin: unknown, takeIn: () => void): void {
  const outlet = outlets.get(doc);
  if (outlet !== undefined) doc.off('update', outlet.tell);
  try {
    takeIn();
  } finally {
    if (outlet !== undefined && outlet.listeners.size > 0) doc.on('update', outlet.tell);
    for (const listener of outlet?.untold ?? []) listener(origin);
  }
}
