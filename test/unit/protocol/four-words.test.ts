import { describe, expect, it } from 'vitest';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import {
  fourWords,
  wordLanguageFor,
  wordLanguages,
} from '../../../src/core/protocol/four-words.ts';

describe('four words', () => {
  it('are the first 44 bits, 11 a word, most significant first', () => {
    // 00000000000 11111111111 00000000001 10000000000, and then what is not looked at.
    const bits = `${'0'.repeat(11)}${'1'.repeat(11)}${'0'.repeat(10)}11${'0'.repeat(10)}1111`;
    const bytes = Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => Number.parseInt(byte, 2));
    expect(fourWords(bytes, 'en')).toEqual([english[0], english[2047], english[1], english[1024]]);
    expect(fourWords(Uint8Array.from([...bytes.slice(0, 5), 0b00001111]), 'en')[3]).toBe(
      english[1024],
    );
  });

  it('need 44 bits', () => {
    expect(() => fourWords(new Uint8Array(5), 'en')).toThrow('44 bits');
  });

  it('come from lists of 2,048 different words', () => {
    expect(wordLanguages).toContain('en');
    expect(new Set(english).size).toBe(2048);
  });

  it('are English where a screen has a language without a list', () => {
    expect(wordLanguageFor('en')).toBe('en');
    expect(wordLanguageFor('en-GB')).toBe('en');
    expect(wordLanguageFor('ar')).toBe('en');
  });
});
