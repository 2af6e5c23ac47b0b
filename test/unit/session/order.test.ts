import { describe, expect, it } from 'vitest';
import {
  compareOrder,
  orderAt,
  orderAtEnd,
  type Ordered,
} from '../../../src/core/session/order.ts';
import { firstSeed, forSeeds } from '../../tools/seeded-random.ts';

const entry = (id: string, order: string): Ordered => ({ id, order });
const ids = (entries: readonly Ordered[]): string => entries.map(({ id }) => id).join('');

/** The list after `id` was put at `index` of it. */
function placed(entries: readonly Ordered[], id: string, index: number): Ordered[] {
  const others = entries.filter((other) => other.id !== id);
  return [...others, entry(id, orderAt(others, index))].sort(compareOrder);
}

describe('order', () => {
  it('puts an entry at the start, in the middle and at the end', () => {
    const list = [entry('a', orderAtEnd([]))];
    for (const id of ['b', 'c']) list.push(entry(id, orderAtEnd(list)));
    expect(ids(placed(list, 'x', 0))).toBe('xabc');
    expect(ids(placed(list, 'x', 1))).toBe('axbc');
    expect(ids(placed(list, 'x', 3))).toBe('abcx');
    expect(orderAt([], 0)).toBe(orderAtEnd([]));
  });

  it('lets the id decide between equal keys, the same way from both sides', () => {
    const [a, b] = [entry('a', 'a1'), entry('b', 'a1')];
    expect(compareOrder(a, b)).toBe(-1);
    expect(compareOrder(b, a)).toBe(1);
    expect(compareOrder(a, a)).toBe(0);
  });

  it('goes after the last of those that share a key, since nothing lies between them', () => {
    const list = [entry('a', 'a1'), entry('b', 'a1'), entry('c', 'a1'), entry('d', 'a2')];
    expect(ids(placed(list, 'x', 1))).toBe('abcxd');
    expect(ids(placed(list.slice(0, 3), 'x', 1))).toBe('abcx');
  });

  it(`keeps the order that people made (200 seeds from ${firstSeed})`, () => {
    forSeeds(200, (random) => {
      const wanted: string[] = [];
      let list: Ordered[] = [];
      for (let step = 0; step < 60; step += 1) {
        const old = random.chance(0.5) ? random.pick(wanted) : null;
        const id = old ?? `n${step}`;
        if (old !== null) wanted.splice(wanted.indexOf(old), 1);
        const index = random.below(wanted.length + 1);
        wanted.splice(index, 0, id);
        list = placed(list, id, index);
      }
      expect(list.map(({ id }) => id)).toEqual(wanted);
    });
  });

  // Order keys also come in session files that others have made: they must not stop anybody.
  it.each(['', 'a', 'zzz', '!', 'a0!', '字', 'A00000000000000000000000000', 'a00'])(
    'goes on where a key from outside is %j',
    (foreign) => {
      const list = [entry('a', 'a0'), entry('b', 'a1'), entry('f', foreign)].sort(compareOrder);
      const end = [...list, entry('x', orderAtEnd(list))].sort(compareOrder);
      expect(ids(end).replace('f', '')).toBe('abx');
      for (let index = 0; index <= list.length; index += 1) {
        const after = ids(placed(list, 'x', index)).replace('f', '');
        const meant = ids(list.toSpliced(index, 0, entry('x', ''))).replace('f', '');
        expect(after).toBe(meant);
      }
      expect(orderAtEnd([entry('f', foreign)])).toBe(orderAtEnd([]));
    },
  );
});
