import { type RefObject, useEffect } from 'react';

/**
 * Keeps what is under the pointer, or else what has the focus, where it is on the screen while
 * content above it comes and goes: the field is scrolled by as much as it would have moved, before
 * it is painted. Elements that count carry `data-card`.
 */
export function useHoldStill(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = field.current;
    const grid = element?.firstElementChild;
    if (element === null || grid === null || grid === undefined) return undefined;
    let held: { readonly card: Element; readonly top: number } | null = null;

    const topOf = (card: Element): number => card.getBoundingClientRect().top;
    const hold = (): void => {
      const card =
        element.querySelector('[data-card]:hover') ??
        element.querySelector('[data-card]:focus-within');
      held = card === null ? null : { card, top: topOf(card) };
    };
    const putBack = (): void => {
      if (held !== null && element.contains(held.card)) {
        const moved = topOf(held.card) - held.top;
        if (Math.abs(moved) >= 1) element.scrollTop += moved;
      }
      hold();
    };
    const mutations = new MutationObserver(putBack);
    mutations.observe(grid, { childList: true, subtree: true, characterData: true });
    const sizes = new ResizeObserver(putBack);
    sizes.observe(grid);
    const events = ['pointermove', 'pointerleave', 'scroll', 'focusin', 'focusout'] as const;
    for (const name of events) element.addEventListener(name, hold, { passive: true });
    return () => {
      mutations.disconnect();
      sizes.disconnect();
      for (const name of events) element.removeEventListener(name, hold);
    };
  }, [field]);
}
