import { describe, expect, it } from 'vitest';
import { utf16Length } from '../../../src/core/protocol/utf16-length.ts';
import { firstSeed, randomFrom } from '../../tools/seeded-random.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function decodedLength(bytes: Uint8Array): number {
  try {
    return strict.decode(bytes).length;
  } catch {
    return -1;
  }
}

describe('the length of a text in UTF-8', () => {
  it.for(['', 'plain', 'héllo', 'שלום', '漢字', '😀 and 👩‍👩‍👧', '\uFEFFmark'])(
    'is that of %j',
    (text) => {
      expect(utf16Length(new TextEncoder().encode(text))).toBe(text.length);
    },
  );

  it(`agrees with a strict decoder on whatever bytes (CAUCUS_SEED=${firstSeed})`, () => {
    const random = randomFrom(firstSeed);
    // The bytes at which the rules turn come more often than others.
    const edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf];
    const leads = [0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff];
    let valid = 0;
    for (let run = 0; run < 20_000; run += 1) {
      const bytes = Uint8Array.from({ length: random.below(6) }, () =>
        random.chance(0.2) ? random.below(256) : (random.pick([...edges, ...leads]) ?? 0),
      );
      const expected = decodedLength(bytes);
      if (expected > 0) valid += 1;
      expect(utf16Length(bytes), bytes.join()).toBe(expected);
    }
    expect(valid).toBeGreaterThan(500);
  });

  it('reads no further than the text goes, also where what follows would make it whole', () => {
    const bytes = new TextEncoder().encode('aé€😀b');
    // a, é, €, 😀 and b begin at these places.
    const begins = [0, 1, 3, 6, 10, 11];
    for (let from = 0; from < bytes.length; from += 1) {
      for (let to = from; to <= bytes.length; to += 1) {
        const whole = begins.includes(from) && begins.includes(to);
        const expected = new TextDecoder().decode(bytes.subarray(from, to)).length;
        expect(utf16Length(bytes, from, to), `${from} to ${to}`).toBe(
          whole || from === to ? expected : -1,
        );
      }
    }
  });
});
