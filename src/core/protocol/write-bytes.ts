import * as encoding from 'lib0/encoding';

/**
 * What `write` writes, in memory that was made for it at once: lib0's encoder grows by doubling and
 * copies at the end, which for megabytes takes longer than to send them.
 *
 * @param most how many bytes it will be at most; more is allowed and only slower.
 */
export function writeBytes(most: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoder.cbuf = new Uint8Array(most);
  write(encoder);
  return encoder.bufs.length === 0
    ? encoder.cbuf.subarray(0, encoder.cpos)
    : encoding.toUint8Array(encoder);
}
