/**
 * Where something goes that stood at `from` and was dropped before what stands at `before` (which
 * is one past the last for the end): its index once it has been taken out.
 */
export const placeOfDrop = (from: number, before: number): number =>
  before > from ? before - 1 : before;

/** How an item looks while one of the list is dragged. */
export type DragState = 'dragged' | 'before' | 'after' | null;

/** The edge at which the dragged item would go in, at most one in the list. */
export function dragState(
  drag: { readonly from: number; readonly before: number } | null,
  index: number,
  count: number,
): DragState {
  if (drag === null) return null;
  if (drag.from === index) return 'dragged';
  if (placeOfDrop(drag.from, drag.before) === drag.from) return null;
  if (drag.before === index) return 'before';
  return drag.before === count && index === count - 1 ? 'after' : null;
}
