import type {
  Declared,
  Part,
  PhoneRefusal,
  PhoneRoom,
} from '../../src/core/protocol/voting-frames.ts';
import { nothingSaid, type Said } from './kept.ts';

/** Not for ever: the same thing may be taken in a moment. */
export const WORTH_TRYING_AGAIN: ReadonlySet<PhoneRefusal> = new Set<PhoneRefusal>([
  'not-kept',
  'too-many',
]);

export const say = <T>(said: Said<T> = nothingSaid, sequence: number, value: T): Said<T> => ({
  counted: said.counted,
  pending: { sequence, value },
  refused: null,
});

/** What is on its way counts, if it is this number, or if the plenary laptop names none. */
export function count<T>(said: Said<T> = nothingSaid, sequence: number | undefined): Said<T> {
  const { pending } = said;
  if (pending === null || (sequence !== undefined && sequence !== pending.sequence)) return said;
  return { counted: pending, pending: null, refused: null };
}

/** The same object where the number is another's. @param again whether it stays on its way. */
export function refuse<T>(
  said: Said<T>,
  reason: PhoneRefusal,
  sequence: number | undefined,
  again = false,
): Said<T> {
  const { counted, pending } = said;
  if (pending === null || pending.sequence !== sequence) return said;
  return { counted, pending: again ? pending : null, refused: reason };
}

/**
 * What the plenary laptop says that it has, against what is on its way. What it does not have though
 * it once counted, as after a broken disk, is on its way again.
 *
 * @param value undefined or null where it has nothing.
 */
export function restate<T>(said: Said<T>, value: T | null | undefined, sequence: number): Said<T> {
  const { pending, refused } = said;
  if (value === undefined || (value === null && sequence === 0)) {
    return { counted: null, pending: pending ?? said.counted, refused };
  }
  const counted = { sequence, value: value as T };
  const isOld = pending !== null && sequence > 0 && pending.sequence <= sequence;
  return { counted, pending: isOld ? null : pending, refused: isOld ? null : refused };
}

/** The same for what the plenary laptop always has a value of; what is on its way stays so. */
export const stillStands = <T>(said: Said<T>, value: T): Said<T> => ({
  counted: { sequence: said.counted?.sequence ?? 0, value },
  pending: said.pending,
  refused: said.refused,
});

const POLLS = 30;
/** With this one last, and without the oldest of many of which nothing is on its way. */
export function lastFew<T>(
  all: Readonly<Record<string, Said<T>>>,
  id: string,
  said: Said<T>,
): Record<string, Said<T>> {
  const others = Object.keys(all).filter((other) => other !== id);
  const result: Record<string, Said<T>> = {};
  others.forEach((other, at) => {
    const one = all[other];
    if (one !== undefined && (one.pending !== null || at >= others.length - POLLS)) {
      result[other] = one;
    }
  });
  result[id] = said;
  return result;
}

const has = (parts: readonly Part[], id: string): boolean =>
  id === '' || parts.some((part) => part.id === id);

export const declaredFits = (declared: Declared, room: PhoneRoom): boolean =>
  has(room.stakeholderGroups, declared.stakeholderGroup) &&
  has(room.regions, declared.region) &&
  has(room.breakoutGroups, declared.breakoutGroup);
