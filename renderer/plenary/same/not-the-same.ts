import * as v from 'valibot';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SessionId } from '../../../src/core/session/ids.ts';
import type { RecommendationRef } from '../../../src/core/session/model.ts';
import { pairsOf } from './suggestions.ts';

/** Which pairs a person has said are not the same; remembered on this laptop only. */
export interface NotTheSame {
  readonly pairs: StoreApi<ReadonlySet<string>>;
  add(members: readonly RecommendationRef[]): void;
  remove(members: readonly RecommendationRef[]): void;
}

const keptSchema = v.pipe(v.string(), v.parseJson(), v.array(v.pipe(v.string(), v.maxLength(300))));

export function createNotTheSame(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  sessionId: SessionId,
): NotTheSame {
  const key = `caucus/not-the-same/${sessionId}`;
  const kept = v.safeParse(keptSchema, storage.getItem(key));
  const pairs = createStore<ReadonlySet<string>>(() => new Set(kept.success ? kept.output : []));
  const keep = (next: ReadonlySet<string>): void => {
    pairs.setState(next, true);
    storage.setItem(key, JSON.stringify([...next]));
  };
  return {
    pairs,
    add: (members) => keep(new Set([...pairs.getState(), ...pairsOf(members)])),
    remove(members) {
      const taken = new Set(pairsOf(members));
      keep(new Set([...pairs.getState()].filter((pair) => !taken.has(pair))));
    },
  };
}
