import * as Y from 'yjs';
import { readStateVector } from './state-vector.ts';

/**
 * How far a laptop is behind, as people count: the number of different things (notes,
 * recommendations, texts …) of which `doc` holds something that a laptop with `stateVector`
 * (encoded as Yjs does) does not have. 0 exactly when it has everything, because every change,
 * also one that only deletes, advances the clock of the laptop that made it (see `writer.ts`). S3.
 *
 * Returns null where the state vector cannot be read.
 */
export function changesBehind(doc: Y.Doc, stateVector: Uint8Array): number | null {
  const found = thingsBehind(doc, stateVector);
  // What was deleted and tidied away since leaves no name, but it is still a change.
  return found === null ? null : found.anything ? Math.max(1, found.things.size) : 0;
}

/** Those things by name: the root and the entry in it, "notes/…". */
export function thingsBehind(
  doc: Y.Doc,
  stateVector: Uint8Array,
): { readonly anything: boolean; readonly things: ReadonlySet<string> } | null {
  const known = readStateVector(stateVector);
  if (known === null) return null;
  const things = new Set<string>();
  let anything = false;
  for (const [client, structs] of doc.store.clients) {
    const from = known.get(client) ?? 0;
    if (from >= Y.getState(doc.store, client)) continue;
    anything = true;
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index += 1) {
      const struct = structs[index];
      if (struct instanceof Y.Item) things.add(thingOf(struct));
    }
  }
  return { anything, things };
}

/** The root and the entry in it that an item belongs to, however deep it lies. */
function thingOf(item: Y.Item): string {
  let child = item;
  let parent = item.parent;
  while (parent instanceof Y.AbstractType && parent._item !== null) {
    child = parent._item;
    parent = child.parent;
  }
  const root = parent instanceof Y.AbstractType ? Y.findRootTypeKey(parent) : '';
  return `${root}/${child.parentSub ?? ''}`;
}
