import { createStore, type StoreApi } from 'zustand/vanilla';
import { recommendationKey } from '../../src/core/session/provenance.ts';
import type { Findings } from './findings.ts';

/** Which recommendations somebody has had on this screen; all others carry a dot. */
export interface Seen {
  readonly keys: StoreApi<ReadonlySet<string>>;
  mark(key: string): void;
}

/** What was there when the screen opened is not news. */
export function createSeen(findings: Findings): Seen {
  const keys = createStore<ReadonlySet<string>>(
    () =>
      new Set(
        [...findings].flatMap(([groupId, { recommendations }]) =>
          recommendations.map(({ id }) => recommendationKey({ groupId, recommendationId: id })),
        ),
      ),
  );
  return {
    keys,
    mark(key) {
      if (!keys.getState().has(key)) keys.setState(new Set([...keys.getState(), key]), true);
    },
  };
}
