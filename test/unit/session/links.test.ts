import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { linkedIds } from '../../../src/core/session/links.ts';

function links(...keys: string[]) {
  const root = new Y.Doc().getMap<unknown>('links');
  for (const key of keys) root.set(key, true);
  const linked = linkedIds(root);
  const touched: string[][] = [];
  root.observeDeep((events) => touched.push([...linked.refresh(events)]));
  return { root, linked, touched };
}

describe('linkedIds', () => {
  it('lists what an owner has, sorted, and nothing for a stranger', () => {
    const { linked } = links('r/b', 'r/a', 's/a');
    expect(linked.of('r')).toEqual(['a', 'b']);
    expect(linked.of('s')).toEqual(['a']);
    expect(linked.of('t')).toEqual([]);
  });

  it('keeps everything behind the first slash together', () => {
    expect(links('p/g1/r1').linked.of('p')).toEqual(['g1/r1']);
  });

  it('follows what is joined, taken away and removed, and names the owner', () => {
    const { root, linked, touched } = links('r/a');
    root.set('r/b', true);
    expect(linked.of('r')).toEqual(['a', 'b']);
    root.set('r/a', false);
    expect(linked.of('r')).toEqual(['b']);
    root.delete('r/b');
    expect(linked.of('r')).toEqual([]);
    expect(touched).toEqual([['r'], ['r'], ['r']]);
  });

  it('passes over keys and values that this version does not know', () => {
    const { root, linked, touched } = links('r/a', '/x', 'noslash');
    root.set('r/b', 'yes');
    root.set('another', true);
    expect(linked.of('r')).toEqual(['a']);
    expect(linked.of('')).toEqual([]);
    expect(touched).toEqual([['r'], []]);
  });

  it('keeps the same list for an owner until something of that owner changes', () => {
    const { root, linked } = links('r/a', 's/a');
    const [before, other] = [linked.of('r'), linked.of('s')];
    root.set('s/b', true);
    root.set('r/a', true);
    expect(linked.of('r')).toBe(before);
    expect(linked.of('s')).not.toBe(other);
  });
});
