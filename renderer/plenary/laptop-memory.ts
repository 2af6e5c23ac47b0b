import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Laptop, SessionStatus } from '../../src/browser/sync/status.ts';
import type { GroupId } from '../../src/core/session/ids.ts';

type Remembered = ReadonlyMap<GroupId, readonly Laptop[]>;

/**
 * The groups' laptops with those that are gone as they last spoke, out of contact: the status
 * forgets a laptop the moment its connection closes, but what it said last still holds.
 * The same map where nothing is new.
 */
export function rememberLaptops(before: Remembered, now: SessionStatus['groups']): Remembered {
  let changed = false;
  const after = new Map(before);
  for (const [groupId, { laptops }] of now) {
    const known = before.get(groupId) ?? [];
    const gone = known.filter(
      ({ deviceId }) => !laptops.some((laptop) => laptop.deviceId === deviceId),
    );
    const next = [
      ...laptops,
      ...gone.map((laptop) =>
        laptop.inContact || laptop.writing
          ? { ...laptop, inContact: false, writing: false }
          : laptop,
      ),
    ];
    if (next.length === known.length && next.every((laptop, place) => laptop === known[place])) {
      continue;
    }
    after.set(groupId, next);
    changed = true;
  }
  return changed ? after : before;
}

/** Remembers for as long as the screen is open; `watch` returns how to stop. */
export interface LaptopMemory {
  readonly laptops: StoreApi<Remembered>;
  watch(): () => void;
}

export function createLaptopMemory(status: StoreApi<SessionStatus>): LaptopMemory {
  const laptops = createStore<Remembered>(() =>
    rememberLaptops(new Map(), status.getState().groups),
  );
  const take = ({ groups }: SessionStatus): void =>
    laptops.setState(rememberLaptops(laptops.getState(), groups), true);
  return {
    laptops,
    watch() {
      take(status.getState());
      return status.subscribe(take);
    },
  };
}
