import { Inflate } from 'fflate';

/** So much goes in at a time: at most 1032 times as much comes out before the next look. */
const STEP_BYTES = 8 * 1024;

/** Ends the unpacking; never leaves this file. */
class TooMuch extends Error {}

/**
 * Inflates `packed` into exactly `size` bytes, or returns null where it is damaged or holds another
 * number of them. Stops where there are more: fflate's own `inflateSync` would go on unpacking all
 * of a bomb, though it has nowhere to put it.
 */
export function inflateBounded(packed: Uint8Array, size: number): Uint8Array | null {
  const out = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((piece) => {
    if (filled + piece.length > size) throw new TooMuch();
    out.set(piece, filled);
    filled += piece.length;
  });
  try {
    for (let at = 0; at < packed.length; at += STEP_BYTES) {
      const end = at + STEP_BYTES;
      inflate.push(packed.subarray(at, end), end >= packed.length);
    }
  } catch (error) {
    // fflate says by an Error that the bytes are not what they should be.
    if (error instanceof Error) return null;
    throw error;
  }
  return filled === size ? out : null;
}
