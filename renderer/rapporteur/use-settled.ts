import { useEffect, useEffectEvent, useRef, useState } from 'react';

/**
 * The newest value, but a new one at most every `pause()` milliseconds: what follows from it is
 * dear to make. The first change after a quiet time comes through at once.
 */
export function useSettled<T>(value: T, pause: () => number): T {
  const [settled, setSettled] = useState(value);
  const takenAt = useRef(0);
  const pauseNow = useEffectEvent(pause);
  useEffect(() => {
    if (Object.is(value, settled)) return undefined;
    const wait = takenAt.current + pauseNow() - performance.now();
    const timer = setTimeout(
      () => {
        takenAt.current = performance.now();
        setSettled(value);
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [value, settled]);
  return settled;
}
