/** Follows a laptop's WebSocket frames by their headers (RFC 6455, 5.2), without keeping any of them. */
export interface FrameMeter {
  /** What came. True where a message ended in it, or a control frame outside of any message. */
  take(chunk: Uint8Array): boolean;
  /** Bytes of the longest message so far, in all its fragments, as soon as they are announced. */
  longest(): number;
  /** Whether something has begun that is not whole yet. */
  isUnderWay(): boolean;
}

const FIN = 0x80;
const OPCODE = 0x0f;
const FIRST_CONTROL = 0x8;
const LENGTH = 0x7f;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
/** Laptops mask what they send; who does not is not read any further by `ws`. */
const MASK_BYTES = 4;

export function createFrameMeter(): FrameMeter {
  let header: number[] = [];
  let headerBytes = 2;
  /** Of the present frame's content. */
  let left = 0;
  let isFragmented = false;
  let announced = 0;
  let longest = 0;

  const lengthBytes = (): number => {
    const short = (header[1] ?? 0) & LENGTH;
    if (short === LENGTH_64) return 8;
    return short === LENGTH_16 ? 2 : 0;
  };
  function readHeader(): void {
    const extended = header.slice(2, 2 + lengthBytes());
    const length =
      extended.length === 0
        ? (header[1] ?? 0) & LENGTH
        : extended.reduce((sum, byte) => sum * 256 + byte, 0);
    left = length;
    if (isControl()) return;
    announced += length;
    longest = Math.max(longest, announced);
    isFragmented = true;
  }
  const isControl = (): boolean => ((header[0] ?? 0) & OPCODE) >= FIRST_CONTROL;
  /** Whether nothing is under way after it. */
  function endFrame(): boolean {
    if (!isControl() && ((header[0] ?? 0) & FIN) !== 0) {
      isFragmented = false;
      announced = 0;
    }
    header = [];
    headerBytes = 2;
    return !isFragmented;
  }

  return {
    take(chunk) {
      let ended = false;
      let at = 0;
      while (at < chunk.length) {
        if (header.length < headerBytes) {
          header.push(chunk[at] ?? 0);
          at += 1;
          if (header.length === 2) headerBytes += lengthBytes() + MASK_BYTES;
          if (header.length < headerBytes) continue;
          readHeader();
        }
        const step = Math.min(left, chunk.length - at);
        left -= step;
        at += step;
        if (left === 0) ended = endFrame() || ended;
      }
      return ended;
    },
    longest: () => longest,
    isUnderWay: () => header.length > 0 || isFragmented,
  };
}
