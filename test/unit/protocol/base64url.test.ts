import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../src/core/protocol/base64url.ts';
import { firstSeed, forSeeds } from '../../tools/seeded-random.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('base64url', () => {
  // RFC 4648, section 10, without the padding that section 3.2 lets us leave out.
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ])('RFC 4648: %j is %j', (text, encoded) => {
    expect(toBase64Url(utf8(text))).toBe(encoded);
    expect(fromBase64Url(encoded)).toEqual(utf8(text));
  });

  it('uses the two characters that are safe in links', () => {
    expect(toBase64Url(Uint8Array.of(0xfb, 0xff, 0xbf))).toBe('-_-_');
    expect(fromBase64Url('-_-_')).toEqual(Uint8Array.of(0xfb, 0xff, 0xbf));
  });

  it(`brings back every byte, and spells as Node does (300 seeds from ${firstSeed})`, () => {
    forSeeds(300, (random) => {
      const bytes = Uint8Array.from({ length: random.below(70) }, () => random.below(256));
      const text = toBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64Url(text)).toEqual(bytes);
    });
  });

  it('refuses lengths that no bytes have', () => {
    for (const text of ['A', 'AAAAA', 'Zm9vYmFyA']) expect(fromBase64Url(text)).toBeNull();
  });

  it('refuses other characters, padding and blanks too', () => {
    for (const character of ['+', '/', '=', ' ', '\n', '.', 'é', '字', '\0', '\ud83d']) {
      expect(fromBase64Url(`AA${character}A`)).toBeNull();
    }
    expect(fromBase64Url('Zg==')).toBeNull();
    expect(fromBase64Url('AA😀')).toBeNull();
  });

  it('refuses a second spelling of the same bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = (before: string): string[] =>
      Array.from(alphabet).filter((character) => fromBase64Url(before + character) !== null);
    expect(last('Z')).toEqual(['A', 'Q', 'g', 'w']);
    expect(last('Zm')).toHaveLength(16);
    expect(last('Zm9')).toHaveLength(64);
  });
});
