/**
 * An RTCPeerConnection whose data channel carries messages of any size. A browser refuses to send
 * more than 262,144 bytes at once, and y-webrtc swallows the exception: one 300 KB paste, and
 * every later small edit stays invisible while it says "connected" (measured with 10.3.0). Here a
 * message is cut into frames, sent no faster than the channel drains, and put together again.
 *
 * Frame: 1 byte (bit 0: last frame of its message; bit 1: urgent), then up to FRAME_BYTES of the
 * message. There are two channels, both reliable. On the ordered one urgent messages overtake the
 * others: who is there is told each second, also while megabytes travel. On the other one nothing
 * waits for what was lost before it, which in an ordered one is 0.2 to 2 s of silence for a single
 * packet; it carries what fits into one frame, and Yjs, which says of what is missing in between that
 * it is, gets it again or by the relay. Both ends must speak it; the room's password keeps others out.
 */
const FRAME_BYTES = 16 * 1024;
/**
 * The channel's own buffer holds what it sends within a moment, and no more, for nothing overtakes
 * there.
 */
const LEAST_BUFFER_BYTES = FRAME_BYTES;
const MOST_BUFFER_BYTES = 4 * 1024 * 1024;
/**
 * So long after something that took several frames, small messages keep in line behind it: what comes
 * before what it builds on is asked for again, and then all of the large one would be sent twice.
 */
const LARGE_MS = 2_000;
const QUICK_MS = 100;
const SLOW_MS = 400;
/** A message that claims to be larger than this is not put together; the channel is closed. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

const LAST = 1;
const URGENT = 2;

export interface ChunkingOptions {
  /** Whether a message that came in may go on. */
  readonly isWelcome: (message: Uint8Array) => boolean;
  /** Whether a message that goes out overtakes others. */
  readonly isUrgent: (message: Uint8Array) => boolean;
}

/** The frames of one message, as far as they have come. */
interface Incoming {
  frames: Uint8Array[];
  bytes: number;
}
const nothing = (): Incoming => ({ frames: [], bytes: 0 });

/** What simple-peer uses of an RTCDataChannel, with `send` and `onmessage` in whole messages. */
class ChunkingChannel {
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  /** When a frame last came, in `performance.now()` milliseconds. */
  heardAt = performance.now();
  readonly #channel: RTCDataChannel;
  readonly #unordered: RTCDataChannel;
  readonly #options: ChunkingOptions;
  #urgent: Uint8Array<ArrayBuffer>[] = [];
  #outgoing: Uint8Array<ArrayBuffer>[] = [];
  #outgoingBytes = 0;
  #bufferBytes = LEAST_BUFFER_BYTES;
  #filledAt = 0;
  #largeAt = -Infinity;
  #incoming = nothing();
  #incomingUrgent = nothing();

  constructor(channel: RTCDataChannel, unordered: RTCDataChannel, options: ChunkingOptions) {
    this.#channel = channel;
    this.#unordered = unordered;
    this.#options = options;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = this.#bufferBytes / 4;
    channel.onopen = () => this.onopen?.();
    channel.onclose = () => this.onclose?.();
    channel.onerror = (event) => this.onerror?.(event);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    channel.onbufferedamountlow = () => {
      this.#adapt();
      this.#drain();
      this.onbufferedamountlow?.();
    };
    unordered.binaryType = 'arraybuffer';
    unordered.onmessage = ({ data }: MessageEvent<unknown>) => this.#receiveWhole(data);
  }

  get label(): string {
    return this.#channel.label;
  }
  get readyState(): RTCDataChannelState {
    return this.#channel.readyState;
  }
  get bufferedAmount(): number {
    return this.#channel.bufferedAmount + this.#unordered.bufferedAmount + this.#outgoingBytes;
  }
  get binaryType(): BinaryType {
    return 'arraybuffer';
  }
  set binaryType(_: BinaryType) {
    // Frames are always array buffers, whatever simple-peer asks for.
  }

  close(): void {
    this.#outgoing = [];
    this.#urgent = [];
    this.#outgoingBytes = 0;
    this.#unordered.close();
    this.#channel.close();
  }

  send(message: ArrayBuffer | ArrayBufferView): void {
    const bytes =
      message instanceof ArrayBuffer
        ? new Uint8Array(message)
        : new Uint8Array(message.buffer, message.byteOffset, message.byteLength);
    const urgent = this.#options.isUrgent(bytes);
    if (bytes.length <= FRAME_BYTES && this.#mayOvertake(urgent)) {
      this.#unordered.send(frameOf(bytes, LAST | (urgent ? URGENT : 0)));
      return;
    }
    if (bytes.length > FRAME_BYTES) this.#largeAt = performance.now();
    for (let at = 0; at === 0 || at < bytes.length; at += FRAME_BYTES) {
      const last = at + FRAME_BYTES >= bytes.length ? LAST : 0;
      const frame = frameOf(bytes.subarray(at, at + FRAME_BYTES), last | (urgent ? URGENT : 0));
      (urgent ? this.#urgent : this.#outgoing).push(frame);
      this.#outgoingBytes += frame.length;
    }
    this.#drain();
  }

  /** Whether a message of one frame may go at once, whatever else is on its way. */
  #mayOvertake(urgent: boolean): boolean {
    const { readyState, bufferedAmount } = this.#unordered;
    // A channel takes what it is given until it breaks; what is more waits in line.
    if (readyState !== 'open' || bufferedAmount > LEAST_BUFFER_BYTES) return false;
    const isInLine = this.#outgoingBytes > 0 || this.#channel.bufferedAmount > 0;
    return urgent || (!isInLine && performance.now() - this.#largeAt > LARGE_MS);
  }

  /** The buffer was filled, and is nearly empty now: it should take a moment to get there. */
  #adapt(): void {
    const took = performance.now() - this.#filledAt;
    if (took < QUICK_MS) this.#bufferBytes = Math.min(MOST_BUFFER_BYTES, this.#bufferBytes * 2);
    if (took > SLOW_MS) this.#bufferBytes = Math.max(LEAST_BUFFER_BYTES, this.#bufferBytes / 2);
    this.#channel.bufferedAmountLowThreshold = this.#bufferBytes / 4;
  }

  #drain(): void {
    if (this.#channel.readyState !== 'open') return;
    if (this.#outgoing.length > 1) this.#largeAt = performance.now();
    for (const frame of this.#urgent) this.#pass(frame);
    this.#urgent = [];
    let sent = 0;
    while (this.#channel.bufferedAmount < this.#bufferBytes) {
      const frame = this.#outgoing[sent];
      if (frame === undefined) break;
      this.#pass(frame);
      sent += 1;
    }
    if (sent === 0) return;
    this.#filledAt = performance.now();
    this.#outgoing = this.#outgoing.slice(sent);
  }
  #pass(frame: Uint8Array<ArrayBuffer>): void {
    this.#channel.send(frame);
    this.#outgoingBytes -= frame.length;
  }

  #receive(data: unknown): void {
    this.heardAt = performance.now();
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array();
    const kind = frame[0] ?? Infinity;
    const urgent = (kind & URGENT) !== 0;
    const incoming = urgent ? this.#incomingUrgent : this.#incoming;
    const part = frame.subarray(1);
    incoming.frames.push(part);
    incoming.bytes += part.length;
    if (kind > (LAST | URGENT) || incoming.bytes > MAX_MESSAGE_BYTES) {
      this.#channel.close();
      return;
    }
    if ((kind & LAST) === 0) return;
    const message = new Uint8Array(incoming.bytes);
    let at = 0;
    for (const piece of incoming.frames) {
      message.set(piece, at);
      at += piece.length;
    }
    if (urgent) this.#incomingUrgent = nothing();
    else this.#incoming = nothing();
    this.#takeIn(message);
  }
  #receiveWhole(data: unknown): void {
    this.heardAt = performance.now();
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array();
    const kind = frame[0] ?? Infinity;
    if (kind === LAST || kind === (LAST | URGENT)) this.#takeIn(frame.slice(1));
    else this.#channel.close();
  }
  #takeIn(message: Uint8Array<ArrayBuffer>): void {
    if (this.#options.isWelcome(message)) this.onmessage?.({ data: message.buffer });
  }
}

function frameOf(part: Uint8Array, kind: number): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(part.length + 1);
  frame[0] = kind;
  frame.set(part, 1);
  return frame;
}

/**
 * For simple-peer's `wrtc` option. Made when it is needed, because some browsers have WebRTC
 * switched off and the rest of the app has to work there. A message that is not welcome goes no
 * further.
 */
export function createChunkingWrtc(options: ChunkingOptions) {
  /** Only what simple-peer calls is replaced; negotiated channels never come by `ondatachannel`. */
  class ChunkingPeerConnection extends RTCPeerConnection {
    override createDataChannel(label: string, init?: RTCDataChannelInit): RTCDataChannel {
      // simple-peer assigns handlers and calls send and close, all of which ChunkingChannel has.
      return new ChunkingChannel(
        super.createDataChannel(label, init),
        super.createDataChannel(label, { ...init, id: (init?.id ?? 0) + 1, ordered: false }),
        options,
      ) as unknown as RTCDataChannel;
    }
  }
  return { RTCPeerConnection: ChunkingPeerConnection, RTCSessionDescription, RTCIceCandidate };
}
