import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/hub/web/address-of.ts';
import { createPurse, createPurses } from '../../../src/hub/web/allowance.ts';
import { createPlaces } from '../../../src/hub/web/places.ts';

describe('places', () => {
  it('are taken from the address that has most, from who has had one longest', () => {
    const gone: string[] = [];
    const places = createPlaces<string>(4, (item) => gone.push(item));
    places.add('honest', 'a');
    for (const item of ['flood 1', 'flood 2', 'flood 3', 'flood 4', 'flood 5'])
      places.add(item, 'b');
    expect(gone).toEqual(['flood 1', 'flood 2']);
    places.add('another', 'c');
    expect(gone.at(-1)).toBe('flood 3');
    expect(places.size()).toBe(4);
  });

  it('are free again once given back, and given back once only', () => {
    const gone: string[] = [];
    const places = createPlaces<string>(2, (item) => gone.push(item));
    places.add('one', 'a');
    places.add('two', 'a');
    places.delete('one');
    places.delete('one');
    places.add('three', 'a');
    expect(gone).toEqual([]);
    expect([places.evict(), places.evict(), places.evict()]).toEqual([true, true, false]);
    expect(gone).toEqual(['two', 'three']);
  });
});

describe('whom an address stands for', () => {
  it.for([
    ['192.168.4.20', '192.168.4.20'],
    ['::ffff:192.168.4.20', '192.168.4.20'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:DB8::9', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    [undefined, ''],
  ] as const)('%s is %s', ([address, expected]) => {
    expect(addressOf(address)).toBe(expected);
  });
});

describe('an allowance', () => {
  it('is so much at once, and comes back bit by bit', () => {
    let time = 0;
    const purse = createPurse({ burst: 2, perSecond: 10 }, () => time);
    expect([purse.take(1), purse.take(1), purse.take(1)]).toEqual([true, true, false]);
    time = 100;
    expect([purse.take(1), purse.take(1)]).toEqual([true, false]);
    time = 10_000;
    expect([purse.isFull(), purse.take(2), purse.isFull()]).toEqual([true, true, false]);
  });

  it("is each address' own, and forgotten once it is full again", () => {
    let time = 0;
    const purses = createPurses({ burst: 1, perSecond: 1 }, () => time);
    const kept = purses('192.168.4.20');
    expect(kept.take(1)).toBe(true);
    expect(purses('192.168.4.21').take(1)).toBe(true);
    expect(purses('192.168.4.20').take(1)).toBe(false);
    for (let n = 0; n < 2_000; n += 1) purses(`10.0.${n >> 8}.${n & 255}`);
    expect(purses('192.168.4.20')).toBe(kept);
    time = 2_000;
    for (let n = 0; n < 2_000; n += 1) purses(`10.1.${n >> 8}.${n & 255}`);
    expect(purses('192.168.4.20')).not.toBe(kept);
  });
});
