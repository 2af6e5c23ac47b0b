import { type RefObject, useEffect } from 'react';

/** Lets toasts float above this element at the foot of the screen, so that none covers typing. */
export function useToastsAbove(foot: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = foot.current;
    if (element === null) return undefined;
    const { style } = document.documentElement;
    const watch = new ResizeObserver(() =>
      style.setProperty('--toast-end', `${element.offsetHeight + 12}px`),
    );
    watch.observe(element);
    return () => {
      watch.disconnect();
      style.removeProperty('--toast-end');
    };
  }, [foot]);
}
