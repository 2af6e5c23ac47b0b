import type { NoteId } from '../../src/core/session/ids.ts';

/** Which notes are ticked, and from which one a range is counted. */
export interface Selection {
  readonly ids: ReadonlySet<NoteId>;
  readonly anchor: NoteId | null;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: null };

export function toggled({ ids }: Selection, id: NoteId): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Ticks everything from the anchor to `id`, in the order of the list; the anchor stays. */
export function extendedTo(selection: Selection, id: NoteId, order: readonly NoteId[]): Selection {
  const from = order.indexOf(selection.anchor ?? id);
  const to = order.indexOf(id);
  if (from === -1 || to === -1) return toggled(selection, id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...range]), anchor: order[from] ?? id };
}

/** Without what is not there any more. The same object where nothing is missing. */
export function stillThere(selection: Selection, there: (id: NoteId) => boolean): Selection {
  const ids = [...selection.ids].filter(there);
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) };
}
