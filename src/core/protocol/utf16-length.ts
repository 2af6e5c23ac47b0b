/**
 * The length in UTF-16 of a text in UTF-8, as JavaScript's strings count it, without making the
 * string; -1 where the bytes are not UTF-8 (RFC 3629, section 4).
 *
 * @param from where in the bytes it begins, and `to` where it ends, not included.
 */
export function utf16Length(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let length = 0;
  let at = from;
  for (; at < to; length += 1) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      at += 1;
      continue;
    }
    const second = bytes[at + 1] ?? 0;
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || second < lowest(first) || second > highest(first))
      return -1;
    for (let next = 2; next <= more; next += 1) {
      if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return -1;
    }
    at += more + 1;
    if (at > to) return -1;
    // Two halves in UTF-16.
    if (more === 3) length += 1;
  }
  return length;
}

/** Neither longer than needed, nor half a pair, nor beyond Unicode. */
const lowest = (first: number): number => (first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80);
const highest = (first: number): number => (first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf);
