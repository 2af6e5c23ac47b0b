import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { laptopKeyFrom } from '../../../src/browser/storage/laptop-key.ts';

const bytes = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const key = laptopKeyFrom(bytes(1));
const words = 'Geheim: 秘密, سرّ';

describe('the laptop key', () => {
  it('A1: opens what it sealed, under the name that it was sealed under', () => {
    const sealed = key.seal('session-1', words);
    expect(key.open('session-1', sealed)).toBe(words);
    expect(key.open('session-2', sealed)).toBeNull();
    expect(laptopKeyFrom(bytes(2)).open('session-1', sealed)).toBeNull();
  });

  it('A1: shows nothing of what is sealed', () => {
    expect(key.seal('session-1', words)).toMatch(/^[\w-]+$/u);
    expect(
      atob(key.seal('s', 'plain words').replaceAll('-', '+').replaceAll('_', '/')),
    ).not.toContain('plain');
  });

  it('refuses what was changed by one bit anywhere, cut off, or made up', () => {
    const sealed = Buffer.from(key.seal('s', 'x'), 'base64url');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(key.open('s', changed.toString('base64url'))).toBeNull();
      expect(key.open('s', sealed.subarray(0, at).toString('base64url'))).toBeNull();
    }
    expect(key.open('s', '')).toBeNull();
    expect(key.open('s', 'not base64!')).toBeNull();
  });

  it('seals the same text the same way, and never two texts with one nonce', () => {
    const nonceOf = (name: string, text: string): string => key.seal(name, text).slice(0, 32);
    expect(key.seal('s', words)).toBe(key.seal('s', words));
    const nonces = [
      nonceOf('s', 'a'),
      nonceOf('s', 'b'),
      nonceOf('t', 'a'),
      nonceOf('', 'sa'),
      nonceOf('sa', ''),
    ];
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it('shows its bytes nowhere where it is written down', () => {
    const shown = [
      JSON.stringify(key),
      Object.values(key).join(),
      inspect(key, { depth: 9, showHidden: true }),
    ];
    const secret = Buffer.from(bytes(1));
    for (const text of shown) {
      for (const encoding of ['base64url', 'base64', 'hex'] as const) {
        expect(text).not.toContain(secret.toString(encoding).slice(0, 12));
      }
      expect(text).not.toMatch(/1,\s*1,\s*1/u);
    }
  });
});
