import { type PointerEvent, type RefObject, useState } from 'react';
import { placeOfDrop } from './reorder.ts';

interface Drag {
  readonly from: number;
  /** Dropped now, it would go before this one; one past the last for the end. */
  readonly before: number;
}

export interface DragOrder {
  readonly drag: Drag | null;
  /** For the handle of the item at `index`. */
  readonly handle: (index: number) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/** Puts the children of `list` in order by dragging, with a mouse, a pen or a finger. */
export function useDragOrder(
  list: RefObject<HTMLElement | null>,
  onMove: (from: number, to: number) => void,
): DragOrder {
  const [drag, setDrag] = useState<Drag | null>(null);

  function placeAt(y: number): number {
    const items = [...(list.current?.children ?? [])];
    const below = items.findIndex((item) => {
      const { top, height } = item.getBoundingClientRect();
      return y < top + height / 2;
    });
    return below === -1 ? items.length : below;
  }
  return {
    drag,
    handle: (index) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: index, before: index });
      },
      onPointerMove(event) {
        if (drag !== null) setDrag({ from: index, before: placeAt(event.clientY) });
      },
      onPointerUp() {
        setDrag(null);
        if (drag === null) return;
        const to = placeOfDrop(drag.from, drag.before);
        if (to !== drag.from) onMove(drag.from, to);
      },
      onPointerCancel: () => setDrag(null),
    }),
  };
}
