/** The largest part of a message in one frame, without its first byte: 256 KiB. */
const MAX_PART_BYTES = 256 * 1024;
export const MAX_VAULT_FRAME_BYTES = MAX_PART_BYTES + 1;

const MORE = 0;
const LAST = 1;

/** Cuts a message into frames: a byte that says whether more follows, and a part of the message. */
export function cutIntoFrames(message: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const frames: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  do {
    const part = message.subarray(at, at + MAX_PART_BYTES);
    at += part.length;
    const frame = new Uint8Array(part.length + 1);
    frame[0] = at < message.length ? MORE : LAST;
    frame.set(part, 1);
    frames.push(frame);
  } while (at < message.length);
  return frames;
}

export type Joined =
  | { readonly state: 'whole'; readonly message: Uint8Array }
  | { readonly state: 'more' }
  /** A frame that nobody cuts, or more of them than a message may have. */
  | { readonly state: 'malformed' };

/**
 * Puts the frames of one socket together again. What it returns for the last frame of a message is
 * the message, at most `maxBytes` long.
 */
export function createFrameJoiner(maxBytes: number): (frame: Uint8Array) => Joined {
  let parts: Uint8Array[] = [];
  let length = 0;
  return (frame) => {
    const [mark] = frame;
    length += frame.length - 1;
    const isFrame = (mark === MORE && frame.length > 1) || mark === LAST;
    if (!isFrame || frame.length > MAX_VAULT_FRAME_BYTES || length > maxBytes) {
      return { state: 'malformed' };
    }
    parts.push(frame.subarray(1));
    if (mark === MORE) return { state: 'more' };
    const message = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      message.set(part, at);
      at += part.length;
    }
    parts = [];
    length = 0;
    return { state: 'whole', message };
  };
}
