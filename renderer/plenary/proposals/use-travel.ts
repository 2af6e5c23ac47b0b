import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { RecommendationRef } from '../../../src/core/session/model.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import styles from './travel.module.css';

const TRAVEL_MS = 150;

/** Lets each recommendation that joins a proposal travel from its card into the proposal's line. */
export function useTravel(
  line: RefObject<HTMLElement | null>,
  sources: readonly RecommendationRef[],
  fresh: boolean,
): void {
  const keys = sources.map(recommendationKey).join(' ');
  // What was there when the line was first drawn does not travel, unless it has just been made.
  const before = useRef(fresh ? '' : keys);
  useLayoutEffect(() => {
    const had = new Set(before.current.split(' '));
    before.current = keys;
    if (line.current === null || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const key of keys.split(' ')) {
      if (key === '' || had.has(key)) continue;
      const card = document.querySelector(`[data-card="${CSS.escape(key)}"]`);
      if (card !== null) travel(card, line.current);
    }
  }, [line, keys]);
}

/** A likeness of the card, because the card itself stays where it is. */
function travel(card: Element, line: Element): void {
  const from = card.getBoundingClientRect();
  const to = line.getBoundingClientRect();
  const likeness = document.createElement('div');
  likeness.className = styles['likeness'] ?? '';
  likeness.setAttribute('aria-hidden', 'true');
  likeness.textContent = card.querySelector('label')?.textContent ?? '';
  // From the screen's own edge in every language, because it is moved by coordinates on the screen.
  likeness.style.left = '0';
  likeness.style.inlineSize = `${from.width}px`;
  likeness.style.blockSize = `${from.height}px`;
  document.body.append(likeness);
  const at = (box: DOMRect): string => `translate(${box.left}px, ${box.top}px)`;
  const motion = likeness.animate(
    [
      { transform: at(from), opacity: 1 },
      { transform: `${at(to)} scale(0.6, 0.4)`, opacity: 0.2 },
    ],
    { duration: TRAVEL_MS, easing: 'ease-in-out' },
  );
  motion.addEventListener('finish', () => likeness.remove());
  motion.addEventListener('cancel', () => likeness.remove());
}
