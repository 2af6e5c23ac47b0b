import type { Handover, Machine } from '../../src/core/protocol/machine.ts';

/** Keeps what is handed over until somebody listens. */
export interface HandoverQueue {
  readonly hand: (handover: Handover) => void;
  readonly listen: Machine['onHandover'];
}

export function createHandoverQueue(): HandoverQueue {
  const listeners = new Set<(handover: Handover) => void>();
  let kept: Handover[] = [];
  return {
    hand(handover) {
      if (listeners.size === 0) kept.push(handover);
      listeners.forEach((listener) => listener(handover));
    },
    listen(listener) {
      listeners.add(listener);
      const waiting = kept;
      kept = [];
      waiting.forEach(listener);
      return () => listeners.delete(listener);
    },
  };
}
