import { describe, expect, it } from 'vitest';
import {
  cleanLines,
  cleanText,
  firstDirection,
  splitByDirection,
} from '../../../src/core/report/clean-text.ts';

describe('clean text', () => {
  it('drops what XML 1.0 has no place for and keeps all else', () => {
    expect(cleanText('a\u0000\u0008\u001F\uFFFE\uFFFFb\tc')).toBe('ab\tc');
    expect(cleanText('x\uD83Dy\uDE00z')).toBe('xyz');
    expect(cleanText('👩🏽‍🚀 \u{10FFFF} é 登')).toBe('👩🏽‍🚀 \u{10FFFF} é 登');
  });

  it('takes every kind of line break for one', () => {
    expect(cleanLines('a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h\ni')).toEqual('abcdefghi'.split(''));
  });

  it('closes what a line opens, so that it turns nothing after it around', () => {
    expect(cleanLines('a\u202Eb\nc')).toEqual(['a\u202Eb\u202C', 'c']);
    expect(cleanLines('\u2066a\u202Bb')).toEqual(['\u2066a\u202Bb\u202C\u2069']);
    expect(cleanLines('\u2067a\u2069b')).toEqual(['\u2067a\u2069b']);
    expect(cleanLines('\u2067a\u202Ab\u2069c')).toEqual(['\u2067a\u202Ab\u2069c']);
  });
});

describe('direction', () => {
  it.each([
    ['Hello مرحبا', 'ltr'],
    ['مرحبا Hello', 'rtl'],
    ['123 (שלום)', 'rtl'],
    ['登録簿', 'ltr'],
    ['123 !?', null],
    ['', null],
  ] as const)('of %j is %s', (text, direction) => {
    expect(firstDirection(text)).toBe(direction);
  });

  it('parts a text where it changes, and loses nothing', () => {
    const text = 'See مرحبا بالعالم 12 now, שָׁלוֹם!';
    const pieces = splitByDirection(text);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.map((piece) => piece.rtl)).toEqual([false, true, false, true, false]);
    expect(pieces[1]?.text).toBe('مرحبا بالعالم');
    expect(splitByDirection('plain')).toEqual([{ text: 'plain', rtl: false }]);
  });

  it('takes 100 KB in its stride', () => {
    const text = 'مرحبا abc 123 '.repeat(8_000);
    expect(
      splitByDirection(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});
