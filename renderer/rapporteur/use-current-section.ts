import { type RefObject, useEffect, useState } from 'react';
import type { ContentsEntry } from './table-of-contents.ts';
import { idOfAnchor } from './use-report-places.ts';

/** A heading counts as reached a little before it is at the very top. In pixels. */
const REACHED = 96;

/** The anchor of the section at the top of `pane`, which scrolls; null above the first one. */
export function useCurrentSection(
  pane: RefObject<HTMLElement | null>,
  entries: readonly ContentsEntry[],
): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const element = pane.current;
    if (element === null) return undefined;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const edge = element.getBoundingClientRect().top + REACHED;
      const reached = entries.findLast(({ anchor }) => {
        const heading = document.getElementById(idOfAnchor(anchor));
        return heading !== null && heading.getBoundingClientRect().top <= edge;
      });
      setCurrent(reached?.anchor ?? null);
    };
    const later = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    later();
    element.addEventListener('scroll', later, { passive: true });
    return () => {
      element.removeEventListener('scroll', later);
      cancelAnimationFrame(frame);
    };
  }, [pane, entries]);
  return current;
}
